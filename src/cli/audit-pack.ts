// `huwiya audit pack FILE`: an evidence pack of what a query finds. Whoever takes it is recorded before the first byte is written.

import { closeSync, rmSync, writeSync } from 'node:fs';
import type { Parts } from '../app.ts';
import type { PackAsked } from '../domain/audit/exports/pack.ts';
import { findWitnessProof, readPackKeys } from '../domain/audit/exports/pack-keys.ts';
import { createLedgerSearch } from '../domain/audit/exports/ledger-search.ts';
import { takePack } from '../domain/audit/exports/take-pack.ts';
import type { TakePackNeeds } from '../domain/audit/exports/take-pack.ts';
import { dayMs, systemClock } from '../domain/kernel/clock.ts';
import { systemRandom } from '../domain/kernel/ids.ts';
import { toVerifier } from '../domain/ledger/signed-note.ts';
import type { NoteVerifier } from '../domain/ledger/signed-note.ts';
import { createWitnessing } from '../domain/witnesses/witnessing.ts';
import type { Witnessing } from '../domain/witnesses/witnessing.ts';
import { readWitnessPolicy } from '../outbound/witnesses.ts';
import { recordAtOnce } from '../oidc/record-event.ts';
import { readVerifierFile } from '../../views/asset-list.ts';
import { createTexts } from '../../views/messages/messages.ts';
import { renderPackReadme } from '../../views/pack-readme.ts';
import type { ExitCode } from './context.ts';
import { claimFile } from './files/claim-file.ts';
import { operator } from './look.ts';
import { printJson, printLine } from './print.ts';
import { sequenceLog, toLogSigner } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AuditPackOptions = Omit<PackAsked, 'expiresAt'> & { readonly file: string; readonly days: number; readonly json: boolean };

/** What nodes kept of the witnesses' word; the command asks none of them. */
function findWitnessing({ config, storage }: Parts, logVerifier: NoteVerifier): Witnessing | undefined {
  const policy = readWitnessPolicy(config, logVerifier);
  return policy.ok && policy.value !== undefined ? createWitnessing({ policy: policy.value, ...storage, clock: systemClock }) : undefined;
}

function toPackNeeds(parts: Parts): TakePackNeeds {
  const { config, keys, storage } = parts;
  const logVerifier = toVerifier(toLogSigner(parts));
  const texts = { ar: createTexts('ar'), en: createTexts('en') };
  return {
    clock: systemClock,
    random: systemRandom,
    ledger: storage.ledger,
    findHead: () => storage.ledger.findCheckpoint(),
    ...createLedgerSearch({ ledger: storage.ledger, findPersonRef: () => Promise.resolve(undefined) }),
    consents: storage.consents,
    agencies: storage.agencies,
    signer: { issuer: config.issuer, key: keys.receipt.privateKey, kid: keys.receipt.kid },
    readKeys: () => readPackKeys({ ledger: storage.ledger, logVerifier, receiptKeys: { keys: [keys.receipt.publicJwk] } }),
    findWitnessProof: (size) => findWitnessProof({ ledger: storage.ledger, witnessing: findWitnessing(parts, logVerifier) }, size),
    renderReadme: (summary) => renderPackReadme({ texts }, summary),
    verifier: readVerifierFile(),
    record: (event) => recordAtOnce({ artefacts: storage.engine, clock: systemClock }, event),
  };
}

export async function runAuditPack(parts: Parts, { days, file, json, ...asked }: AuditPackOptions): Promise<ExitCode> {
  // Bodies and salts: for its owner's eyes only.
  const target = claimFile(file);
  if (!target.ok) {
    printLine(standardErr, `${file}: ${target.problem}`);
    return 1;
  }
  await sequenceLog(parts);
  const made = await takePack(toPackNeeds(parts), operator, { ...asked, expiresAt: systemClock.now() + days * dayMs });
  if (!made.ok) {
    closeSync(target.handle);
    rmSync(file);
    printLine(standardErr, `${file}: ${made.detail}; nothing was taken`);
    return 1;
  }
  const { bytes, digest, id, rows, size } = made.value;
  writeSync(target.handle, bytes);
  closeSync(target.handle);
  if (json) {
    printJson(standardOut, { file, pack: id, rows, size, sha256: digest });
  } else {
    printLine(standardOut, `${file}: ${rows} entries of a log of ${size}; pack ${id}, SHA-256 ${digest}`);
  }
  return 0;
}
