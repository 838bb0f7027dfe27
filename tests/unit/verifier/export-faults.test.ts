// What an export is refused for: the code, the entry, the line, and the words in which each fault is told.

import { describe, expect, it } from 'vitest';
import { createCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { createKeyChange } from '../../../src/domain/ledger/key-change.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { readPolicy } from '../../../src/verifier/policy.ts';
import { verifyExport } from '../../../src/verifier/verify-export.ts';
import type { ExportTrusted } from '../../../src/verifier/verify-export.ts';
import type { ExportReport } from '../../../src/verifier/export-report.ts';
import { bendObject, parseMembers } from '../../support/forge-pack.ts';
import { createSigner, sampleStart } from '../../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';
import { createExport, createSampleLog, logKey, logSigner } from '../../support/receipt-samples.ts';

const log = await createSampleLog([3, 4, 2]);
const honest = await createExport(log);
const [header = '', ...entries] = honest.trimEnd().split('\n');

const check = (text: string, trusted: ExportTrusted = { logKey }): Promise<ExportReport> => verifyExport([Buffer.from(text)], trusted);
const join = (parts: readonly string[]): string => `${parts.join('\n')}\n`;
const withHeader = (line: string): Promise<ExportReport> => check(join([line, ...entries]));
const withEntries = (lines: readonly string[]): Promise<ExportReport> => check(join([header, ...lines]));
/** The sixth entry in another spelling, or with other members. */
const withSixth = (line: string): Promise<ExportReport> => withEntries(entries.with(5, line));
const sixth = entries[5] ?? '';
const { id: sixthId } = parseMembers(sixth);
const toNames = ({ faults }: ExportReport): string[] => faults.map(({ code, index }) => `${code} ${index}`);

describe('the header of an export', () => {
  it.each([
    ['another format', bendObject(header, { format: 'huwiya-log/2' })],
    ['one member more', bendObject(header, { more: 1 })],
    ['no key', bendObject(header, { log: undefined })],
    ['a key that is no text', bendObject(header, { log: 7 })],
    ['no checkpoint', bendObject(header, { checkpoint: null })],
    ['kept checkpoints that are no list', bendObject(header, { kept: 'none' })],
    ['a kept checkpoint that is no text', bendObject(header, { kept: [7] })],
    ['another spelling', header.replace('":', '": ')],
    ['an entry in its place', sixth],
  ])('is none with %s', async (_, line) => {
    const report = await withHeader(line);
    expect(report).toMatchObject({ isValid: false, size: null, comparedRoots: 0 });
    const detail = 'the first line is no header of a log export';
    expect(report.faults).toEqual([{ code: 'form', index: null, id: null, line: 1, detail }]);
  });

  it('may leave kept checkpoints out', async () => {
    expect(await withHeader(bendObject(header, { kept: undefined }))).toMatchObject({ isValid: true, size: 9 });
  });

  it('is none where it is all there is and has no end', async () => {
    expect(toNames(await check(header))).toEqual(['form null']);
    expect(toNames(await check(''))).toEqual(['form null']);
  });

  const nowhere = { index: null, id: null, line: 1 };
  it('names a key that is one and signed its checkpoint', async () => {
    expect((await withHeader(bendObject(header, { log: 'none' }))).isValid).toBe(true);
    const own = await check(join([bendObject(header, { log: 'none' }), ...entries]), {});
    expect(own.faults).toEqual([{ ...nowhere, code: 'log-key', detail: 'the public key of the log is malformed' }]);
    expect(own).toMatchObject({ size: null, comparedRoots: 0, trust: { log: 'from-file' } });
    const stranger = toVerifierText(toVerifier(createSigner('id.example/ledger', 'stranger')));
    const other = await check(honest, { logKey: stranger });
    const detail = 'the checkpoint is not signed by the key of the log';
    expect(other.faults).toEqual([{ ...nowhere, code: 'checkpoint-signature', detail }]);
    expect(other).toMatchObject({ size: null, comparedRoots: 0 });
  });

  it('is held against a history of keys and a policy of witnesses', async () => {
    const toHistory = (...changes: readonly string[]): string => JSON.stringify({ format: 'huwiya-log-keys/1', changes });
    const last = { size: 100, root: Buffer.alloc(32) };
    const next = createSigner(logSigner.name, 'next');
    const change = createKeyChange(logSigner, next, { last, at: sampleStart, reason: 'planned' });
    const nextKey = toVerifierText(toVerifier(next));
    expect(await check(honest, { logKey: nextKey, keyHistory: toHistory(change) })).toMatchObject({ isValid: true });
    const detail = 'the history of the keys does not lead from the trusted key';
    expect((await check(honest, { logKey, keyHistory: 'none' })).faults).toEqual([{ ...nowhere, code: 'key-history', detail }]);
    expect(toNames(await check(honest, { logKey: 'none', keyHistory: toHistory(change) }))).toEqual(['log-key null']);
    const policy = readPolicy(`log ${nextKey}\nquorum none\n`);
    const judged = await check(honest, { logKey, ...(typeof policy === 'object' ? { policy } : {}) });
    expect(judged.faults).toEqual([{ ...nowhere, code: 'witnesses', detail: 'the policy names other logs, not this one' }]);
  });

  it('is held against every checkpoint that was kept', async () => {
    const kept = 'a kept checkpoint is malformed or not signed by the key of the log';
    const nothing = { index: null, id: null, line: null };
    const bad = await check(honest, { logKey, kept: ['none'] });
    expect(bad.faults).toEqual([{ ...nothing, code: 'checkpoint-signature', detail: kept }]);
    expect(toNames(await withHeader(bendObject(header, { kept: ['none'] })))).toEqual(['checkpoint-signature null']);
    const longer = createCheckpoint(logSigner, { size: 12, root: Buffer.alloc(32) });
    const cut = await check(honest, { logKey, kept: [longer] });
    const detail = 'a kept checkpoint covers 12 entries, the checkpoint of the file 9';
    expect(cut.faults).toEqual([{ code: 'tail-missing', index: 9, id: null, line: null, detail }]);
    const other = createCheckpoint(logSigner, { size: 7, root: Buffer.alloc(32) });
    const root = log.rows.checkpoints.map(({ text }) => text).slice(0, 1);
    const forked = await check(honest, { logKey, kept: [other, ...root] });
    const doubt = 'the checkpoint of size 7 has another root; entries 3 to 6 are in doubt';
    expect(forked.faults).toEqual([{ code: 'kept-checkpoint', index: 3, id: null, line: null, detail: doubt }]);
    expect(forked.comparedRoots).toBe(3);
  });
});

describe('an entry of an export', () => {
  const form = { code: 'form', index: 5, id: null, line: 7, detail: 'the line is no entry in canonical form' };
  it.each([
    ...['at', 'attributes', 'body', 'commitment', 'id', 'index', 'person', 'purpose', 'salt', 'service', 'type'].map((name) => [
      `no ${name}`,
      bendObject(sixth, { [name]: undefined }),
    ]),
    ['one member more', bendObject(sixth, { more: 1 })],
    ['a member more before the others', bendObject(sixth, { a: 1 })],
    ['an id that is no text', bendObject(sixth, { id: 7 })],
    ['a body that is no text', bendObject(sixth, { body: {} })],
    ['a commitment that is no text', bendObject(sixth, { commitment: null })],
    ['a salt that is no text', bendObject(sixth, { salt: 7 })],
    ['a person that is no text', bendObject(sixth, { person: ['p'] })],
    ['an index that is a text', bendObject(sixth, { index: '5' })],
    ['half an index', bendObject(sixth, { index: 5.5 })],
    ['an index before the first', bendObject(sixth, { index: -5 })],
    ['an index beyond all numbers', bendObject(sixth, { index: 2 ** 53 })],
    ['an index in another spelling', sixth.replace('"index":5', '"index":5.0')],
    ['an index with a zero before it', sixth.replace('"index":5', '"index":05')],
    ['a space', sixth.replace('"index":5', '"index": 5')],
    ['an escape that is none', sixth.replace('"salt":"', String.raw`"salt":"\u0041`)],
    ['an escape in its body that is none', sixth.replace(String.raw`\"id\"`, String.raw`\u0022id\"`)],
    [
      'a body in which no quote is escaped',
      sixth.replace(/"body":"(.*)","commitment"/, (_, body: string) => `"body":"${body.replaceAll('\\', '')}","commitment"`),
    ],
    ['a text that does not end', sixth.slice(0, -2)],
    ['nothing', ''],
    ['an object of nothing', '{}'],
  ])('is none with %s', async (_, line) => {
    expect((await withSixth(line)).faults[0]).toEqual(form);
  });

  const about = { index: 5, id: sixthId, line: 7 };
  const mismatch = { ...about, code: 'commitment-mismatch', detail: 'body, salt and person do not give the commitment' };
  it.each([
    [
      'another type',
      { type: 'data.released' },
      { ...about, code: 'column-mismatch', detail: 'a member that repeats the body differs from it' },
    ],
    ['another body', { body: '{ }' }, { ...about, code: 'body-not-canonical', detail: 'the body is not in its one canonical form' }],
    ['a body that is no object', { body: '[]' }, { ...about, code: 'body-not-canonical' }],
    ['another salt', { salt: 'A'.repeat(43) }, mismatch],
    ['a salt with a quote in it', { salt: 'a"b\\c' }, mismatch],
    ['another person', { person: 'somebody' }, mismatch],
    ['a person in another script', { person: 'شخص "ما"' }, mismatch],
    ['nobody', { person: null }, mismatch],
    ['no salt', { salt: null }, mismatch],
  ])('is named with its line where it has %s', async (_, members, fault) => {
    const report = await withSixth(bendObject(sixth, members));
    expect(report.faults).toMatchObject([fault]);
    expect(report).toMatchObject({ isValid: false, size: 9, entries: 9, comparedRoots: 1 });
  });

  it('that is missing, late, or there twice is named in its place', async () => {
    expect((await withEntries(entries.toSpliced(5, 1))).faults).toEqual([
      { code: 'index-gap', index: 5, id: null, line: null, detail: 'the entry is missing' },
    ]);
    expect((await withEntries(entries.toSpliced(7, 0, sixth))).faults).toEqual([
      { code: 'index-duplicate', index: 5, id: sixthId, line: 9, detail: 'an entry with this index was there already' },
    ]);
    expect((await withEntries([...entries.toSpliced(5, 1), sixth])).faults).toEqual([
      { code: 'order', index: 5, id: sixthId, line: 10, detail: 'the entry stands after one with a higher index' },
    ]);
  });

  it('is counted at the end, short of the checkpoint or beyond it', async () => {
    expect((await withEntries(entries.slice(0, 6))).faults).toEqual([
      { code: 'tail-missing', index: 6, id: null, line: null, detail: 'the file ends after 6 entries, its checkpoint covers 9' },
    ]);
    expect((await withEntries([...entries, bendObject(sixth, { index: 9 })])).faults).toEqual([
      { code: 'beyond-checkpoint', index: 9, id: null, line: null, detail: 'the checkpoint covers 9 entries, the file has more' },
    ]);
  });

  it('leaves at most a thousand faults to be told, however many there are', async () => {
    const far = await withEntries(entries.with(5, bendObject(sixth, { index: 5000 })));
    expect(far.faults).toHaveLength(1000);
    expect(toNames(far).slice(0, 2)).toEqual(['index-gap 5', 'order 6']);
    expect((await withEntries(Array.from({ length: 1200 }, () => '{}'))).faults).toHaveLength(1000);
  });

  it('ends where its line does, and a line without an end is none', async () => {
    const huge = await withEntries(entries.with(5, 'a'.repeat(4_000_001)));
    expect(toNames(huge)[0]).toBe('form 5');
    expect((await check(honest + 'a'.repeat(4_000_001))).faults[0]).toMatchObject({ code: 'form', index: 9, line: 11 });
    const endless = [Buffer.from(honest), Buffer.alloc(4_000_001, 97), Buffer.from(join(entries))];
    expect((await verifyExport(endless, { logKey })).entries).toBe(10);
  });
});

describe('the reading of an export', () => {
  it('tells after each block of whole lines how many entries it has read', async () => {
    const told: number[] = [];
    const parts = [header.slice(0, 9), `${header.slice(9)}\n`, `${join(entries.slice(0, 5))}${sixth.slice(0, 9)}`, join([sixth.slice(9)])];
    await verifyExport(
      parts.map((part) => Buffer.from(part)),
      { logKey, progress: (count) => told.push(count) },
    );
    expect(told).toEqual([0, 5, 6]);
  });

  it('covers what its checkpoint covers, and nothing of a log that was never signed', async () => {
    const grown = await createSampleLog([3, 4, 2]);
    grown.rows.checkpoints.pop();
    expect(await check(await createExport(grown))).toMatchObject({ isValid: true, size: 7, entries: 7 });
    expect(await createExport(createMemoryLedgerStore())).toBe('');
    grown.rows.entries = grown.rows.entries.map((entry) => (entry.index === 1 ? { ...entry, salt: null, personRef: null } : entry));
    const half = await createExport(grown);
    expect(await check(half)).toMatchObject({ isValid: false, entries: 7, erased: 1, faults: [{ code: 'erasure-unaccounted' }] });
  });
});
