// `huwiya agencies check FILE`

import { readState } from '../domain/agencies/apply-agencies.ts';
import { checkAgencies } from '../domain/agencies/check-agencies.ts';
import { compareAgencies } from '../domain/agencies/compare-agencies.ts';
import type { Change } from '../domain/agencies/compare-agencies.ts';
import { judgeChange, judgeSubmission } from '../domain/agencies/judge-change.ts';
import type { Review } from '../domain/agencies/judge-change.ts';
import type { Proposal, RegisteredState } from '../domain/agencies/proposal.ts';
import { splitDifference } from '../domain/agencies/submission.ts';
import type { Submission } from '../domain/agencies/submission.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import { awaited, toChangeLine, toJsonChange, toReviewText } from './agencies-apply.ts';
import { findUnprovenHosts, printFindings, printRefused, readProposal, toJsonFindings, toRules } from './agencies-findings.ts';
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
  const rules = toRules(context.config);
  const findings = [...checkAgencies(rules, proposal, state), ...(await findUnprovenHosts(context, proposal))];
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

/** What `apply` would do with each difference, and of which class each is. What waits is one submission, as strict as its strictest part. */
type Plan = { readonly now: readonly Judged[]; readonly waiting: readonly Judged[]; readonly review: Submission['review'] | null };
type Judged = { readonly change: Change; readonly review: Review };

async function findPlan({ storage }: Context, proposal: Proposal, state: RegisteredState): Promise<Plan> {
  const difference = compareAgencies(proposal, state);
  const judge = (change: Change): Judged => ({ change, review: judgeChange(change, difference, state) });
  if (!(await storage.staff.hasEnrolled('approver'))) {
    return { now: difference.changes.map(judge), waiting: [], review: null };
  }
  const { now, held } = splitDifference(difference, (change) => judge(change).review.reviewClass !== 'safe', state);
  const review = held.changes.length === 0 ? null : judgeSubmission(held, state);
  return { now: now.changes.map(judge), waiting: held.changes.map(judge), review };
}

function printPlan({ out }: Context, { now, waiting, review }: Plan): void {
  const who = awaited[review ?? 'reviewed'];
  const toLine = ({ change, review }: Judged): string => `${toChangeLine(change)} (${toReviewText(review)})`;
  now.forEach((judged) => printLine(out, `at once: ${toLine(judged)}`));
  waiting.forEach((judged) => printLine(out, `waits for ${who}: ${toLine(judged)}`));
}

function toJsonPlan({ now, waiting, review }: Plan): { readonly at_once: Json; readonly waiting: Json; readonly review: Json } {
  const toJson = ({ change, review }: Judged): Json => toJsonChange(change, review);
  return { at_once: now.map(toJson), waiting: waiting.map(toJson), review };
}
