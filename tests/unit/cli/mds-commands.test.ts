// `huwiya mds`: metadata come as files, are believed only under a trusted root, and never go back.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runMdsImport } from '../../../src/cli/mds-import.ts';
import { runMdsShow } from '../../../src/cli/mds-show.ts';
import { createCapturedContext } from '../../support/captured-context.ts';
import type { CapturedContext } from '../../support/captured-context.ts';
import { makeAuthority, uses } from '../../support/metadata/authority.ts';
import { createMetadataSource, toEntry } from '../../support/metadata/blob.ts';
import type { BlobAsked, BlobContent } from '../../support/metadata/blob.ts';
import { createMaker } from '../../support/metadata/maker.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';

const source = createMetadataSource('National scheme');
const maker = createMaker();
const database = createSqliteDatabase();
let folder: string;
let opened: OpenedDatabase;
let captured: CapturedContext;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huwiya-mds-'));
  writeFileSync(join(folder, 'root.pem'), source.root.pem);
  writeFileSync(join(folder, 'root.der'), source.root.der);
  writeFileSync(join(folder, 'other.pem'), makeAuthority('Somebody else').pem);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.stop();
});
beforeEach(async () => {
  opened = await database.open();
  captured = createCapturedContext(opened.storage);
});
afterEach(async () => opened.close());

const entry = toEntry({ aaguid: maker.aaguid, roots: [maker.root] });

type Asked = BlobAsked & { readonly text?: string; readonly roots?: readonly string[]; readonly json?: boolean };

async function runImport({ text, roots = ['root.pem'], json = false, ...blob }: Asked = {}) {
  const file = join(folder, 'blob.jwt');
  writeFileSync(file, text ?? source.blob({ content: { entries: [entry] }, ...blob }));
  const code = await runMdsImport(captured.context, { file, roots: roots.map((root) => join(folder, root)), json });
  return { code, out: captured.takeOut(), err: captured.takeErr().replaceAll(folder, 'FOLDER') };
}

const importContent = async (content: BlobContent) => runImport({ content: { entries: [entry], ...content } });

async function listEvents(): Promise<readonly { readonly type: string; readonly body: string }[]> {
  const rows = await opened.engine.read({ text: "SELECT type, body FROM entries WHERE type = 'metadata.imported'", values: [] });
  return rows.map((row) => ({ type: String(row['type']), body: String(row['body']) }));
}

describe('an import', () => {
  it('takes in what a trusted root vouches for, in PEM or DER, and leaves one entry', async () => {
    expect(await runImport({ roots: ['other.pem', 'root.der'] })).toMatchObject({ code: 0, err: '' });
    expect(await opened.storage.metadata.findModels(maker.aaguid)).toMatchObject([
      { description: 'Security key of the test', isListed: true, isWarned: false, roots: [maker.root.base64] },
    ]);
    const [event] = await listEvents();
    expect(event?.body).toContain('"number":1');
    expect(event?.body).toContain('"actor":{"kind":"operator","ref":null}');
  });

  it('says in JSON what came', async () => {
    const { out } = await runImport({ json: true });
    expect(JSON.parse(out)).toMatchObject({
      result: 'imported',
      number: 1,
      next_update: '2099-01-01',
      models: 1,
      added: 1,
      bad_entries: [],
    });
  });

  it('of the same number again is fine and changes nothing; a smaller one is refused', async () => {
    await importContent({ no: 7 });
    expect(await importContent({ no: 7 })).toMatchObject({ code: 0, out: 'number 7 is there already; nothing was changed\n', err: '' });
    const contradicted = await importContent({ no: 7, entries: [] });
    expect(contradicted.code).toBe(0);
    expect(contradicted.err).toContain('with other content');
    const older = await importContent({ no: 6 });
    expect([older.code, older.err.split('\n').length]).toEqual([1, 2]);
    expect(older.err).toContain('metadata/older');
    expect(await listEvents()).toHaveLength(1);
    expect(await opened.storage.metadata.findModels(maker.aaguid)).toMatchObject([{ isListed: true }]);
  });

  it('names entries that cannot be read, and takes the others and every warning', async () => {
    const revoked = createMaker();
    const broken = { aaguid: revoked.aaguid, statusReports: [{ status: 'REVOKED', effectiveDate: '2026-01-01' }], metadataStatement: 7 };
    const entries = [entry, 7, { aaguid: 'no such thing', statusReports: [] }, broken, { aaid: '4e4e#4005' }, { ...entry }];
    const { code, out, err } = await importContent({ entries });
    expect(code).toBe(0);
    expect(
      err
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(0, 8)),
    ).toEqual(['entry 2 ', 'entry 3 ', 'entry 4 ', 'entry 6 ']);
    expect(out).toContain(`warned of: ${revoked.aaguid}`);
    expect(await opened.storage.metadata.findModels(revoked.aaguid)).toMatchObject([{ isWarned: true, roots: [] }]);
    expect(await opened.storage.metadata.findModels(maker.aaguid)).toMatchObject([{ isWarned: false }]);
  });

  it('of metadata that are late counts, and says so', async () => {
    const { code, err } = await importContent({ nextUpdate: '2026-01-01' });
    expect([code, err]).toEqual([0, 'FOLDER/blob.jwt: the next edition was due on 2026-01-01; fetch it\n']);
  });
});

const short = { subject: { CN: 'issuing' }, isAuthority: true, keyUsage: 0x06 } as const;
const between = source.root.issue({ ...short, pathLength: 0 });
const leaf = { subject: { CN: 'metadata' }, keyUsage: 0x80, use: uses.server, isAuthority: false } as const;
const deeper = between.issue(short);
const notAuthority = source.root.issue({ ...short, isAuthority: false });
const ended = source.root.issue({ ...short, until: -1 });
const mute = source.root.issue({ ...short, keyUsage: 0x80 });
const strange = source.root.issue({ ...short, extras: [{ id: '551d1e', value: Buffer.of(0x30, 0), isCritical: true }] });

const refused: readonly (readonly [string, Asked, string])[] = [
  ['under a root that nobody trusts', { roots: ['other.pem'] }, 'metadata/untrusted'],
  ['under FIDO’s root, by somebody else', { roots: [] }, 'metadata/untrusted'],
  ['whose signer has run out', { chain: [between.issue({ ...leaf, until: -1 }), between] }, 'metadata/untrusted'],
  ['whose signer is not valid yet', { chain: [between.issue({ ...leaf, from: 1 }), between] }, 'metadata/untrusted'],
  ['whose signer may not sign', { chain: [between.issue({ ...leaf, keyUsage: 0x08 }), between] }, 'metadata/untrusted'],
  ['whose signer is for clients', { chain: [between.issue({ ...leaf, use: uses.client }), between] }, 'metadata/untrusted'],
  ['whose issuer has run out', { chain: [ended.issue(leaf), ended] }, 'metadata/untrusted'],
  ['whose issuer is no authority', { chain: [notAuthority.issue(leaf), notAuthority] }, 'metadata/untrusted'],
  ['whose issuer may not sign certificates', { chain: [mute.issue(leaf), mute] }, 'metadata/untrusted'],
  ['whose issuer has constraints that are not known here', { chain: [strange.issue(leaf), strange] }, 'metadata/untrusted'],
  ['whose chain is longer than an issuer allows', { chain: [deeper.issue(leaf), deeper, between] }, 'metadata/untrusted'],
  ['whose chain has a gap', { chain: [deeper.issue(leaf), between] }, 'metadata/untrusted'],
  ['with a signature of SHA-1 in the chain', { chain: [between.issue({ ...leaf, isWeak: true }), between] }, 'metadata/untrusted'],
  ['with an algorithm of another kind of key', { algorithm: 'RS256' }, 'metadata/untrusted'],
  ['with no algorithm', { algorithm: 'none' }, 'metadata/untrusted'],
  ['with a shared key', { algorithm: 'HS256' }, 'metadata/untrusted'],
  ['with an extension that must be understood', { header: { crit: ['b64'], b64: false } }, 'metadata/untrusted'],
  ['with no certificates', { header: { x5c: undefined } }, 'metadata/untrusted'],
  ['with something that is no certificate', { header: { x5c: ['AAAA'] } }, 'metadata/untrusted'],
  ['that is no JWT', { text: 'metadata' }, 'metadata/malformed'],
  ['that is empty', { text: '' }, 'metadata/malformed'],
  ['without a number', { content: { no: '1' } }, 'metadata/malformed'],
  ['with a number below zero', { content: { no: -1 } }, 'metadata/malformed'],
  ['with a day that does not exist', { content: { nextUpdate: '2026-02-30' } }, 'metadata/malformed'],
];

describe('a file', () => {
  it.each(refused)('%s is refused in one line, and nothing is changed', async (_what, asked, code) => {
    const done = await runImport(asked);
    expect([done.code, done.out, done.err.trimEnd().split('\n').length]).toEqual([1, '', 1]);
    expect(done.err).toContain(code);
    expect(await opened.storage.metadata.listSources()).toEqual([]);
    expect(await listEvents()).toEqual([]);
  });

  it('that is not there, or a root that is no certificate, is refused in one line', async () => {
    const file = join(folder, 'absent');
    expect(await runMdsImport(captured.context, { file, roots: [], json: false })).toBe(1);
    expect(captured.takeErr()).toContain('cannot be read');
    writeFileSync(join(folder, 'text'), 'no certificate');
    expect((await runImport({ roots: ['text'] })).err).toBe('FOLDER/text: cannot be read as a certificate, in PEM or DER\n');
    expect((await runImport({ roots: ['absent'] })).code).toBe(1);
  });
});

describe('what is shown', () => {
  it('is nothing before the first import, and afterwards the source, its number and how passkeys stand', async () => {
    expect(await runMdsShow(captured.context, { json: false })).toBe(0);
    expect(captured.takeOut()).toContain('no metadata were imported');
    await runImport();
    await runMdsShow(captured.context, { json: true });
    const shown: unknown = JSON.parse(captured.takeOut());
    expect(shown).toMatchObject({
      sources: [{ number: 1, next_update: '2099-01-01', late: false, models: 1, warned: 0 }],
      passkeys: { people: { trusted: 0, unknown: 0, revoked: 0 }, staff: { trusted: 0, unknown: 0, revoked: 0 }, to_judge: 0 },
    });
    await runMdsShow(captured.context, { json: false });
    expect(captured.takeOut()).toMatch(/^SOURCE +NUMBER +NEXT/);
  });
});
