// `huwiya agencies apply FILE`

import { applyAgencies } from '../domain/agencies/apply-agencies.ts';
import type { ApplyResult } from '../domain/agencies/apply-agencies.ts';
import type { Change, Difference } from '../domain/agencies/compare-agencies.ts';
import { dualNotes } from '../domain/agencies/judge-change.ts';
import type { Review } from '../domain/agencies/judge-change.ts';
import type { Submission } from '../domain/agencies/submission.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import { findUnprovenHosts, printFindings, printRefused, readProposal, toJsonFindings, toRules } from './agencies-findings.ts';
import type { AgenciesFileOptions } from './agencies-findings.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printLine } from './print.ts';

export async function runAgenciesApply(context: Context, options: AgenciesFileOptions): Promise<ExitCode> {
  const proposal = readProposal(context, options);
  if (proposal === undefined) {
    return 1;
  }
  const { storage, clock, random, config } = context;
  const needs = {
    agencies: storage.agencies,
    clock,
    random,
    rules: toRules(config),
    hasApprover: async () => storage.staff.hasEnrolled('approver'),
  };
  const result = await applyAgencies(needs, proposal);
  if (!result.ok) {
    printRefused(context, options, result.findings);
    return 1;
  }
  const warnings = [...result.warnings, ...(await findUnprovenHosts(context, proposal))];
  printFindings(context, warnings);
  if (options.json) {
    printJson(context.out, toJsonResult({ ...result, warnings }));
  } else {
    printDifference(context, result.difference);
    printWaiting(context, result);
  }
  return 0;
}

const signs: Readonly<Record<Change['how'], string>> = { created: '+', changed: '~', retired: '-' };

function printDifference({ out }: Context, { changes, unchanged }: Difference): void {
  changes.forEach((change) => printLine(out, toChangeLine(change)));
  printLine(out, `${changes.length} changed, ${unchanged} unchanged`);
}

/** For whom what waits waits. */
export const awaited: Readonly<Record<Submission['review'], string>> = { reviewed: 'an approver', dual: 'two approvers' };

/** Nothing of it is in force; whoever ran the command cannot decide it. */
function printWaiting({ out, issuer }: Context, { submission, judge }: Applied): void {
  if (submission === null) {
    return;
  }
  const { changes } = submission.content;
  const who = awaited[submission.review];
  printLine(out, `${changes.length} new or wider, waiting for ${who} at ${issuer}/office: submission ${submission.id}`);
  changes.forEach((change) => printLine(out, `  ${toChangeLine(change)} (${toReviewText(judge(change))})`));
}

/** Of which class a change is, and why where two have to agree. */
export function toReviewText({ reviewClass, reasons }: Review): string {
  return reasons.length === 0 ? reviewClass : `${reviewClass}: ${reasons.map((reason) => dualNotes[reason]).join(', ')}`;
}

const members: Readonly<Record<string, string>> = { serviceClass: 'class', minimumLevel: 'minimum_loa' };

/** As the file calls it. */
const toMember = (field: string): string => members[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function toChangeLine(change: Change): string {
  const version = change.purposeVersion === null ? '' : ` version ${change.purposeVersion}`;
  const fields = change.fields.length === 0 ? '' : `: ${change.fields.map(toMember).join(', ')}`;
  return `${signs[change.how]} ${change.what} ${toName(change)}${version}${fields}`;
}

function toName({ agencyId, clientId, purposeId }: Change): string {
  if (clientId === null) {
    return agencyId;
  }
  return purposeId === null ? clientId : `${clientId}/${purposeId}`;
}

type Applied = Extract<ApplyResult, { readonly ok: true }>;

function toJsonResult({ difference, submission, warnings, judge }: Applied): Json {
  const toJson = (change: Change): Json => toJsonChange(change, judge(change));
  return {
    changes: difference.changes.map(toJson),
    unchanged: difference.unchanged,
    waiting: submission === null ? null : { id: submission.id, review: submission.review, changes: submission.content.changes.map(toJson) },
    warnings: toJsonFindings(warnings).warnings,
  };
}

export function toJsonChange(change: Change, { reviewClass, reasons }: Review): Json {
  const { what, how, agencyId, clientId, purposeId, purposeVersion, fields } = change;
  const place = { agency: agencyId, client_id: clientId, purpose: purposeId, purpose_version: purposeVersion };
  return { what, how, ...place, fields, review: reviewClass, reasons };
}
