// `huwiya audit pack FILE`: an evidence pack of what a query finds. Whoever takes it is recorded before the first byte is written.

import { closeSync, rmSync, writeSync } from 'node:fs';
import type { Parts } from '../app.ts';
import { findCasePerson } from '../domain/audit/case-people.ts';
import type { OpenedCase } from '../domain/audit/case.ts';
import type { PackAsked } from '../domain/audit/exports/pack.ts';
import { findWitnessProof, readPackKeys } from '../domain/audit/exports/pack-keys.ts';
import { createLedgerSearch } from '../domain/audit/exports/ledger-search.ts';
import type { LedgerSearch } from '../domain/audit/exports/ledger-search.ts';
import { toScopedQuery } from '../domain/audit/exports/scope.ts';
import { requireCaseByNumber } from '../domain/audit/require-case.ts';
import { takePack } from '../domain/audit/exports/take-pack.ts';
import type { TakePackNeeds } from '../domain/audit/exports/take-pack.ts';
import { dayMs, systemClock } from '../domain/kernel/clock.ts';
import type { Refused } from '../domain/kernel/errors.ts';
import { toVerifier } from '../domain/ledger/signed-note.ts';
import type { NoteVerifier } from '../domain/ledger/signed-note.ts';
import { createWitnessing } from '../domain/witnesses/witnessing.ts';
import type { Witnessing } from '../domain/witnesses/witnessing.ts';
import { readWitnessPolicy } from '../outbound/witnesses.ts';
import { readVerifierFile } from '../../views/asset-list.ts';
import { createTexts } from '../../views/messages/messages.ts';
import { renderPackReadme } from '../../views/pack-readme.ts';
import type { ExitCode } from './context.ts';
import { claimFile } from './files/claim-file.ts';
import { operator, toViewNeeds } from './look.ts';
import { createProgressBar, printJson, printLine } from './print.ts';
import { sequenceLog, toLogSigner } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AuditPackOptions = Omit<PackAsked, 'expiresAt'> & { readonly file: string; readonly days: number; readonly json: boolean };

/** What nodes kept of the witnesses' word; the command asks none of them. */
export function findWitnessing({ config, storage }: Parts, logVerifier: NoteVerifier): Witnessing | undefined {
  const policy = readWitnessPolicy(config, logVerifier);
  return policy.ok && policy.value !== undefined ? createWitnessing({ policy: policy.value, ...storage, clock: systemClock }) : undefined;
}

/** Counts what was read of the log, for whoever waits. */
function withProgress(search: LedgerSearch, draw: (done: number) => void): LedgerSearch {
  async function* findMatches(...asked: Parameters<LedgerSearch['findMatches']>): ReturnType<LedgerSearch['findMatches']> {
    let done = 0;
    for await (const page of search.findMatches(...asked)) {
      yield page;
      done += page.length;
      draw(done);
    }
  }
  return { ...search, findMatches };
}

function toPackNeeds(parts: Parts, opened: OpenedCase, draw: (done: number) => void): TakePackNeeds {
  const { config, keys, storage } = parts;
  const logVerifier = toVerifier(toLogSigner(parts));
  const texts = { ar: createTexts('ar'), en: createTexts('en') };
  const findPersonRef = (pseudonym: string): Promise<string | undefined> => findCasePerson(storage, opened, pseudonym);
  return {
    ...toViewNeeds(parts),
    ledger: storage.ledgerBeside,
    findHead: () => storage.ledgerBeside.findCheckpoint(),
    ...withProgress(createLedgerSearch({ ledger: storage.ledgerBeside, findPersonRef }), draw),
    consents: storage.consents,
    agencies: storage.agencies,
    signer: { issuer: config.issuer, key: keys.receipt.privateKey, kid: keys.receipt.kid },
    readKeys: () => readPackKeys({ ledger: storage.ledger, logVerifier, receiptKeys: { keys: [keys.receipt.publicJwk] } }),
    findWitnessProof: (size) => findWitnessProof({ ledger: storage.ledger, witnessing: findWitnessing(parts, logVerifier) }, size),
    renderReadme: (summary) => renderPackReadme({ texts }, summary),
    verifier: readVerifierFile(),
    aloneLimit: config.exportAloneLimit,
  };
}

type Taken = Awaited<ReturnType<typeof takePack>>;
type TakeAsked = Omit<AuditPackOptions, 'file' | 'json' | 'days'> & { readonly expiresAt: number };

/** Never beyond the case: its scope and its period. */
async function take(
  parts: Parts,
  asked: TakeAsked,
): Promise<Taken | Refused<'audit/case-unknown' | 'audit/case-ended' | 'audit/export-outside'>> {
  const { storage, keys } = parts;
  const opened = await requireCaseByNumber({ ...toViewNeeds(parts), ...storage, dataKey: keys.data.encryption }, asked.case);
  if (!opened.ok) {
    return opened;
  }
  const query = await toScopedQuery(storage, opened.value, asked.query);
  if (!query.ok) {
    return query;
  }
  const bar = createProgressBar(standardErr);
  const needs = toPackNeeds(parts, opened.value, (done) => bar.draw({ label: 'entries', done, total: null }));
  const taken = await takePack(needs, operator, { ...asked, query: query.value });
  bar.end();
  return taken;
}

export async function runAuditPack(parts: Parts, { days, file, json, ...asked }: AuditPackOptions): Promise<ExitCode> {
  // Bodies and salts: for its owner's eyes only.
  const target = claimFile(file);
  if (!target.ok) {
    printLine(standardErr, `${file}: ${target.problem}`);
    return 1;
  }
  await sequenceLog(parts);
  const made = await take(parts, { ...asked, expiresAt: systemClock.now() + days * dayMs });
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
