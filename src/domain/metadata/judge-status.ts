// How a model stands by its status reports (FIDO Metadata Service v3.1 §3.1.3, §3.1.4). New words of the source that are not known here say nothing.

export type StatusReport = { readonly status: string; readonly effectiveDate: string | null };

export type JudgedStatus = { readonly isWarned: boolean; readonly status: string | null; readonly statusSince: string | null };

const warnings: ReadonlySet<string> = new Set([
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
]);

const isWarning = ({ status }: StatusReport): boolean => warnings.has(status);
const isCertification = ({ status }: StatusReport): boolean => status.startsWith('FIDO_CERTIFIED');

const endOfTime = '9999-12-31';

/** Without a day a warning holds for as long as it is listed, because no certification is known to be later; a certification is older than anything. */
const toDay = (report: StatusReport): string => report.effectiveDate ?? (isWarning(report) ? endOfTime : '');

/**
 * The newest warning counts until a later certification takes it back. That an update is available takes nothing back: nobody can see which devices have it.
 * A warning counts at once, whatever day it names; a certification from its day on; of two on one day the warning.
 */
export function judgeStatus(reports: readonly StatusReport[], today: string): JudgedStatus {
  const telling = reports.filter((report) => isWarning(report) || (isCertification(report) && toDay(report) <= today));
  const newest = (telling.length > 0 ? telling : reports).reduce<StatusReport | undefined>(toNewer, undefined);
  return {
    isWarned: newest !== undefined && isWarning(newest),
    status: newest?.status ?? null,
    statusSince: newest?.effectiveDate ?? null,
  };
}

/** Reports stand oldest first: of one day the later one counts, unless it would take a warning back. */
function toNewer(known: StatusReport | undefined, report: StatusReport): StatusReport {
  if (known === undefined || toDay(report) > toDay(known)) {
    return report;
  }
  return toDay(report) === toDay(known) && (isWarning(report) || !isWarning(known)) ? report : known;
}
