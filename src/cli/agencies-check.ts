// `huwiya agencies check FILE`

import { readState } from '../domain/agencies/apply-agencies.ts';
import { checkAgencies } from '../domain/agencies/check-agencies.ts';
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
  if (options.json) {
    printJson(context.out, toJsonFindings(findings));
  } else {
    printLine(context.out, `${options.file}: can be applied, ${findings.length} ${findings.length === 1 ? 'warning' : 'warnings'}`);
  }
  return 0;
}
