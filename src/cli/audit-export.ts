// `huwiya audit export FILE`: the whole log for the offline verifier. Whoever takes it is recorded before the first byte is written.

import { closeSync, createWriteStream, ftruncateSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Parts } from '../app.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { systemRandom } from '../domain/kernel/ids.ts';
import { recordAtOnce } from '../oidc/record-event.ts';
import { sealEvent } from '../domain/ledger/event.ts';
import { exportLog } from '../domain/ledger/export-log.ts';
import { toVerifier, toVerifierText } from '../domain/ledger/signed-note.ts';
import type { ExitCode } from './context.ts';
import { claimFile } from './files/claim-file.ts';
import { createProgressBar, printJson, printLine } from './print.ts';
import { sequenceLog, toLogSigner } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AuditExportOptions = { readonly file: string; readonly json: boolean };

async function recordExport({ storage }: Parts): Promise<void> {
  const needs = { clock: systemClock, random: systemRandom };
  const actor = { kind: 'operator', ref: null } as const;
  const event = sealEvent(needs, { type: 'export.created', personRef: null, actor, payload: { what: 'log' } });
  await recordAtOnce({ artefacts: storage.engine, clock: systemClock }, event);
}

async function writeLog(parts: Parts, { file, handle }: { readonly file: string; readonly handle: number }, log: string): Promise<void> {
  const bar = createProgressBar(standardErr);
  const progress = (done: number, total: number): void => bar.draw({ label: 'writing', done, total });
  const needs = { store: parts.storage.ledger, sequence: async () => sequenceLog(parts), progress };
  try {
    await exportLog(needs, { log, kept: [] }, async (lines) => {
      ftruncateSync(handle, 0);
      await pipeline(lines, createWriteStream(file, { fd: handle, start: 0, autoClose: false }));
    });
  } finally {
    bar.end();
    closeSync(handle);
  }
}

export async function runAuditExport(parts: Parts, { file, json }: AuditExportOptions): Promise<ExitCode> {
  // Bodies and salts: for its owner's eyes only.
  const target = claimFile(file);
  if (!target.ok) {
    printLine(standardErr, `${file}: ${target.problem}`);
    return 1;
  }
  await recordExport(parts);
  const broken = await sequenceLog(parts);
  const log = toVerifierText(toVerifier(toLogSigner(parts)));
  await writeLog(parts, target, log);
  if (json) {
    printJson(standardOut, { file, log });
  } else {
    printLine(standardOut, `${file}: written; its log key is ${log}`);
  }
  if (broken !== undefined) {
    printLine(standardErr, `the newest events are missing: ${broken.detail}`);
  }
  return broken === undefined ? 0 : 1;
}
