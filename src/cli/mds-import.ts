// `huwiya mds import FILE [--root CERT]`: takes in an edition of FIDO metadata. Reads files and nothing else; nothing is fetched, not even a revocation list.

import { readFileSync, statSync } from 'node:fs';
import { toTimestamp } from '../domain/kernel/clock.ts';
import { findCertificate } from '../domain/metadata/certificate.ts';
import { importMetadata } from '../domain/metadata/import-metadata.ts';
import type { Imported } from '../domain/metadata/import-metadata.ts';
import { isLate } from '../domain/metadata/model.ts';
import { verifyBlob } from '../domain/metadata/verify-blob.ts';
import type { TrustedRoot, VerifiedBlob } from '../domain/metadata/verify-blob.ts';
import { judgePasskeys } from '../domain/passkeys/judge-passkeys.ts';
import type { Context, ExitCode } from './context.ts';
import { readFidoRoots } from './files/fido-roots.ts';
import { findContent } from './files/metadata-file.ts';
import type { ReadContent } from './files/metadata-file.ts';
import { isUnreadable } from './files/read-file.ts';
import { createProgressBar, printFailure, printJson, printLine } from './print.ts';

export type MdsImportOptions = { readonly file: string; readonly roots: readonly string[]; readonly json: boolean };

/** FIDO's own has some four million characters. */
const mostBytes = 64 * 1024 * 1024;

export async function runMdsImport(context: Context, options: MdsImportOptions): Promise<ExitCode> {
  const { err, clock } = context;
  const named = options.roots.map((name) => ({ name, root: findRoot(name) }));
  const unread = named.find(({ root }) => root === undefined);
  if (unread !== undefined) {
    printLine(err, `${unread.name}: cannot be read as a certificate, in PEM or DER`);
    return 1;
  }
  const roots = named.length === 0 ? readFidoRoots() : named.map(({ root }) => root).filter((root) => root !== undefined);
  const text = findText(options.file);
  if (text === undefined) {
    printLine(err, `${options.file}: cannot be read, or is larger than any metadata`);
    return 1;
  }
  const blob = verifyBlob(text, roots, clock.now());
  if (!blob.ok) {
    printFailure(err, `${options.file}: ${blob.detail}`, blob.code);
    return 1;
  }
  const content = findContent(blob.value.content, toTimestamp(clock.now()).slice(0, 10));
  if (content === undefined) {
    printFailure(err, `${options.file}: no number, day or entries`, 'metadata/malformed');
    return 1;
  }
  return takeIn(context, options, { blob: blob.value, content });
}

function findText(file: string): string | undefined {
  try {
    return statSync(file).size > mostBytes ? undefined : readFileSync(file, 'utf8');
  } catch (error) {
    if (isUnreadable(error)) {
      return undefined;
    }
    throw error;
  }
}

function findRoot(file: string): TrustedRoot | undefined {
  try {
    const bytes = readFileSync(file);
    const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(bytes.toString('latin1'));
    const certificate = findCertificate(pem === null ? bytes : Buffer.from(pem[1] ?? '', 'base64'));
    const own = readFidoRoots().find((fido) => certificate !== undefined && fido.certificate.der.equals(certificate.der));
    // FIDO's root vouches for servers of the whole world, whoever names it.
    return own ?? (certificate && { certificate, host: null });
  } catch (error) {
    if (isUnreadable(error)) {
      return undefined;
    }
    throw error;
  }
}

type Read = { readonly blob: VerifiedBlob; readonly content: ReadContent };

async function takeIn(context: Context, options: MdsImportOptions, { blob, content }: Read): Promise<ExitCode> {
  const { storage, clock, random, err } = context;
  const { source, name, digest } = blob;
  const { number, nextUpdate, models, bad } = content;
  const edition = { source: { source, name, digest, number, nextUpdate }, models, badCount: bad.length };
  const needs = { metadata: storage.metadata, clock, random, actor: { kind: 'operator', ref: null } as const };
  const imported = await importMetadata(needs, edition);
  if (!imported.ok) {
    printFailure(err, `${options.file}: ${imported.detail}`, imported.code);
    return 1;
  }
  const judged = await judgeAll(context);
  for (const { entry, name: called, reason } of bad) {
    printLine(err, `entry ${entry} (${called}): ${reason}`);
  }
  if (imported.value.result === 'contradicted') {
    printLine(err, `${options.file}: number ${number} was imported with other content before; nothing was changed. Ask the source`);
  }
  if (isLate({ nextUpdate }, clock.now())) {
    printLine(err, `${options.file}: the next edition was due on ${toTimestamp(nextUpdate).slice(0, 10)}; fetch it`);
  }
  report(context, options, { source, content, imported: imported.value, judged });
  return 0;
}

/** Whoever may now be trusted. What is warned of counts already; a command that breaks off here leaves the rest to the nodes. */
async function judgeAll({ storage, err }: Context): Promise<number> {
  const bar = createProgressBar(err);
  const total = await storage.metadata.countUnjudged();
  let done = 0;
  for (let judged = -1; judged !== 0; done += judged) {
    judged = await judgePasskeys({ metadata: storage.metadata });
    bar.draw({ label: 'judging passkeys', done, total });
  }
  bar.end();
  return done;
}

type Report = { readonly source: string; readonly content: ReadContent; readonly imported: Imported; readonly judged: number };

function report({ out }: Context, { json }: MdsImportOptions, { source, content, imported, judged }: Report): void {
  const { number, bad, otherCount } = content;
  const nextUpdate = toTimestamp(content.nextUpdate).slice(0, 10);
  const { result, models, added, gone, warned } = imported;
  if (json) {
    const badEntries = bad.map((entry) => ({ ...entry }));
    const counts = {
      models,
      added,
      gone,
      warned: [...warned],
      other_entries: otherCount,
      bad_entries: badEntries,
      passkeys_judged: judged,
    };
    printJson(out, { result, source, number, next_update: nextUpdate, ...counts });
    return;
  }
  if (result !== 'imported') {
    printLine(out, `number ${number} is there already; nothing was changed`);
    return;
  }
  printLine(out, `number ${number} of ${source}, the next one by ${nextUpdate}`);
  printLine(out, `${models} models, ${added} new, ${gone} no longer listed, ${bad.length} bad entries, ${judged} passkeys judged`);
  for (const aaguid of warned) {
    printLine(out, `warned of: ${aaguid}`);
  }
}
