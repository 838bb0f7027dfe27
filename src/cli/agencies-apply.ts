// `huwiya agencies apply FILE`

import { applyAgencies } from '../domain/agencies/apply-agencies.ts';
import type { Change, Difference } from '../domain/agencies/compare-agencies.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import { printFindings, printRefused, readProposal, toJsonFindings } from './agencies-findings.ts';
import type { AgenciesFileOptions } from './agencies-findings.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printLine } from './print.ts';

export async function runAgenciesApply(context: Context, options: AgenciesFileOptions): Promise<ExitCode> {
  const proposal = readProposal(context, options);
  if (proposal === undefined) {
    return 1;
  }
  const { storage, clock, random, config } = context;
  const result = await applyAgencies({ agencies: storage.agencies, clock, random, rules: { isLoopback: config.loopback } }, proposal);
  if (!result.ok) {
    printRefused(context, options, result.findings);
    return 1;
  }
  printFindings(context, result.warnings);
  if (options.json) {
    const changes = result.difference.changes.map(toJsonChange);
    printJson(context.out, { changes, unchanged: result.difference.unchanged, warnings: toJsonFindings(result.warnings).warnings });
  } else {
    printDifference(context, result.difference);
  }
  return 0;
}

const signs: Readonly<Record<Change['how'], string>> = { created: '+', changed: '~', retired: '-' };

function printDifference({ out }: Context, { changes, unchanged }: Difference): void {
  for (const change of changes) {
    const version = change.purposeVersion === null ? '' : ` version ${change.purposeVersion}`;
    const fields = change.fields.length === 0 ? '' : `: ${change.fields.join(', ')}`;
    printLine(out, `${signs[change.how]} ${change.what} ${toName(change)}${version}${fields}`);
  }
  printLine(out, `${changes.length} changed, ${unchanged} unchanged`);
}

function toName({ agencyId, clientId, purposeId }: Change): string {
  if (clientId === null) {
    return agencyId;
  }
  return purposeId === null ? clientId : `${clientId}/${purposeId}`;
}

function toJsonChange({ what, how, agencyId, clientId, purposeId, purposeVersion, fields }: Change): Json {
  return { what, how, agency: agencyId, client_id: clientId, purpose: purposeId, purpose_version: purposeVersion, fields };
}
