import { describe, expect, it } from 'vitest';
import { verifyReceipt } from '../../../src/verifier/verify-receipt.ts';
import type { ReceiptReport, Trusted } from '../../../src/verifier/verify-receipt.ts';
import { createSigner } from '../../support/ledger-samples.ts';
import {
  createReceiptFile,
  issuer,
  logKey,
  receiptClaims,
  receiptHeader,
  receiptSigner,
  signJws,
  toJwks,
} from '../../support/receipt-samples.ts';
import type { ReceiptFile } from '../../support/receipt-samples.ts';

const honest = await createReceiptFile();
const trusted = { logKey, issuer, keys: JSON.stringify(toJwks(receiptSigner)) };
const stranger = createSigner('receipt-1', 'stranger');

const check = (file: ReceiptFile, given: Trusted = trusted): ReceiptReport => verifyReceipt(JSON.stringify(file), given);
const toFailed = (report: ReceiptReport): string[] => report.checks.filter((each) => each.result === 'failed').map((each) => each.name);

/** A text with one bit of one byte changed. */
const flip = (text: string, at: number): string => {
  const bytes = Buffer.from(text);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString();
};

/** Positions of a text at which a flip is not noticed. */
const findUnnoticed = (text: string, toFile: (changed: string) => ReceiptFile): number[] =>
  Array.from(Buffer.from(text).keys()).filter((at) => check(toFile(flip(text, at))).isValid);

describe('an honest receipt', () => {
  it('passes every check, and the claims come with the report', () => {
    const report = check(honest);
    expect(report.checks.map((each) => each.result)).toEqual(Array.from({ length: 8 }, () => 'passed'));
    expect(report).toMatchObject({ isValid: true, trust: { keys: 'given', log: 'given' }, claims: receiptClaims });
  });

  it('says when its keys come from the file itself', () => {
    expect(check(honest, {})).toMatchObject({ isValid: true, trust: { keys: 'from-file', log: 'from-file' } });
  });

  it('may be laid out over many lines', () => {
    expect(verifyReceipt(JSON.stringify(honest, null, 2), trusted).isValid).toBe(true);
  });

  it('agrees with a kept checkpoint of its size, and leaves one of another size aside', async () => {
    const other = await createReceiptFile(signJws(receiptHeader, { ...receiptClaims, jti: 'other' }));
    expect(check(honest, { ...trusted, kept: [honest.checkpoint] })).toMatchObject({ isValid: true });
    expect(toFailed(check(honest, { ...trusted, kept: [other.checkpoint] }))).toEqual(['kept-checkpoint']);
    expect(toFailed(check(honest, { ...trusted, kept: ['not a checkpoint'] }))).toEqual(['kept-checkpoint']);
  });
});

describe('a receipt of which one byte is another', () => {
  it('is not valid, wherever in the signed receipt', () => {
    expect(findUnnoticed(honest.receipt, (receipt) => ({ ...honest, receipt }))).toEqual([]);
  });

  it.each(['id', 'body', 'salt', 'person', 'commitment'] as const)('is not valid, wherever in the %s of its entry', (name) => {
    expect(findUnnoticed(honest.entry[name] ?? '', (text) => ({ ...honest, entry: { ...honest.entry, [name]: text } }))).toEqual([]);
  });

  it('is not valid, wherever in its checkpoint, its path, its index and its size', () => {
    expect(findUnnoticed(honest.checkpoint, (checkpoint) => ({ ...honest, checkpoint }))).toEqual([]);
    const path = honest.proof.path.join(' ');
    expect(findUnnoticed(path, (text) => ({ ...honest, proof: { ...honest.proof, path: text.split(' ') } }))).toEqual([]);
    for (const proof of [
      { ...honest.proof, index: honest.proof.index + 1 },
      { ...honest.proof, size: honest.proof.size + 1 },
      { ...honest.proof, path: honest.proof.path.slice(1) },
      { ...honest.proof, path: [...honest.proof.path, ...honest.proof.path] },
    ]) {
      expect(toFailed(check({ ...honest, proof }))).toEqual(['inclusion']);
    }
    expect(toFailed(check({ ...honest, entry: { ...honest.entry, index: 3 } }))).toEqual(['inclusion']);
  });

  it('is not valid, wherever in the keys it brings', () => {
    expect(Array.from(honest.log).filter((_, at) => check({ ...honest, log: flip(honest.log, at) }, {}).isValid)).toEqual([]);
  });
});

describe('a receipt that lies', () => {
  it('fails by its signature when another key signed it', async () => {
    const file = await createReceiptFile(signJws(receiptHeader, receiptClaims, stranger));
    expect(toFailed(check(file))).toEqual(['receipt-signature']);
    expect(check(file).claims).toBeNull();
    expect(check({ ...file, keys: toJwks(stranger) }, { logKey }).isValid).toBe(true);
    expect(toFailed(check({ ...file, keys: toJwks(stranger) }))).toEqual(['receipt-signature']);
  });

  it.each([
    ['no algorithm', { ...receiptHeader, alg: 'none' }],
    ['another algorithm', { ...receiptHeader, alg: 'ES256' }],
    ['another type', { ...receiptHeader, typ: 'JWT' }],
    ['no type', { alg: 'EdDSA', kid: 'receipt-1' }],
    ['an unknown key', { ...receiptHeader, kid: 'receipt-2' }],
    ['a critical extension', { ...receiptHeader, crit: ['b64'], b64: false }],
  ])('fails by its signature when its header names %s', async (_, header) => {
    expect(toFailed(check(await createReceiptFile(signJws(header, receiptClaims))))).toEqual(['receipt-signature']);
  });

  it('fails by its issuer when it is of another one than expected, or than its log', async () => {
    const file = await createReceiptFile(signJws(receiptHeader, { ...receiptClaims, iss: 'https://id.evil.example' }));
    expect(toFailed(check(file, {}))).toEqual(['issuer']);
    expect(toFailed(check(honest, { ...trusted, issuer: 'https://id.example.evil' }))).toEqual(['issuer']);
    const prefix = await createReceiptFile(signJws(receiptHeader, { ...receiptClaims, iss: 'https://id.exampl' }));
    expect(toFailed(check(prefix, {}))).toEqual(['issuer']);
  });

  it('fails when the entry names another receipt', async () => {
    const receipt = signJws(receiptHeader, { ...receiptClaims, jti: 'receipt-78' });
    expect(toFailed(check({ ...honest, receipt }))).toEqual(['receipt-named']);
    const other = await createReceiptFile(receipt);
    expect(toFailed(check({ ...honest, receipt: other.receipt }))).toEqual(['receipt-named']);
  });

  it('fails by its canonical form when the same body is spelled otherwise', () => {
    const body = ` ${honest.entry.body}`;
    expect(toFailed(check({ ...honest, entry: { ...honest.entry, body } }))).toEqual(['entry-canonical', 'commitment']);
  });

  it('fails by its checkpoint when a log of its own vouches for it', async () => {
    const file = await createReceiptFile(undefined, createSigner('id.example/ledger', 'stranger'));
    expect(check(file, {}).isValid).toBe(true);
    const report = check(file);
    expect(toFailed(report)).toEqual(['checkpoint-signature']);
    expect(report.isValid).toBe(false);
    expect(report.checks.find((each) => each.name === 'inclusion')?.result).toBe('not-run');
  });
});

describe('a file that is no receipt', () => {
  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['another format', JSON.stringify({ ...honest, format: 'huwiya-receipt/2' })],
    ['no entry', JSON.stringify({ ...honest, entry: null })],
    ['a negative index', JSON.stringify({ ...honest, proof: { ...honest.proof, index: -1 } })],
    ['an endless path', JSON.stringify({ ...honest, proof: { ...honest.proof, path: Array.from({ length: 100 }, () => 'AAAA') } })],
    ['a path of numbers', JSON.stringify({ ...honest, proof: { ...honest.proof, path: [1] } })],
    ['no keys', JSON.stringify({ ...honest, keys: 'none' })],
  ])('fails by its form and no more is looked at: %s', (_, text) => {
    const report = verifyReceipt(text, trusted);
    expect(toFailed(report)).toEqual(['form']);
    expect(report.checks.filter((each) => each.result === 'not-run')).toHaveLength(7);
    expect(report.isValid).toBe(false);
  });
});
