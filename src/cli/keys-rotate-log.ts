// `huwiya keys rotate --log`: the first time it makes the key that follows, the second time it lets it follow. Between the two every node gets the file.

import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parts } from '../app.ts';
import { createLogKeyText } from '../config/create-keys.ts';
import { nextLogKeyFile } from '../config/keys.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { systemRandom } from '../domain/kernel/ids.ts';
import type { KeyChangeReason } from '../domain/ledger/key-change.ts';
import { parseKeyChange } from '../domain/ledger/key-change.ts';
import { getValue } from '../domain/kernel/errors.ts';
import { rotateLogKey } from '../domain/ledger/rotate-log-key.ts';
import { toVerifier, toVerifierText } from '../domain/ledger/signed-note.ts';
import type { NoteSigner } from '../domain/ledger/signed-note.ts';
import type { ExitCode } from './context.ts';
import { printJson, printLine } from './print.ts';
import { sequenceLog, toHeldSigners } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type LogKeyRotateOptions = { readonly reason: KeyChangeReason; readonly json: boolean };

const toText = (signer: NoteSigner): string => toVerifierText(toVerifier(signer));

/** Written whole or not at all, and never over another one. */
function prepareKey({ config }: Parts, json: boolean): ExitCode {
  const file = join(config.keysFolder, nextLogKeyFile);
  if (existsSync(file)) {
    printLine(standardErr, `${file}: is there already and cannot be used`);
    return 1;
  }
  writeFileSync(`${file}.new`, createLogKeyText(), { mode: 0o600, flag: 'wx', flush: true });
  renameSync(`${file}.new`, file);
  if (json) {
    printJson(standardOut, { step: 'prepared', file });
  } else {
    printLine(standardOut, `prepared  ${file}; nothing has changed yet`);
    printLine(standardOut, 'next      copy it into the key folder of every node, restart each, then run this command again');
  }
  return 0;
}

function printRotated(statement: string, { json, reason }: LogKeyRotateOptions): void {
  const { from, to, last } = getValue(parseKeyChange(statement));
  const [before, now] = [toVerifierText(from), toVerifierText(to)];
  if (json) {
    printJson(standardOut, { step: 'rotated', reason, from: before, to: now, last_size: last.size, statement });
    return;
  }
  printLine(standardOut, `rotated   ${now} signs every head of more than ${last.size} entries`);
  printLine(
    standardOut,
    reason === 'planned' ? `along     ${before} signs along for as long as its file is there` : `ended     ${before} signs nothing more`,
  );
  printLine(
    standardOut,
    'next      docs/runbooks/key-rotation.md: tell whoever keeps the key of the log; make a backup; later replace the file',
  );
}

export async function runLogKeyRotate(parts: Parts, asked: LogKeyRotateOptions): Promise<ExitCode> {
  const [held, next] = toHeldSigners(parts);
  if (held === undefined || next === undefined) {
    return prepareKey(parts, asked.json);
  }
  const changes = await parts.storage.ledger.readKeyChanges();
  const newest = changes.at(-1);
  if (newest !== undefined && toVerifierText(getValue(parseKeyChange(newest)).to) === toText(next)) {
    printLine(
      standardErr,
      `keys rotate: the log has this key already; when nobody needs the earlier one any more, let ${nextLogKeyFile} replace it`,
    );
    return 1;
  }
  const blocked = await sequenceLog(parts);
  if (blocked !== undefined) {
    printLine(standardErr, `keys rotate: nothing has changed. ${blocked.code}: ${blocked.detail}`);
    return 1;
  }
  const needs = { store: parts.storage.ledger, clock: systemClock, random: systemRandom, held: [held], next };
  const statement = await rotateLogKey(needs, asked.reason);
  await sequenceLog(parts);
  printRotated(statement, asked);
  return 0;
}
