// `huwiya witness setup`: a key of its own and an empty memory. A witness begins once: whoever lost the memory makes a new witness, with a new key.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createWitnessJwk } from '../config/create-keys.ts';
import { isNoteName, toVerifier } from '../domain/ledger/signed-note.ts';
import { createState } from '../witness/state.ts';
import type { ExitCode } from './context.ts';
import { printLine } from './print.ts';
import { readWitnessKey, toKeyPath, toPolicyLine, toWitnessKeyText } from './witness-key.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type WitnessSetupAsked = { readonly folder: string; readonly name: string; readonly url: string | undefined };

function findHindrance({ folder, name, url }: WitnessSetupAsked): string | undefined {
  if (!isNoteName(name) || name.includes('://')) {
    return '--name: write it without spaces, plus signs or https://';
  }
  if (url !== undefined && !URL.canParse(url)) {
    return '--url: is no URL';
  }
  return existsSync(toKeyPath(folder)) ? `${toKeyPath(folder)}: is there already; a witness begins once` : undefined;
}

export function runWitnessSetup(asked: WitnessSetupAsked): ExitCode {
  const hindrance = findHindrance(asked);
  if (hindrance !== undefined) {
    printLine(standardErr, hindrance);
    return 1;
  }
  const { folder, name, url } = asked;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(toKeyPath(folder), `${JSON.stringify({ name, key: createWitnessJwk() }, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  const signer = readWitnessKey(folder);
  if (typeof signer === 'string') {
    printLine(standardErr, signer);
    return 1;
  }
  createState(folder, toVerifier(signer, 'witness').keyId);
  printLine(standardOut, `key       ${toWitnessKeyText(signer)}`);
  printLine(standardOut, `policy    ${toPolicyLine(signer, url)}`);
  printLine(standardOut, 'next      huwiya witness --dir DIR --listen HOST:PORT --log KEY');
  return 0;
}
