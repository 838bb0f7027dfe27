// Every part of a pack bent in turn by whoever holds the key of the issuer: which check gives it away. What is not bent passes the same way.

import { hash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { wholeLog } from '../../../src/domain/audit/exports/query.ts';
import { toZip } from '../../../src/domain/audit/exports/zip.ts';
import { findStrings, isObject } from '../../../src/verifier/json.ts';
import { findZipFiles, readPackFiles } from '../../../src/verifier/pack-files.ts';
import type { PackFiles } from '../../../src/verifier/pack-files.ts';
import { verifyPack } from '../../../src/verifier/verify-pack.ts';
import type { PackReport } from '../../../src/verifier/verify-pack.ts';
import { bendObject, forgePack, parseMembers, readLines, readText } from '../../support/forge-pack.ts';
import { createPackWorld, makePack } from '../../support/pack-world.ts';
import { issuer, logKey, receiptSigner, toJwks } from '../../support/receipt-samples.ts';

const world = await createPackWorld();
const query = { ...wholeLog, record: world.record };
const open = (zip: Buffer): PackFiles => new Map(findZipFiles(zip));
const zip = await makePack(world, { query });
const honest = open(zip);
const all = open(await makePack(world, { query, openings: 'all' }));
const trusted = { logKey, issuer, keys: JSON.stringify(toJwks(receiptSigner)) };

const check = (files: PackFiles | undefined): PackReport => verifyPack(files, trusted);
const findFault = (files: PackFiles): string | undefined => check(files).checks.find(({ result }) => result === 'failed')?.name;
const bend = (name: string, members: object, from = honest): PackFiles =>
  forgePack(from, { changes: { [name]: bendObject(readText(from, name), members) } });

/** One line of a part with other members. */
function bendLine(name: string, at: number, members: object): PackFiles {
  const lines = readLines(honest, name).map((line, place) => bendObject(line, place === at ? members : {}));
  return forgePack(honest, { changes: { [name]: lines.map((line) => `${line}\n`).join('') } });
}

describe('a part that does not have its form', () => {
  it.each<[string, object]>([
    ['another format', { format: 'huwiya-pack/2' }],
    ['an issuer that is no text', { issuer: 7 }],
    ['rows that are no number', { rows: '3' }],
    ['fewer rows than none', { rows: -1 }],
    ['half a size', { size: 39.5 }],
    ['openings of another kind', { openings: 'some' }],
    ['receipts of another kind', { receipts: 'some' }],
    ['no query', { query: null }],
    ['a query for a number', { query: { ...query, record: 7 } }],
    ['a query that leaves a condition out', { query: { ...query, service: undefined } }],
    ['a beginning that is no moment', { query: { ...query, from: '0' } }],
    ['an end that is no moment', { query: { ...query, to: 0.5 } }],
    ['kinds that are no list', { query: { ...query, types: 'consent.given' } }],
    ['a kind that is no text', { query: { ...query, types: ['consent.given', 1] } }],
    ['no list of files', { files: null }],
    ['a file of which nothing is said', { files: { 'entries.jsonl': null } }],
    ['a file without a length', { files: { 'entries.jsonl': { sha256: 'x' } } }],
    ['a file without a digest', { files: { 'entries.jsonl': { bytes: 1 } } }],
  ])('is a manifest with %s', (_, members) => {
    expect(findFault(forgePack(honest, { members }))).toBe('pack-form');
  });

  it('is a manifest in another spelling', () => {
    const text = readText(honest, 'manifest.json');
    expect(findFault(forgePack(honest, { manifest: text }))).toBeUndefined();
    expect(findFault(forgePack(honest, { manifest: `${text} ` }))).toBe('pack-form');
  });

  it.each<[string, string, object]>([
    ['completeness.json', 'a stretch that is no object', { stretch: 1 }],
    ['completeness.json', 'a stretch without an end', { stretch: { from: 30 } }],
    ['completeness.json', 'a stretch without a beginning', { stretch: { to: 40 } }],
    ['completeness.json', 'a stretch of nothing', { stretch: { from: 30, to: 30 } }],
    ['completeness.json', 'nothing said of what was erased', { erased: null }],
    ['completeness.json', 'an erased entry before the first', { erased: [-1] }],
    ['completeness.json', 'half an erased entry', { erased: [0.5] }],
    ['completeness.json', 'an erased entry that is no number', { erased: ['1'] }],
    ['completeness.json', 'a missing notice that is no text', { missing_notices: [1] }],
    ['proofs/range.json', 'no size', { size: null }],
    ['proofs/range.json', 'a path of numbers', { path: [1] }],
    ['proofs/range.json', 'nothing between its ends', { from: 40 }],
  ])('is %s with %s', (name, _, members) => {
    expect(findFault(bend(name, members))).toBe('pack-form');
  });

  it.each<[string, string, Readonly<Record<string, unknown>>]>([
    ['proofs/leaves.jsonl', 'another version', { v: 2 }],
    ['proofs/leaves.jsonl', 'one member more', { more: 1 }],
    ['proofs/leaves.jsonl', 'an id that is none', { id: 7 }],
    ['proofs/leaves.jsonl', 'a commitment that is none', { commitment: null }],
    ['records.jsonl', 'an index before the first', { index: -1 }],
    ['records.jsonl', 'no digest', { receipt_sha256: 7 }],
    ['records.jsonl', 'a record that is no text', { record: 7 }],
    ['records.jsonl', 'a receipt that is no text', { receipt: 7 }],
    ['entries.jsonl', 'another format', { format: 'huwiya-entry/2' }],
    ['entries.jsonl', 'no proof', { proof: null }],
    ['registrations.jsonl', 'another format', { format: 'huwiya-entry/2' }],
    ['purposes.jsonl', 'no service', { service: null }],
    ['purposes.jsonl', 'no purpose', { purpose: 7 }],
    ['purposes.jsonl', 'half a version', { version: 0.5 }],
    ['purposes.jsonl', 'content that is no text', { content: 7 }],
  ])('is a line of %s with %s', (name, _, members) => {
    expect(findFault(bendLine(name, 0, {}))).toBeUndefined();
    expect(findFault(bendLine(name, 0, members))).toBe('pack-form');
  });

  it.each(['proofs/leaves.jsonl', 'records.jsonl', 'entries.jsonl', 'registrations.jsonl', 'purposes.jsonl'])(
    'is %s in another spelling, without its end, or with a line that is none',
    (name) => {
      const text = readText(honest, name);
      for (const bent of [text.slice(0, -1), `${text}\n`, text.replace('":', '": '), `${text}7\n`]) {
        expect(findFault(forgePack(honest, { changes: { [name]: bent } }))).toBe('pack-form');
      }
    },
  );

  it('is a list of leaves without its stretch, or a stretch without its leaves', () => {
    expect(findFault(forgePack(honest, { changes: { 'proofs/range.json': undefined } }))).toBe('pack-form');
    expect(findFault(forgePack(honest, { changes: { 'proofs/range.json': '7' } }))).toBe('pack-form');
    expect(findFault(forgePack(honest, { changes: { 'proofs/leaves.jsonl': undefined } }))).toBe('stretch');
    expect(findFault(forgePack(honest, { changes: { 'completeness.json': '[]' } }))).toBe('pack-form');
  });
});

describe('a pack of which one part says otherwise than another', () => {
  const openings = (members: object): string | undefined =>
    check(forgePack(honest, { members: { query: { ...query, ...members } } })).checks.find(({ name }) => name === 'openings')?.result;
  const moments = readLines(honest, 'entries.jsonl').map((line) => Number(/\\"at\\":(\d+)/.exec(line)?.[1]));
  const [first = 0, , last = 0] = moments;

  it.each<[string, object, string]>([
    ['its service', { service: 'sample-service' }, 'passed'],
    ['another service', { service: 'other-service' }, 'failed'],
    ['its purpose', { purpose: 'renewal' }, 'passed'],
    ['another purpose', { purpose: 'other' }, 'failed'],
    ['another record', { record: 'other' }, 'failed'],
    ['its kinds', { types: ['consent.withdrawn', 'consent.narrowed', 'consent.given'] }, 'passed'],
    ['one of its kinds', { types: ['consent.given'] }, 'failed'],
    ['an attribute of each', { attribute: 'given_name' }, 'passed'],
    ['an attribute of some', { attribute: 'email' }, 'failed'],
    ['its first moment and the one after its last', { from: first, to: last + 1 }, 'passed'],
    ['a moment after its first', { from: first + 1 }, 'failed'],
    ['its last moment as the end', { to: last }, 'failed'],
  ])('asked for %s, and opens what was asked for: %j %s', (_, members, result) => {
    expect(openings(members)).toBe(result);
  });

  it('is of another issuer than its log, whatever looks alike', () => {
    const judge = (given: unknown): string | undefined =>
      verifyPack(forgePack(honest, { members: { issuer: given } }), { logKey, keys: trusted.keys }).checks.find(
        ({ name }) => name === 'issuer',
      )?.result;
    expect([issuer, `${issuer}/`, 'http://id.example'].map(judge)).toEqual(['passed', 'passed', 'passed']);
    const others = [
      'id.example',
      'ftp://id.example',
      'https://id.exampl',
      `${issuer}?a`,
      `${issuer}#a`,
      ` ${issuer}`,
      `${issuer} evil`,
      '',
    ];
    expect(others.map(judge)).toEqual(others.map(() => 'failed'));
    expect(findFault(forgePack(honest, { members: { issuer: `${issuer}/` } }))).toBe('issuer');
  });

  const digest = hash('sha256', 'x', 'base64url');
  const otherLanguage = [...honest.keys()].find((name) => name.startsWith('notices/other-language/')) ?? '';
  const path = findStrings(parseMembers(readText(honest, 'proofs/range.json')), 'path') ?? [];
  it.each<[string, PackFiles, string]>([
    ['one leaf fewer left closed', bend('completeness.json', { closed: 6 }), 'counts'],
    ['another day', bend('completeness.json', { days: [{ day: '2027-01-14', leaves: 10, opened: 3 }] }), 'counts'],
    ['another first version', bend('completeness.json', { records: [] }), 'counts'],
    ['leaves that are only counted', bend('completeness.json', { leaves: 'counted' }), 'counts'],
    ['fewer opened', bend('completeness.json', { opened: 2 }), 'counts'],
    ['fewer rows', bend('completeness.json', { rows: 2 }), 'counts'],
    ['another size', bend('completeness.json', { size: 41 }), 'counts'],
    ['another size in the manifest', forgePack(honest, { members: { size: 41 } }), 'counts'],
    ['an entry erased that is not', bend('completeness.json', { erased: [30] }, all), 'openings'],
    ['a notice missing that nobody named', bend('completeness.json', { missing_notices: [digest] }), 'notices'],
    [
      'a notice of the other language in other words',
      forgePack(honest, { changes: { [otherLanguage]: 'The ministry asks for nothing' } }),
      'notices',
    ],
    ['a stretch that begins later', bend('completeness.json', { stretch: { from: 31, to: 40 } }), 'openings'],
    ['a stretch that ends earlier', bend('completeness.json', { stretch: { from: 30, to: 36 } }), 'openings'],
    ['another end of its stretch', bend('completeness.json', { stretch: { from: 30, to: 39 } }), 'stretch'],
    ['another beginning of its stretch', bend('completeness.json', { stretch: { from: 29, to: 40 } }), 'stretch'],
    ['no stretch', bend('completeness.json', { stretch: null }), 'openings'],
    ['a proof of another size', bend('proofs/range.json', { size: 39 }), 'stretch'],
    ['a path in another spelling', bend('proofs/range.json', { path: path.map((each) => `${each}=`) }), 'stretch'],
    ['a path that is too long', bend('proofs/range.json', { path: [...path, digest] }), 'stretch'],
    ['a line of another entry', bendLine('records.jsonl', 0, { index: 31 }), 'records'],
    ['a line of another digest', bendLine('records.jsonl', 0, { receipt_sha256: digest }), 'records'],
    ['a line of another record', bendLine('records.jsonl', 0, { record: null }), 'records'],
    ['a line of another version', bendLine('records.jsonl', 0, { version: 2 }), 'records'],
    ['a receipt where none travel', bendLine('records.jsonl', 0, { receipt: 'x' }), 'records'],
    ['a checkpoint that its entries do not name', bendLine('entries.jsonl', 0, { checkpoint: 'x' }), 'inclusion'],
    ['a registration under another checkpoint', bendLine('registrations.jsonl', 0, { checkpoint: 'x' }), 'notices'],
    ['words of another service', bendLine('purposes.jsonl', 0, { service: 'other' }), 'notices'],
    ['words of another purpose', bendLine('purposes.jsonl', 0, { purpose: 'other' }), 'notices'],
    ['words of another version', bendLine('purposes.jsonl', 0, { version: 2 }), 'notices'],
    ['words of another entry', bendLine('purposes.jsonl', 0, { index: 38 }), 'notices'],
  ])('is found by %s', (_, files, fault) => {
    expect(findFault(files)).toBe(fault);
  });

  it('names the file that is not as it was signed', () => {
    const find = (files: PackFiles) => check(files).checks.find(({ name }) => name === 'pack-files')?.detail;
    expect(find(new Map(honest).set('README.html', Buffer.from('x')))).toBe('not as signed: README.html');
    expect(find(new Map(honest).set('more', Buffer.from('x')))).toBe('not as signed: more');
    const { files: list } = parseMembers(readText(honest, 'manifest.json'));
    const withFile = (name: string): PackFiles =>
      forgePack(honest, { members: { files: { ...(isObject(list) ? list : {}), [name]: { bytes: 0, sha256: digest } } } });
    expect(find(withFile('gone'))).toBe('not as signed: gone');
    expect(find(withFile('manifest.jws'))).toBe('not as signed: manifest.jws');
  });
});

describe('the files of a pack', () => {
  const folder = mkdtemp(join(tmpdir(), 'huwiya-pack-'));
  afterAll(async () => rm(await folder, { recursive: true }));

  it('are those of its ZIP file, and those of the folder that it was unpacked to', async () => {
    const place = await folder;
    for (const [name, bytes] of honest) {
      await mkdir(dirname(join(place, 'unpacked', name)), { recursive: true });
      await writeFile(join(place, 'unpacked', name), bytes);
    }
    await writeFile(join(place, 'pack.zip'), zip);
    for (const name of ['unpacked', 'pack.zip']) {
      const files = await readPackFiles(join(place, name));
      expect(files).toEqual(honest);
      expect(check(files).isValid).toBe(true);
    }
    await expect(readPackFiles(join(place, 'missing'))).rejects.toThrow('ENOENT');
  });

  it('come from no ZIP file that is cut, joined, or in which a name stands twice', () => {
    const small = toZip([
      { name: 'a', bytes: Buffer.from('first') },
      { name: 'ب', bytes: Buffer.from('second') },
    ]);
    expect([...(findZipFiles(small) ?? [])].map(([name, bytes]) => `${name} ${bytes.toString()}`)).toEqual(['a first', 'ب second']);
    expect(findZipFiles(toZip([]))).toEqual(new Map());
    const cut = Array.from({ length: small.length }, (_, at) => small.subarray(0, at));
    expect(cut.filter((bytes) => findZipFiles(bytes) !== undefined)).toEqual([]);
    const flipped = Array.from(small.keys(), (at) => small.map((byte, place) => (place === at ? byte ^ 1 : byte)));
    expect(flipped.filter((bytes) => findZipFiles(Buffer.from(bytes)) !== undefined)).toEqual([]);
    expect(findZipFiles(Buffer.concat([small, small]))).toBeUndefined();
    const twice = toZip([
      { name: 'a', bytes: Buffer.from('1') },
      { name: 'a', bytes: Buffer.from('2') },
    ]);
    expect(findZipFiles(twice)).toBeUndefined();
  });
});
