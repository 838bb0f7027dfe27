// `huwiya agencies check FILE`

import { readState } from '../domain/agencies/apply-agencies.ts';
import { checkAgencies } from '../domain/agencies/check-agencies.ts';
import { compareAgencies } from '../domain/agencies/compare-agencies.ts';
import type { Change } from '../domain/agencies/compare-agencies.ts';
import { isWidening } from '../domain/agencies/find-widenings.ts';
import type { Proposal, RegisteredState } from '../domain/agencies/proposal.ts';
import { splitDifference } from '../domain/agencies/submission.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import { toChangeLine, toJsonChange } from './agencies-apply.ts';
import { printFindings, printRefused, readProposal, toJsonFindings } from './agencies-findings.ts';
import type { AgenciesFileOptions } from './agencies-findings.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printLine } from './print.ts';

/** Says what `apply` would say, and changes nothing. */
export async function runAgenciesCheck(context: Context, options: AgenciesFileOptions): Promise<ExitCode> {
  const proposal = readProposal(context, options);
  if (proposal === undefined) {
    return 1;
  }
  const state = await readState(context.storage.agencies, proposal);
  const findings = checkAgencies({ isLoopback: context.config.loopback }, proposal, state);
  if (findings.some(({ severity }) => severity === 'refusal')) {
    printRefused(context, options, findings);
    return 1;
  }
  printFindings(context, findings);
  const plan = await findPlan(context, proposal, state);
  if (options.json) {
    printJson(context.out, { ...toJsonFindings(findings), ...toJsonPlan(plan) });
  } else {
    printPlan(context, plan);
    printLine(context.out, `${options.file}: can be applied, ${findings.length} ${findings.length === 1 ? 'warning' : 'warnings'}`);
  }
  return 0;
}

/** What `apply` would do with each difference. */
type Plan = { readonly now: readonly Change[]; readonly waiting: readonly Change[] };

async function findPlan({ storage }: Context, proposal: Proposal, state: RegisteredState): Promise<Plan> {
  const difference = compareAgencies(proposal, state);
  if (!(await storage.staff.hasEnrolled('approver'))) {
    return { now: difference.changes, waiting: [] };
  }
  const { now, held } = splitDifference(difference, (change) => isWidening(change, difference, state), state);
  return { now: now.changes, waiting: held.changes };
}

function printPlan({ out }: Context, { now, waiting }: Plan): void {
  now.forEach((change) => printLine(out, `at once: ${toChangeLine(change)}`));
  waiting.forEach((change) => printLine(out, `waits for an approver: ${toChangeLine(change)}`));
}

function toJsonPlan({ now, waiting }: Plan): { readonly at_once: Json; readonly waiting: Json } {
  return { at_once: now.map(toJsonChange), waiting: waiting.map(toJsonChange) };
}
