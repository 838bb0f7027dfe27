// `huwiya audit verify`: numbers what is committed, then believes nothing but the key of the log; and holds every record, and every fact that questions are answered from,
// against what the log says of it.

import type { Parts } from '../app.ts';
import { refuse, succeed } from '../domain/kernel/errors.ts';
import type { Fault, Outcome } from '../domain/kernel/errors.ts';
import { parseCheckpoint } from '../domain/ledger/checkpoint.ts';
import type { TrustedKey } from '../domain/ledger/checkpoint.ts';
import { logFaultCatalogue } from '../domain/ledger/log-report.ts';
import type { LogFault, LogReport } from '../domain/ledger/log-report.ts';
import { parseNote } from '../domain/ledger/signed-note.ts';
import { verifyLog } from '../domain/ledger/verify-log.ts';
import { catchUp } from '../domain/audit/catch-up.ts';
import { factFaultCatalogue, verifyFacts } from '../domain/audit/verify-facts.ts';
import type { FactsReport } from '../domain/audit/verify-facts.ts';
import { recordFaultCatalogue, verifyRecords } from '../domain/consent/verify-records.ts';
import type { RecordsReport } from '../domain/consent/verify-records.ts';
import type { Json } from '../domain/kernel/canonical.ts';
import type { ExitCode } from './context.ts';
import { findFileText } from './files/read-file.ts';
import { createProgressBar, printJson, printLine, printTable } from './print.ts';
import { readTrusted, sequenceLog } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AuditVerifyOptions = { readonly since: readonly string[]; readonly json: boolean };

/** A checkpoint that somebody kept, and the file it came from. */
type Kept = { readonly file: string; readonly text: string; readonly size: number };

/** What cannot be compared says nothing about the log: told by the name of its file, before anything is read, and never as a fault of the log. */
function readKept(file: string, trusted: readonly TrustedKey[]): Outcome<Kept, 'request/invalid'> {
  const text = findFileText(file);
  if (text === undefined) {
    return refuse('request/invalid', `${file}: cannot be read`);
  }
  const parsed = parseCheckpoint(text, trusted);
  if (parsed.ok) {
    return succeed({ file, text, size: parsed.value.size });
  }
  const what = parseNote(text).ok
    ? `is damaged, or was signed by another key than this log has (${parsed.detail})`
    : 'is not a checkpoint as /ledger/checkpoint serves it';
  return refuse('request/invalid', `${file}: ${what}; nothing was verified`);
}

export async function runAuditVerify(parts: Parts, asked: AuditVerifyOptions): Promise<ExitCode> {
  const trusted = await readTrusted(parts);
  const outcomes = asked.since.map((file) => readKept(file, trusted));
  const unusable = outcomes.filter((outcome) => !outcome.ok);
  if (unusable.length > 0) {
    unusable.forEach(({ detail }) => printLine(standardErr, detail));
    return 1;
  }
  const kept = outcomes.filter((outcome) => outcome.ok).map(({ value }) => value);
  const blocked = await sequenceLog(parts);
  const found = await compareAll(parts, trusted, kept);
  const { report, records, facts } = found;
  const isWhole = report.faults.length === 0 && blocked === undefined;
  const isValid = isWhole && records.faults.length === 0 && facts.faults.length === 0;
  if (asked.json) {
    const compared = { kept: kept.map(({ size }) => size), records: toJsonRecords(records), facts: toJsonFacts(facts) };
    printJson(standardOut, { ...toJsonReport(report, isValid), ...compared });
  } else {
    printReport(report, isWhole);
    printKept(isWhole ? kept : []);
    printRecords(records);
    printFacts(facts);
  }
  reportBlocked(blocked);
  return isValid ? 0 : 1;
}

type Found = { readonly report: LogReport; readonly records: RecordsReport; readonly facts: FactsReport };

/** Facts follow the log: they are made up to its end before they are compared. */
async function compareAll({ storage }: Parts, trusted: readonly TrustedKey[], kept: readonly Kept[]): Promise<Found> {
  const bar = createProgressBar(standardErr);
  const progress = (label: string) => (done: number, total: number) => bar.draw({ label, done, total });
  const needs = { store: storage.ledger, trusted, progress: progress('verifying') };
  const report = await verifyLog(needs, { kept: kept.map(({ text }) => text) });
  const records = await verifyRecords({ consents: storage.consents, progress: progress('comparing records') });
  await catchUp(storage);
  const facts = await verifyFacts({ facts: storage.facts, total: report.size, progress: progress('comparing facts') });
  bar.end();
  return { report, records, facts };
}

function reportBlocked(blocked: Fault | undefined): void {
  if (blocked !== undefined) {
    printLine(standardErr, `what is committed could not be numbered: ${blocked.detail}`);
  }
}

function printReport({ size, root, checkpoints, erased, faults, notices, isCut }: LogReport, isValid: boolean): void {
  printTable(standardOut, [
    ['size', String(size)],
    ['root', root ?? '-'],
    ['checkpoints', String(checkpoints)],
    ['erased', String(erased)],
  ]);
  if (erased > 0) {
    printLine(
      standardOut,
      'not proven what the erased entries say: only that they stand at their place, and that the log accounts for each',
    );
  }
  notices.forEach(({ code, index }) => printLine(standardOut, `notice entry ${index}: ${code}`));
  faults.forEach((fault) => printLine(standardErr, toFaultLine(fault)));
  if (isCut) {
    printLine(standardErr, 'there are more faults than are listed');
  }
  printLine(isValid ? standardOut : standardErr, isValid ? 'the log is whole' : 'THE LOG IS NOT WHOLE');
}

/** That a comparison was made, and with what: only where the log is whole, since any fault is named by itself. */
function printKept(kept: readonly Kept[]): void {
  kept.forEach(({ file, size }) => printLine(standardOut, `kept checkpoint of ${size} entries (${file}): the log of today extends it`));
}

function printRecords({ compared, faults, isCut }: RecordsReport): void {
  faults.forEach(({ code, detail, record }) =>
    printLine(standardErr, `fault record ${record}: ${code}. ${recordFaultCatalogue[code]} ${detail}`),
  );
  if (isCut) {
    printLine(standardErr, 'there are more records with faults than are listed');
  }
  const isSame = faults.length === 0;
  printLine(isSame ? standardOut : standardErr, isSame ? `${compared} records are what the log says` : 'RECORDS DIFFER FROM THE LOG');
}

function printFacts({ compared, faults, isCut, isSettled }: FactsReport): void {
  faults.forEach(({ code, detail, index }) =>
    printLine(standardErr, `fault fact ${index ?? '-'}: ${code}. ${factFaultCatalogue[code]} ${detail}`.trimEnd()),
  );
  if (isCut) {
    printLine(standardErr, 'there are more facts with faults than are listed');
  }
  if (!isSettled) {
    printLine(standardErr, 'the counts of days were not compared, because the log kept growing');
  }
  const isSame = faults.length === 0;
  printLine(isSame ? standardOut : standardErr, isSame ? `${compared} facts are what the log says` : 'FACTS DIFFER FROM THE LOG');
}

function toJsonFacts({ compared, faults, isCut, isSettled }: FactsReport): Json {
  return { compared, faults, cut: isCut, settled: isSettled };
}

function toJsonRecords({ compared, faults, isCut }: RecordsReport): Json {
  return { compared, faults, cut: isCut };
}

function toFaultLine({ code, index, id, detail }: LogFault): string {
  const place = index === null ? 'log' : `entry ${index}${id === null ? '' : ` (${id})`}`;
  return `fault ${place}: ${code}. ${logFaultCatalogue[code]} ${detail}`;
}

function toJsonReport(report: LogReport, isValid: boolean): { readonly [name: string]: Json } {
  const { size, root, checkpoints, erased, faults, notices, isCut } = report;
  return { valid: isValid, size, root, checkpoints, erased, faults, notices, cut: isCut };
}
