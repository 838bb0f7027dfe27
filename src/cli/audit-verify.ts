// `huwiya audit verify`: numbers what is committed, then believes nothing but the key of the log.

import type { Parts } from '../app.ts';
import type { Fault } from '../domain/kernel/errors.ts';
import { logFaultCatalogue } from '../domain/ledger/log-report.ts';
import type { LogFault, LogReport } from '../domain/ledger/log-report.ts';
import { parseNote, toVerifier } from '../domain/ledger/signed-note.ts';
import { verifyLog } from '../domain/ledger/verify-log.ts';
import type { ExitCode } from './context.ts';
import { findFileText } from './files/read-file.ts';
import { createProgressBar, printJson, printLine, printTable } from './print.ts';
import { sequenceLog, toLogSigner } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AuditVerifyOptions = { readonly since: readonly string[]; readonly json: boolean };

export async function runAuditVerify(parts: Parts, asked: AuditVerifyOptions): Promise<ExitCode> {
  const kept = asked.since.map((file) => ({ file, text: findFileText(file) }));
  const unreadable = kept.find(({ text }) => text === undefined);
  if (unreadable !== undefined) {
    printLine(standardErr, `${unreadable.file}: cannot be read`);
    return 1;
  }
  // Another file named by mistake says nothing about the log.
  const other = kept.find(({ text }) => !parseNote(text ?? '').ok);
  if (other !== undefined) {
    printLine(standardErr, `${other.file}: is not a checkpoint as /ledger/checkpoint serves it; nothing was verified`);
    return 1;
  }
  const blocked = await sequenceLog(parts);
  const bar = createProgressBar(standardErr);
  const report = await verifyLog(
    {
      store: parts.storage.ledger,
      trusted: [toVerifier(toLogSigner(parts))],
      progress: (done, total) => bar.draw({ label: 'verifying', done, total }),
    },
    { kept: kept.map(({ text }) => text ?? '') },
  );
  bar.end();
  const isValid = report.faults.length === 0 && blocked === undefined;
  if (asked.json) {
    printJson(standardOut, toJsonReport(report, isValid));
  } else {
    printReport(report, isValid);
  }
  reportBlocked(blocked);
  return isValid ? 0 : 1;
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
  notices.forEach(({ code, index }) => printLine(standardOut, `notice entry ${index}: ${code}`));
  faults.forEach((fault) => printLine(standardErr, toFaultLine(fault)));
  if (isCut) {
    printLine(standardErr, 'there are more faults than are listed');
  }
  printLine(isValid ? standardOut : standardErr, isValid ? 'the log is whole' : 'THE LOG IS NOT WHOLE');
}

function toFaultLine({ code, index, id, detail }: LogFault): string {
  const place = index === null ? 'log' : `entry ${index}${id === null ? '' : ` (${id})`}`;
  return `fault ${place}: ${code}. ${logFaultCatalogue[code]} ${detail}`;
}

function toJsonReport(report: LogReport, isValid: boolean): Parameters<typeof printJson>[1] {
  const { size, root, checkpoints, erased, faults, notices, isCut } = report;
  return { valid: isValid, size, root, checkpoints, erased, faults, notices, cut: isCut };
}
