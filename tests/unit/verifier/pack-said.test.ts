// In which words a pack says what was checked, what it proves, and what it does not.

import { describe, expect, it } from 'vitest';
import { wholeLog } from '../../../src/domain/audit/exports/query.ts';
import { findZipFiles } from '../../../src/verifier/pack-files.ts';
import type { PackFiles } from '../../../src/verifier/pack-files.ts';
import { verifyPack } from '../../../src/verifier/verify-pack.ts';
import type { PackReport } from '../../../src/verifier/verify-pack.ts';
import { bendObject, forgePack, readLines, readText } from '../../support/forge-pack.ts';
import { createPackWorld, makePack } from '../../support/pack-world.ts';
import { issuer, logKey, receiptSigner, toJwks } from '../../support/receipt-samples.ts';

const world = await createPackWorld();
const query = { ...wholeLog, record: world.record };
const open = (zip: Buffer): PackFiles => new Map(findZipFiles(zip));
const honest = open(await makePack(world, { query }));
const all = open(await makePack(world, { query, openings: 'all' }));
const trusted = { logKey, issuer, keys: JSON.stringify(toJwks(receiptSigner)) };

const check = (files: PackFiles | undefined): PackReport => verifyPack(files, trusted);
const toSentences = ({ checks }: PackReport): readonly string[] => checks.map(({ name, result, detail }) => `${result} ${name}: ${detail}`);
const bend = (name: string, members: object): PackFiles =>
  forgePack(honest, { changes: { [name]: bendObject(readText(honest, name), members) } });

describe('what a pack says of itself', () => {
  it('is a sentence for each check', () => {
    expect(toSentences(check(honest))).toEqual([
      'passed pack-form: every part has the form of a pack',
      'passed key-history: the history of the keys leads on from the key that is trusted',
      'passed pack-signature: the manifest is signed by a key of the issuer',
      'passed issuer: pack and log are of one issuer, the expected one',
      'passed pack-files: every file is the one that was signed for',
      'passed checkpoint-signature: the checkpoint is signed by the key of the log',
      'not-run witnessed: the pack brings no word of witnesses',
      'passed entry-canonical: each entry is in its one canonical form',
      'passed commitment: each entry is the one that was committed to',
      'passed inclusion: each of 3 entries is in the log of this checkpoint',
      'passed openings: every entry was asked for, once and in the order of the log',
      'passed stretch: the listed leaves are all that the log holds there, and reach over the period',
      'passed versions: the versions of each record follow each other without a gap',
      'passed counts: the counts of the pack are those of its parts',
      'passed records: each decision has its line, and its receipt where receipts travel',
      'passed notices: the texts are those that the entries name',
    ]);
    const [form, ...rest] = check(undefined).checks;
    expect(form).toEqual({ name: 'pack-form', result: 'failed', detail: 'a part is missing or does not have the form of a pack' });
    expect(rest.map(({ name }) => name)).toEqual(
      'key-history pack-signature issuer pack-files checkpoint-signature witnesses kept-checkpoint witnessed entry-canonical commitment inclusion openings stretch versions counts records notices'.split(
        ' ',
      ),
    );
    expect(rest.every(({ result, detail }) => result === 'not-run' && detail === 'the file is no pack')).toBe(true);
    expect(check(undefined)).toMatchObject({ format: 'huwiya-pack/1', isValid: false, said: null, trust: { keys: 'given', log: 'given' } });
  });

  const inLog = 'that each of the 3 opened entries stands in the log of 40 entries, word for word';
  const listed = 'that the log holds exactly 10 entries from 30 to 39';
  const versions = 'that no version is missing between the first and the last shown of any record';
  const words = 'that each purpose stands here in both languages as it was registered in this log';
  const repeated = 'that no readable entry of the stretch that meets the query was left out';
  const closed = 'that none of the 7 entries left closed meets the query: the issuer signed so, and a court can have any of them opened';
  const unlisted = 'that nothing else in the log meets the query: the stretch is too long to be listed, and the issuer signed so';
  const unworded = 'that each purpose stood in the register in these words: the log of this pack does not name the digest of all of them';
  const always = [
    'that what was never written into the log did not happen',
    'that the log has no other form elsewhere; witnesses, whose keys you take from them, or a checkpoint that you kept yourself speak to that',
    'that no entry made by a clock that was behind stands after the end of the stretch with a time within the period',
    'who the person is: an entry holds a mask that is the same in no other',
  ];
  const [purpose = ''] = readLines(honest, 'purposes.jsonl');

  it('is what it is, and what it proves and does not prove', () => {
    expect(check(honest).said).toEqual({
      case: '2026/17',
      recipient: 'Administrative court, chamber 3',
      reason: 'complaint about a release',
      createdAt: '2027-01-16T08:00:00.000Z',
      expiresAt: '2027-02-14T08:00:00.000Z',
      rows: 3,
      size: 40,
      proven: [inLog, listed, versions, words],
      unproven: [closed, ...always],
    });
    const said = forgePack(honest, { members: { case: 7, recipient: null, reason: [], created_at: 1, expires_at: 2 } });
    expect(check(said).said).toMatchObject({ case: '', recipient: '', reason: '', createdAt: '', expiresAt: '' });
  });

  type Told = { readonly proven: readonly string[]; readonly unproven: readonly string[] };
  const allIn = inLog.replace('3', '10');
  const ask = (members: object, from = honest): PackFiles => forgePack(from, { members: { query: { ...query, ...members } } });
  const unread = `${bendObject(purpose, { content: null, index: null })}\n`;

  it.each<[string, PackFiles, Told]>([
    ['every leaf opened', all, { proven: [allIn, listed, versions, words, repeated], unproven: always }],
    [
      'every leaf opened of one person',
      ask({ person: 'P-1' }, all),
      { proven: [allIn, listed, versions, words], unproven: [closed.replace('7', '0'), ...always] },
    ],
    [
      'no leaf listed',
      forgePack(honest, { changes: { 'proofs/leaves.jsonl': undefined, 'proofs/range.json': undefined } }),
      { proven: [inLog, versions, words], unproven: [unlisted, ...always] },
    ],
    ['a leaf withheld', bend('proofs/range.json', { path: [] }), { proven: [inLog, versions, words], unproven: [unlisted, ...always] }],
    ['no stretch', bend('completeness.json', { stretch: null }), { proven: [inLog, versions, words], unproven: [unlisted, ...always] }],
    ['one kind of entry', ask({ types: ['consent.given'] }), { proven: [inLog, listed, words], unproven: [closed, ...always] }],
    [
      'words that the log does not fix',
      forgePack(honest, { changes: { 'purposes.jsonl': unread, 'registrations.jsonl': '' } }),
      { proven: [inLog, listed, versions], unproven: [closed, unworded, ...always] },
    ],
    [
      'something erased',
      bend('completeness.json', { erased: [31] }),
      { proven: [inLog, listed, versions, words], unproven: [closed, 'what the erased entries said', ...always] },
    ],
  ])('differs for a pack with %s', (_, files, told) => {
    expect(check(files).said).toMatchObject(told);
  });

  it('is nothing where somebody else signed it', () => {
    expect(verifyPack(honest, { ...trusted, keys: '{"keys":[]}' }).said).toBeNull();
    expect(check(new Map(honest).set('manifest.json', Buffer.from(`${readText(all, 'manifest.json')}`))).said).toBeNull();
  });
});
