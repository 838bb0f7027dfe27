// A list that left a case, in other hands: every byte of it is signed for, and it adds up. What it does not prove it does not claim.

import { hash, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchExport } from '../../../src/domain/audit/exports/fetch-export.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { exitCodes } from '../../../src/verifier/exit-codes.ts';
import { findZipFiles } from '../../../src/verifier/pack-files.ts';
import type { PackFiles } from '../../../src/verifier/pack-files.ts';
import { isList, listChecks, verifyList } from '../../../src/verifier/verify-list.ts';
import { bendObject, parseMembers } from '../../support/forge-pack.ts';
import { createSigner } from '../../support/ledger-samples.ts';
import { createExportScene, joinChunks } from '../../support/export-scene.ts';
import { createPackWorld } from '../../support/pack-world.ts';
import { issuer, receiptSigner, toJwks } from '../../support/receipt-samples.ts';

const trusted = { keys: JSON.stringify(toJwks(receiptSigner)), issuer };
const toText = (files: PackFiles, name: string): string => files.get(name)?.toString() ?? '';

/** By somebody who holds the key of the issuer: the list is another, and signed for. */
function forge(files: PackFiles, name: string, text: string): PackFiles {
  const list = { [name]: { bytes: Buffer.byteLength(text), sha256: hash('sha256', text, 'base64url') } };
  return new Map(forgeSaid(files, bendObject(toText(files, 'provenance.json'), { files: list }))).set(name, Buffer.from(text));
}

/** The same by other words of the provenance. */
function forgeSaid(files: PackFiles, provenance: string): PackFiles {
  const head = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'receipt-1', typ: 'huwiya-pack+jwt' })).toString('base64url');
  const signed = `${head}.${Buffer.from(provenance).toString('base64url')}`;
  const jws = `${signed}.${sign(null, Buffer.from(signed), receiptSigner.key).toString('base64url')}`;
  return new Map(files).set('provenance.json', Buffer.from(provenance)).set('provenance.jws', Buffer.from(jws));
}

describe.each(['csv', 'jsonl'] as const)('a list as %s', (form) => {
  const name = `entries.${form}`;
  let files: Map<string, Buffer>;
  const findFault = (given: PackFiles): string | undefined =>
    verifyList(given, trusted).checks.find(({ result }) => result === 'failed')?.name;

  beforeAll(async () => {
    const { found, needs, opened } = await createExportScene(await createPackWorld(), { form });
    files = new Map(findZipFiles(await joinChunks(getValue(await fetchExport(needs, opened, found)).read())));
  });

  it('passes every check, and says who took it and for whom', () => {
    expect(isList(files)).toBe(true);
    const report = verifyList(files, trusted);
    expect(report.checks.filter(({ result }) => result !== 'passed')).toEqual([]);
    expect(report).toMatchObject({
      isValid: true,
      said: { case: '1448/Q/9', recipient: 'A court', author: { kind: 'officer', ref: 'officer-1' } },
    });
  });

  it('is not valid with a byte of a file another, without one of them, or with one more', () => {
    for (const [changed, bytes] of files) {
      const bent = Buffer.from(bytes);
      bent.writeUInt8(bent.readUInt8(bent.length >> 1) ^ 1, bent.length >> 1);
      expect(verifyList(new Map(files).set(changed, bent), trusted).isValid).toBe(false);
      const less = new Map(files);
      less.delete(changed);
      expect(verifyList(less, trusted).isValid).toBe(false);
    }
    expect(findFault(new Map(files).set('more.txt', Buffer.from('more')))).toBe('list-files');
  });

  it('is not valid under another key, under none, or of another issuer', () => {
    const keys = JSON.stringify(toJwks(createSigner('receipt-1', 'stranger')));
    expect(findFault(files)).toBeUndefined();
    expect(verifyList(files, { ...trusted, keys })).toMatchObject({ isValid: false, said: null });
    expect(verifyList(files, { issuer })).toMatchObject({ isValid: false, trust: { keys: 'none' } });
    expect(verifyList(files, { ...trusted, issuer: 'https://other.example' }).isValid).toBe(false);
  });

  it('shows a row that was left out, doubled, or moved, also where the issuer signed for it', () => {
    const end = form === 'csv' ? '\r\n' : '\n';
    const lines = toText(files, name).split(end).slice(0, -1);
    const join = (rows: readonly string[]): string => rows.map((row) => `${row}${end}`).join('');
    const [one = '', other = '', ...rest] = lines.slice(-4);
    const before = lines.slice(0, -4);
    expect(findFault(forge(files, name, join(lines)))).toBeUndefined();
    expect(findFault(forge(files, name, join([...before, other, ...rest])))).toBe('list-rows');
    expect(findFault(forge(files, name, join([...before, one, one, ...rest])))).toBe('list-rows');
    expect(findFault(forge(files, name, join([...before, other, one, ...rest])))).toBe('list-rows');
    expect(findFault(forge(files, name, join([...before, one, other, rest[0] ?? '', 'something else'])))).toBe('list-rows');
  });

  const sentences = [
    'list-form: every part has the form of a list',
    'list-signature: the provenance is signed by a key of the issuer, which you give with --keys',
    'issuer: the issuer is the expected one',
    'list-files: the list is the one that was signed for',
    'list-rows: the rows stand in the order of the log, and add up by day as was signed',
  ];
  const toSentences = (given: PackFiles): readonly string[] =>
    verifyList(given, trusted).checks.map(({ name: check, result, detail }) => `${result} ${check}: ${detail}`);

  it('is told of in a sentence for each check, also where it is none', () => {
    expect(toSentences(files)).toEqual(sentences.map((each) => `passed ${each}`));
    expect(toSentences(new Map())).toEqual([
      'failed list-form: a part is missing or does not have the form of a list',
      ...listChecks.slice(1).map((check) => `not-run ${check}: the file is no list`),
    ]);
    expect(verifyList(new Map())).toEqual({
      format: 'huwiya-list/1',
      isValid: false,
      trust: { keys: 'none' },
      checks: expect.any(Array),
      said: null,
    });
  });

  it.each<[string, object, string | undefined]>([
    ['nothing another', {}, undefined],
    ['another format', { format: 'huwiya-list/2' }, 'list-form'],
    ['no issuer', { issuer: null }, 'issuer'],
    ['another issuer', { issuer: `${issuer}/` }, 'issuer'],
    ['no files', { files: null }, 'list-files'],
    ['files that are a list', { files: [] }, 'list-files'],
    ['one row more', { rows: 1_000_000 }, 'list-rows'],
    ['rows that are a text', { rows: '1' }, 'list-rows'],
    ['no size', { size: null }, 'list-rows'],
    ['a size of nothing', { size: 0 }, 'list-rows'],
    ['no days', { days: [] }, 'list-rows'],
    ['days of another kind', { days: null }, 'list-rows'],
  ])('is held against a provenance with %s', (_, members, fault) => {
    expect(findFault(forgeSaid(files, bendObject(toText(files, 'provenance.json'), members)))).toBe(fault);
  });

  it('is held against a provenance in its one spelling, its own signature and exactly one file', () => {
    const text = toText(files, 'provenance.json');
    expect(findFault(forgeSaid(files, `${text} `))).toBe('list-form');
    expect(findFault(new Map(forgeSaid(files, text)).set('provenance.json', Buffer.from(bendObject(text, { case: 'x' }))))).toBe(
      'list-signature',
    );
    expect(verifyList(files, { ...trusted, keys: 'none' }).isValid).toBe(false);
    const { files: said } = parseMembers(text);
    const list = { ...parseMembers(JSON.stringify(said)), more: { bytes: 0, sha256: '' } };
    expect(findFault(forgeSaid(files, bendObject(text, { files: list })))).toBe('list-files');
    const bytes = files.get(name)?.length ?? 0;
    const shorter = { [name]: { ...parseMembers(JSON.stringify(parseMembers(JSON.stringify(said))[name])), bytes: bytes - 1 } };
    expect(findFault(forgeSaid(files, bendObject(text, { files: shorter })))).toBe('list-files');
  });

  it('reaches to the size of the log that its provenance names, and no further', () => {
    const last = Number(/^\D*(\d+)/.exec(toText(files, name).trimEnd().split('\n').at(-1) ?? '')?.[1]);
    const withSize = (size: number): PackFiles => forgeSaid(files, bendObject(toText(files, 'provenance.json'), { size }));
    expect([last + 1, last].map((size) => findFault(withSize(size)))).toEqual([undefined, 'list-rows']);
  });

  it('has only lines that are rows, each with its end', () => {
    const text = toText(files, name);
    const end = form === 'csv' ? '\r\n' : '\n';
    const [one = '', ...others] = text
      .trimEnd()
      .split(end)
      .slice(form === 'csv' ? 1 : 0);
    const head = form === 'csv' ? `${text.split(end)[0]}${end}` : '';
    const put = (line: string): PackFiles => forge(files, name, `${head}${[line, ...others].join(end)}${end}`);
    expect(findFault(put(one))).toBeUndefined();
    const bent = [
      `x${one}`,
      `${one}${form === 'csv' ? '\rx' : 'x'}`,
      one.replace(/\d/, ''),
      one.replace(/\d{4}-/, '20-'),
      one.replace('T', ' '),
      one.replace(/Z/, ''),
      '',
      `${one}\r`,
    ];
    expect(bent.map((line) => findFault(put(line)))).toEqual(bent.map(() => 'list-rows'));
  });

  it('has an exit code of its own for each kind of fault', () => {
    expect(new Set(listChecks.map((check) => exitCodes[check])).size).toBe(listChecks.length);
  });
});
