// A list that left a case, in other hands: every byte of it is signed for, and it adds up. What it does not prove it does not claim.

import { hash, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchExport } from '../../../src/domain/audit/exports/fetch-export.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { exitCodes } from '../../../src/verifier/exit-codes.ts';
import { findZipFiles } from '../../../src/verifier/pack-files.ts';
import type { PackFiles } from '../../../src/verifier/pack-files.ts';
import { isList, listChecks, verifyList } from '../../../src/verifier/verify-list.ts';
import { createSigner } from '../../support/ledger-samples.ts';
import { createExportScene, joinChunks } from '../../support/export-scene.ts';
import { createPackWorld } from '../../support/pack-world.ts';
import { issuer, receiptSigner, toJwks } from '../../support/receipt-samples.ts';

const trusted = { keys: JSON.stringify(toJwks(receiptSigner)), issuer };
const toText = (files: PackFiles, name: string): string => files.get(name)?.toString() ?? '';

/** By somebody who holds the key of the issuer: the list is another, and signed for. */
function forge(files: PackFiles, name: string, text: string): PackFiles {
  const said = JSON.parse(toText(files, 'provenance.json'));
  const list = { [name]: { bytes: Buffer.byteLength(text), sha256: hash('sha256', text, 'base64url') } };
  const provenance = JSON.stringify({ ...said, files: list });
  const head = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'receipt-1', typ: 'huwiya-pack+jwt' })).toString('base64url');
  const signed = `${head}.${Buffer.from(provenance).toString('base64url')}`;
  const jws = `${signed}.${sign(null, Buffer.from(signed), receiptSigner.key).toString('base64url')}`;
  return new Map(files)
    .set(name, Buffer.from(text))
    .set('provenance.json', Buffer.from(provenance))
    .set('provenance.jws', Buffer.from(jws));
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

  it('has an exit code of its own for each kind of fault', () => {
    expect(new Set(listChecks.map((check) => exitCodes[check])).size).toBe(listChecks.length);
  });
});
