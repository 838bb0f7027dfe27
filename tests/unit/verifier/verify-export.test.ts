import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../../src/domain/kernel/canonical.ts';
import { findRun } from '../../../src/verifier/export-run.ts';
import { verifyExport } from '../../../src/verifier/verify-export.ts';
import type { ExportTrusted } from '../../../src/verifier/verify-export.ts';
import type { ExportReport } from '../../../src/verifier/export-report.ts';
import { createSigner, createSteppingClock, sampleStart } from '../../support/ledger-samples.ts';
import { createCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { sealAccount } from '../../../src/domain/ledger/erasure-account.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import { createExport, createSampleLog, logKey, logSigner } from '../../support/receipt-samples.ts';

const groups = [3, 4, 2];
const log = await createSampleLog(groups);
const kept = log.rows.checkpoints.map((each) => each.text);
const honest = await createExport(log);
const lines = honest.trimEnd().split('\n');

const toChunks = (bytes: Buffer, size: number): readonly Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));

/** Whoever judges blocks beside the one that reads says the very same. */
async function check(given: string | Uint8Array, trusted: ExportTrusted = { logKey }): Promise<ExportReport> {
  const bytes = Buffer.from(given);
  const report = await verifyExport([bytes], trusted);
  expect(await verifyExport(toChunks(bytes, 2000), { ...trusted, findRun: async (block) => findRun(block) })).toEqual(report);
  return report;
}
const join = (parts: readonly string[]): string => `${parts.join('\n')}\n`;
const toNames = (report: ExportReport): string[] => report.faults.map((fault) => `${fault.code} ${fault.index}`);

/** The lines with the entries as given; the header stays. */
const withEntries = (entries: readonly string[]): string => join([lines[0] ?? '', ...entries]);
const entries = lines.slice(1);

type EntryLine = Record<string, string | number | null | readonly string[]>;
const isEntryLine = (value: unknown): value is EntryLine => typeof value === 'object' && value !== null;

/** A line with other members, in canonical form. */
const change = (line: string, members: EntryLine): string => {
  const value: unknown = JSON.parse(line);
  return toCanonicalJson(isEntryLine(value) ? { ...value, ...members } : {});
};

describe('an honest export', () => {
  it('is valid, in chunks of any size', async () => {
    const report = await check(honest);
    expect(report).toMatchObject({ isValid: true, trust: { log: 'given' }, size: 9, entries: 9, erased: 0, comparedRoots: 1, faults: [] });
    const bytes = Buffer.from(honest);
    for (const size of [1, 7, 100, 5000]) {
      expect(await verifyExport(toChunks(bytes, size), { logKey })).toEqual(report);
    }
  });

  it('says when its key comes from the file itself', async () => {
    expect(await check(honest, {})).toMatchObject({ isValid: true, trust: { log: 'from-file' } });
  });

  it('agrees with every checkpoint that was kept', async () => {
    expect(await check(honest, { logKey, kept })).toMatchObject({ isValid: true, comparedRoots: 4 });
    expect(await check(await createExport(log, { kept }))).toMatchObject({ isValid: true, comparedRoots: 4 });
  });

  it('of an empty log is valid', async () => {
    expect(await check(await createExport(await createSampleLog([0])))).toMatchObject({ isValid: true, size: 0, comparedRoots: 1 });
  });

  it('is still valid when entries were erased, and says how many', async () => {
    const told = await createSampleLog(groups);
    const ids = told.rows.entries.slice(0, 2).map(({ id }) => id);
    await told.append([sealAccount({ ids, at: sampleStart, seed: 'first' })]);
    await sequenceAll({ store: told, signer: logSigner, clock: createSteppingClock(sampleStart, 1) });
    const [head, ...all] = (await createExport(told)).trimEnd().split('\n');
    const erase = (gone: readonly number[]): string =>
      join([head ?? '', ...all.map((line, at) => (gone.includes(at) ? change(line, { salt: null, person: null }) : line))]);
    expect(await check(erase([0, 1]))).toMatchObject({ isValid: true, erased: 2 });
    // One that no erasure took, another one in the place of one that was, one that came back, and the account itself.
    for (const gone of [[0, 1, 5], [0, 5], [0], [0, 1, 9]]) {
      expect(toNames(await check(erase(gone)))).toEqual(['erasure-unaccounted null']);
    }
    const half = entries.map((line, at) => (at === 1 ? change(line, { salt: null }) : line));
    expect(toNames(await check(withEntries(half)))).toEqual(['commitment-mismatch 1']);
  });
});

describe('an export of which one byte is another', () => {
  it('names the entry, wherever in its line', async () => {
    const bytes = Buffer.from(await createExport(await createSampleLog([2, 1])));
    const lineOf = (at: number): number => bytes.subarray(0, at).filter((byte) => byte === 10).length;
    const unnamed: number[] = [];
    const from = bytes.indexOf(10) + 1;
    for (let at = from; at < bytes.length; at += 1) {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ (1 << (at % 7)), at);
      const { faults, isValid } = await check(copy);
      const index = lineOf(at) - 1;
      if (isValid || !faults.some((fault) => fault.index === index || fault.line === index + 2)) {
        unnamed.push(at);
      }
    }
    expect(unnamed).toEqual([]);
  });

  it('is not valid, wherever in its header', async () => {
    const bytes = Buffer.from(await createExport(log, { kept: kept.slice(0, 1) }));
    const end = bytes.indexOf(10);
    for (let at = 0; at <= end; at += 1) {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      expect((await check(copy, {})).isValid, `byte ${at}`).toBe(false);
    }
  });

  it('names the entry whose member no longer repeats the body', async () => {
    const members: EntryLine[] = [
      { type: 'data.released' },
      { at: 5 },
      { service: null },
      { purpose: 'x' },
      { attributes: [] },
      { id: 'x' },
    ];
    for (const changed of members) {
      const report = await check(withEntries(entries.with(4, change(entries[4] ?? '', changed))));
      expect(toNames(report)).toContain('column-mismatch 4');
    }
  });

  it('names the entry whose body is not canonical although it was committed to', async () => {
    const report = await check(withEntries(entries.with(4, change(entries[4] ?? '', { body: '{"b":1,"a":2}' }))));
    expect(toNames(report)).toEqual(['body-not-canonical 4']);
  });
});

describe('an export whose entries are not the ones in order', () => {
  const renumber = (list: readonly string[]): string[] => list.map((line, index) => change(line, { index }));

  it('names the entry that is missing', async () => {
    expect(toNames(await check(withEntries(entries.toSpliced(4, 1))))).toEqual(['index-gap 4']);
    expect(toNames(await check(withEntries(entries.toSpliced(0, 1))))).toEqual(['index-gap 0']);
  });

  it('names the entry that stands twice, and the two that are swapped', async () => {
    expect(toNames(await check(withEntries(entries.toSpliced(5, 0, entries[4] ?? ''))))).toEqual(['index-duplicate 4']);
    const swapped = entries.with(2, entries[6] ?? '').with(6, entries[2] ?? '');
    expect(toNames(await check(withEntries(swapped)))).toEqual(['order 2', 'order 3', 'order 4', 'order 5']);
  });

  it('tells between which checkpoints the fault lies when what remains was numbered anew', async () => {
    const shorter = await check(withEntries(renumber(entries.toSpliced(4, 1))), { logKey, kept });
    expect(toNames(shorter)).toEqual(['kept-checkpoint 3', 'tail-missing 8']);
    expect(shorter.faults[0]?.detail).toContain('entries 3 to 6');
    const [stranger = ''] = (await createExport(await createSampleLog([1], 'stranger'))).split('\n').slice(1);
    const longer = await check(withEntries(renumber(entries.toSpliced(4, 0, stranger))), { logKey, kept });
    expect(toNames(longer)).toEqual(['kept-checkpoint 3', 'kept-checkpoint 3', 'root-mismatch 3', 'beyond-checkpoint 9']);
    const swapped = await check(withEntries(renumber(entries.with(5, entries[6] ?? '').with(6, entries[5] ?? ''))), { logKey, kept });
    expect(toNames(swapped)[0]).toBe('kept-checkpoint 3');
  });

  it('names where the tail was cut, by its own checkpoint or one that was kept', async () => {
    expect(toNames(await check(withEntries(entries.slice(0, 6))))).toEqual(['tail-missing 6']);
    const cut = await createExport(await createSampleLog(groups.slice(0, 2)));
    expect(await check(cut)).toMatchObject({ isValid: true, size: 7 });
    expect(toNames(await check(cut, { logKey, kept }))).toEqual(['tail-missing 7']);
  });

  it('names entries that no checkpoint covers', async () => {
    const header = (await createExport(await createSampleLog(groups.slice(0, 2)))).split('\n')[0] ?? '';
    expect(toNames(await check(join([header, ...entries])))).toEqual(['beyond-checkpoint 7']);
  });

  it('is another log when it was written again from the start, even if it is signed', async () => {
    const rewritten = await createExport(await createSampleLog(groups, 'another history'));
    expect(await check(rewritten)).toMatchObject({ isValid: true });
    expect(toNames(await check(rewritten, { logKey, kept: kept.slice(0, 1) }))).toEqual(['kept-checkpoint 0']);
  });
});

describe('an export of somebody else', () => {
  it('fails by the signature of its checkpoint', async () => {
    const stranger = createSigner('id.example/ledger', 'stranger');
    const text = createCheckpoint(stranger, { size: 9, root: Buffer.from(log.rows.checkpoints.at(-1)?.root ?? '', 'base64url') });
    const forged = await check(join([toCanonicalJson({ format: 'huwiya-log/1', log: logKey, checkpoint: text, kept: [] }), ...entries]));
    expect(toNames(forged)).toEqual(['checkpoint-signature null']);
    expect(createCheckpoint(logSigner, { size: 9, root: Buffer.from(log.rows.checkpoints.at(-1)?.root ?? '', 'base64url') })).toBe(
      kept.at(-1),
    );
  });

  it('fails by its form when it is no export', async () => {
    for (const text of ['', '\n', '{}\n', 'hello', `${lines[0] ?? ''} \n`]) {
      expect(toNames(await check(text))[0]).toBe('form null');
    }
    expect(toNames(await check(`${honest}\n`))[0]).toBe('form 9');
    expect(toNames(await check(honest.slice(0, -1)))[0]).toBe('form 8');
  });
});
