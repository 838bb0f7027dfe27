// An evidence pack is taken apart here: whatever is flipped, dropped or put in, the verifier notices, and says by its code what it was. Where the forger holds the
// key of the issuer too and signs anew, the parts still have to agree with each other and with the log.

import { describe, expect, it } from 'vitest';
import { toZip } from '../../../src/domain/audit/exports/zip.ts';
import { wholeLog } from '../../../src/domain/audit/exports/query.ts';
import { exitCodes } from '../../../src/verifier/exit-codes.ts';
import { findZipFiles } from '../../../src/verifier/pack-files.ts';
import type { PackFiles } from '../../../src/verifier/pack-files.ts';
import { verifyPack } from '../../../src/verifier/verify-pack.ts';
import type { PackReport } from '../../../src/verifier/verify-pack.ts';
import { forgePack, readLines as lines, readText as text } from '../../support/forge-pack.ts';
import { createSigner } from '../../support/ledger-samples.ts';
import { createPackWorld, makePack } from '../../support/pack-world.ts';
import { issuer, logKey, receiptSigner, toJwks } from '../../support/receipt-samples.ts';

const world = await createPackWorld();
const { record } = world;
const open = (zip: Buffer): Map<string, Buffer> => new Map(findZipFiles(zip));
const zip = await makePack(world, { query: { ...wholeLog, record } });
const honest = open(zip);
const trusted = { logKey, issuer, keys: JSON.stringify(toJwks(receiptSigner)) };

const check = (files: PackFiles | undefined): PackReport => verifyPack(files, trusted);
const findFault = (files: PackFiles | undefined): string | undefined => check(files).checks.find(({ result }) => result === 'failed')?.name;

/** One part put in the place of another, and the manifest left as it was. */
const replace = (name: string, content: string | undefined): PackFiles => {
  const files = new Map(honest);
  if (content === undefined) {
    files.delete(name);
  } else {
    files.set(name, Buffer.from(content));
  }
  return files;
};

/** The same by somebody who has the key of the issuer. */
const forge = (changes: Readonly<Record<string, string | undefined>>, members: object = {}, from: PackFiles = honest): PackFiles =>
  forgePack(from, { changes, members });

const without = (name: string, at: number, files: PackFiles = honest): string =>
  lines(files, name)
    .filter((_, place) => place !== at)
    .map((line) => `${line}\n`)
    .join('');

const completeness = (change: object, files: PackFiles = honest): string =>
  JSON.stringify({ ...JSON.parse(text(files, 'completeness.json')), ...change });

describe('an honest pack', () => {
  it('passes every check from its ZIP file, and says what it proves and what it does not', () => {
    const report = check(honest);
    expect(report.checks.filter(({ result }) => result !== 'passed').map(({ name }) => name)).toEqual(['witnessed']);
    expect(report).toMatchObject({ isValid: true, trust: { keys: 'given', log: 'given' }, said: { case: '2026/17', rows: 3 } });
    expect(report.said?.proven).toHaveLength(4);
    expect(report.said?.unproven.join()).toContain('left closed');
  });

  it.each([
    ['a service', { service: 'sample-service' }],
    ['a period', { from: 1_800_000_000_000, to: 1_800_000_000_001 }],
    ['a person by a pseudonym', { person: 'P-7H2K9M4QX3TZ' }],
    ['a kind of entry', { types: ['consent.withdrawn'] }],
    ['nothing that is there', { service: 'nobody' }],
  ])('answers a query by %s', async (_, query) => {
    const files = open(await makePack(world, { query: { ...wholeLog, ...query } }));
    expect(check(files).checks.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(check(files).isValid).toBe(true);
  });

  it('opens every leaf of its stretch where that was asked, so that the query can be repeated', async () => {
    const files = open(await makePack(world, { query: { ...wholeLog, record }, openings: 'all' }));
    expect(check(files)).toMatchObject({ isValid: true, said: { rows: 3 } });
    expect(check(files).said?.proven.join()).toContain('was left out');
    expect(check(files).said?.unproven.join()).not.toContain('left closed');
  });

  it('holds receipts only where they were asked for', async () => {
    expect(text(honest, 'records.jsonl')).not.toContain('eyJ');
    const files = open(await makePack(world, { query: { ...wholeLog, record }, receipts: 'included' }));
    expect(check(files).isValid).toBe(true);
    expect(text(files, 'records.jsonl').split('eyJhbGci')).toHaveLength(4);
    const bare = without('records.jsonl', 0, files);
    expect(findFault(forge({ 'records.jsonl': bare }, {}, files))).toBe('records');
    const stripped = text(files, 'records.jsonl').replace(/"receipt":"[^"]+"/, '"receipt":null');
    expect(findFault(forge({ 'records.jsonl': stripped }, {}, files))).toBe('records');
  });

  it('says nothing that leads from one entry of a person to another, and names nobody', () => {
    const refs = world.store.rows.entries.map(({ personRef }) => personRef).filter((ref) => ref !== null && ref.length > 10);
    expect(refs.length).toBeGreaterThan(0);
    const everything = zip.toString('latin1');
    expect(refs.filter((ref) => ref !== null && everything.includes(ref))).toEqual([]);
    expect(everything).not.toContain('pairwise');
    const masks = lines(honest, 'entries.jsonl').map((line) => /"person":"([^"]+)"/.exec(line)?.[1]);
    expect(new Set(masks).size).toBe(3);
  });
});

describe('a pack of which something is another', () => {
  it('is not valid, whichever byte of its ZIP file was flipped', () => {
    const step = 211;
    const places = Array.from({ length: Math.floor(zip.length / step) }, (_, at) => at * step);
    const unnoticed = [...places, ...Array.from({ length: 400 }, (_, at) => zip.length - 1 - at)].filter((at) => {
      const bytes = Buffer.from(zip);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      return check(findZipFiles(bytes)).isValid;
    });
    expect(unnoticed).toEqual([]);
  });

  it.each([...honest.keys()])('is not valid with %s changed or dropped', (name) => {
    expect(check(replace(name, `${text(honest, name)} `)).isValid).toBe(false);
    expect(check(replace(name, undefined)).isValid).toBe(false);
  });

  it('is not valid with a file that nobody signed for, and no ZIP file with bytes between its files', () => {
    expect(findFault(replace('more.txt', 'more'))).toBe('pack-files');
    expect(findZipFiles(Buffer.concat([zip, Buffer.from('more')]))).toBeUndefined();
    expect(
      findZipFiles(toZip([...honest, ['README.html', Buffer.from('')] as const].map(([name, bytes]) => ({ name, bytes })))),
    ).toBeUndefined();
  });

  it('is not valid under the key of somebody else, or of another issuer', () => {
    const stranger = JSON.stringify(toJwks(createSigner('receipt-1', 'stranger')));
    expect(verifyPack(honest, { ...trusted, keys: stranger }).isValid).toBe(false);
    expect(verifyPack(honest, { ...trusted, issuer: 'https://other.example' }).isValid).toBe(false);
    expect(verifyPack(honest, {})).toMatchObject({ isValid: true, trust: { keys: 'from-file', log: 'from-file' } });
  });
});

describe('a pack that was made anew by whoever holds the key of the issuer', () => {
  const entries = lines(honest, 'entries.jsonl');

  it('passes when nothing of it is another', () => {
    expect(findFault(forge({}))).toBeUndefined();
  });

  it('shows a decision that was withheld from the middle of a record', () => {
    const counted = completeness({ opened: 2, rows: 2, closed: JSON.parse(text(honest, 'completeness.json')).closed + 1 });
    const held = {
      'entries.jsonl': without('entries.jsonl', 1),
      'records.jsonl': without('records.jsonl', 1),
      'completeness.json': counted,
    };
    expect(findFault(forge(held, { rows: 2 }))).toBe('versions');
  });

  it('shows the first decision withheld, and counts that were not made anew', () => {
    expect(findFault(forge({ 'entries.jsonl': without('entries.jsonl', 0) }))).toBe('stretch');
    expect(findFault(forge({ 'entries.jsonl': without('entries.jsonl', 2) }))).toBe('counts');
    expect(findFault(forge({}, { rows: 2 }))).toBe('counts');
    expect(findFault(forge({ 'completeness.json': completeness({ closed: 0 }) }))).toBe('counts');
    expect(findFault(forge({ 'completeness.json': completeness({ days: [] }) }))).toBe('counts');
  });

  it('shows an entry of which a word is another, that stands elsewhere, twice, or that nobody asked for', async () => {
    const [first = '', ...rest] = entries;
    const put = (line: string): string => [line, ...rest].map((each) => `${each}\n`).join('');
    expect(findFault(forge({ 'entries.jsonl': put(first.replace('given_name', 'given-name')) }))).toBe('commitment');
    expect(findFault(forge({ 'entries.jsonl': put(first.replace(/"index":\d+/g, '"index":7')) }))).toBe('inclusion');
    expect(findFault(forge({ 'entries.jsonl': put(`${first}\n${first}`) }))).toBe('openings');
    const all = open(await makePack(world, { query: wholeLog, openings: 'all' }));
    const stranger = lines(all, 'entries.jsonl')[20] ?? '';
    expect(findFault(forge({ 'entries.jsonl': put(`${stranger}\n${first}`) }))).toBe('openings');
  });

  it('shows a leaf that was left out of the stretch, or one put in its place', () => {
    const other = text(honest, 'proofs/leaves.jsonl').replace(
      /"commitment":"(.)/,
      (_found, first) => `"commitment":"${first === '_' ? 'A' : '_'}`,
    );
    expect(findFault(forge({ 'proofs/leaves.jsonl': without('proofs/leaves.jsonl', 1) }))).toBe('stretch');
    expect(findFault(forge({ 'proofs/leaves.jsonl': other }))).toBe('stretch');
    expect(findFault(forge({ 'proofs/leaves.jsonl': undefined }))).toBe('stretch');
    const cut = JSON.stringify({ ...JSON.parse(text(honest, 'proofs/range.json')), path: [] });
    expect(findFault(forge({ 'proofs/range.json': cut }))).toBe('stretch');
  });

  it('shows a stretch that ends before the period does', async () => {
    const { to } = JSON.parse(text(honest, 'proofs/range.json'));
    const files = open(
      await makePack(
        { ...world, needs: { ...world.needs, findStretch: async () => ({ from: 2, to: to - 1 }) } },
        { query: { ...wholeLog, service: 'nobody' } },
      ),
    );
    expect(findFault(files)).toBe('stretch');
  });

  it('shows a leaf kept closed where every leaf had to be opened', async () => {
    const all = open(await makePack(world, { query: { ...wholeLog, record }, openings: 'all' }));
    const last = lines(all, 'entries.jsonl').length - 1;
    const held = { 'entries.jsonl': without('entries.jsonl', last, all) };
    expect(findFault(forge(held, {}, all))).toBe('openings');
  });

  it('shows words of a purpose that are not those that were registered, in either language', () => {
    const line = text(honest, 'purposes.jsonl');
    expect(JSON.parse(line)).toMatchObject({ content: expect.any(String), text: { ar: expect.any(String), en: expect.any(String) } });
    const content = line.replace(/\\"retention\\":\\"/, '\\"retention\\":\\"P9');
    const told = line.replace(/"text":\{"ar":"/, '"text":{"ar":"غير ');
    for (const bent of [content, told]) {
      expect(bent).not.toBe(line);
      expect(findFault(forge({ 'purposes.jsonl': bent }))).toBe('notices');
    }
    expect(findFault(forge({ 'registrations.jsonl': '' }))).toBe('notices');
    const moved = text(honest, 'registrations.jsonl').replace(/"index":\d+,"person"/, '"index":1,"person"');
    expect(findFault(forge({ 'registrations.jsonl': moved }))).toBe('notices');
    const bare = JSON.stringify({ ...JSON.parse(line), content: null, index: null });
    const unproven = check(forge({ 'purposes.jsonl': `${bare}\n`, 'registrations.jsonl': '' }));
    expect([unproven.isValid, unproven.said?.proven.length]).toEqual([true, 3]);
  });

  it('shows a notice withheld, changed, or added', () => {
    const [name = ''] = [...honest.keys()].filter((each) => each.startsWith('notices/'));
    expect(findFault(forge({ [name]: undefined }))).toBe('notices');
    expect(findFault(forge({ [name]: 'another text' }))).toBe('notices');
    expect(findFault(forge({ 'notices/more.txt': 'more' }))).toBe('notices');
    expect(findFault(forge({ 'records.jsonl': without('records.jsonl', 1) }))).toBe('records');
  });

  it('has an exit code of its own for each kind of fault', () => {
    const codes = check(honest).checks.map(({ name }) => exitCodes[name]);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
