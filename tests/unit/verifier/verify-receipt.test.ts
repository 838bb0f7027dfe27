import { describe, expect, it } from 'vitest';
import { verifyReceipt } from '../../../src/verifier/verify-receipt.ts';
import type { ReceiptReport, Trusted } from '../../../src/verifier/verify-receipt.ts';
import { createCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { createSigner } from '../../support/ledger-samples.ts';
import {
  createReceiptFile,
  issuer,
  logKey,
  logSigner,
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
const [ownKey] = toJwks(receiptSigner).keys;

const check = (file: ReceiptFile, given: Trusted = trusted): ReceiptReport => verifyReceipt(JSON.stringify(file), given);
const toFailed = (report: ReceiptReport): string[] => report.checks.filter((each) => each.result === 'failed').map((each) => each.name);

const toSentences = ({ checks }: ReceiptReport): string[] => checks.map(({ name, result, detail }) => `${result} ${name}: ${detail}`);

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

  it('is told of in a sentence for each check', () => {
    expect(toSentences(check(honest))).toEqual([
      'passed form: the file has the form of a receipt',
      'passed receipt-signature: the receipt is signed by a key of the issuer',
      'passed issuer: receipt and log are of one issuer, the expected one',
      'passed entry-canonical: the entry is in its one canonical form',
      'passed commitment: the entry is the one that was committed to',
      'passed receipt-named: the entry names this receipt',
      'passed inclusion: entry 9 is in the log of 23 entries',
      'passed checkpoint-signature: the checkpoint is signed by the key of the log',
    ]);
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
    const smaller = createCheckpoint(logSigner, { size: 9, root: Buffer.alloc(32) });
    expect(check(honest, { ...trusted, kept: [smaller] })).toMatchObject({ isValid: true });
    expect(check(honest, { ...trusted, kept: [smaller] }).checks.at(-1)).toMatchObject({ name: 'kept-checkpoint', result: 'not-run' });
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
    ['an extension without its name', { ...receiptHeader, b64: false }],
    ['a critical extension alone', { ...receiptHeader, crit: [] }],
    ['a key that is none', { ...receiptHeader, kid: 7 }],
  ])('fails by its signature when its header names %s', async (_, header) => {
    expect(toFailed(check(await createReceiptFile(signJws(header, receiptClaims))))).toEqual(['receipt-signature']);
  });

  it('fails by its issuer when it is of another one than expected, or than its log', async () => {
    const file = await createReceiptFile(signJws(receiptHeader, { ...receiptClaims, iss: 'https://id.evil.example' }));
    expect(toFailed(check(file, {}))).toEqual(['issuer']);
    expect(toFailed(check(honest, { ...trusted, issuer: 'https://id.example.evil' }))).toEqual(['issuer']);
    const issuers = [
      `${issuer}/`,
      'http://id.example',
      'id.example',
      'ftp://id.example',
      ` ${issuer}`,
      `${issuer} `,
      `${issuer}?a`,
      `${issuer}#a`,
      '',
      7,
      null,
    ];
    const judged = await Promise.all(
      issuers.map(async (iss) => check(await createReceiptFile(signJws(receiptHeader, { ...receiptClaims, iss })), {}).isValid),
    );
    expect(judged).toEqual([true, true, ...Array.from({ length: 9 }, () => false)]);
    const prefix = await createReceiptFile(signJws(receiptHeader, { ...receiptClaims, iss: 'https://id.exampl' }));
    expect(toFailed(check(prefix, {}))).toEqual(['issuer']);
  });

  it.each([
    ['no list', 'none'],
    ['nothing in the list', []],
    ['another name', [{ ...ownKey, kid: 'receipt-2' }]],
    ['another kind', [{ ...ownKey, kty: 'EC' }]],
    ['another curve', [{ ...ownKey, crv: 'X25519' }]],
    ['no number', [{ ...ownKey, x: undefined }]],
    ['a number that is none', [{ ...ownKey, x: 7 }]],
    ['a short number', [{ ...ownKey, x: 'AAAA' }]],
    ['something else first', [null, 7, ownKey]],
  ])('is judged by the keys that are given: %s', (text, keys) => {
    const given = check(honest, { ...trusted, keys: JSON.stringify({ keys }) });
    const isRight = text === 'something else first';
    expect([given.isValid, toFailed(given), given.claims === null]).toEqual([isRight, isRight ? [] : ['receipt-signature'], !isRight]);
  });

  it('fails by its signature where keys are given that are none, or its parts are not three', () => {
    expect(toFailed(check(honest, { ...trusted, keys: 'none' }))).toEqual(['receipt-signature']);
    const [head = '', body = '', tail = ''] = honest.receipt.split('.');
    const short = Buffer.from(tail, 'base64url').subarray(1).toString('base64url');
    for (const receipt of [
      `${honest.receipt}.`,
      `${head}.${body}`,
      head,
      '',
      `${head}.${body}.`,
      `${head}.${body}.${short}`,
      `.${body}.${tail}`,
    ]) {
      const report = check({ ...honest, receipt });
      expect([toFailed(report)[0], report.claims]).toEqual(['receipt-signature', null]);
    }
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
    ['no receipt', JSON.stringify({ ...honest, receipt: undefined })],
    ['no checkpoint', JSON.stringify({ ...honest, checkpoint: null })],
    ['no log', JSON.stringify({ ...honest, log: 7 })],
    ['no proof', JSON.stringify({ ...honest, proof: [] })],
    ['half a size', JSON.stringify({ ...honest, proof: { ...honest.proof, size: 0.5 } })],
    ['a size that is a text', JSON.stringify({ ...honest, proof: { ...honest.proof, size: '23' } })],
    ['no path', JSON.stringify({ ...honest, proof: { ...honest.proof, path: 'none' } })],
    ['a path of 65', JSON.stringify({ ...honest, proof: { ...honest.proof, path: Array.from({ length: 65 }, () => 'AAAA') } })],
    ['an entry without an index', JSON.stringify({ ...honest, entry: { ...honest.entry, index: null } })],
    ['an entry of a person that is no text', JSON.stringify({ ...honest, entry: { ...honest.entry, person: 7 } })],
    ...(['id', 'body', 'salt', 'commitment'] as const).map((name) => [
      `an entry without its ${name}`,
      JSON.stringify({ ...honest, entry: { ...honest.entry, [name]: null } }),
    ]),
  ])('fails by its form and no more is looked at: %s', (_, text) => {
    const report = verifyReceipt(text, trusted);
    expect(toFailed(report)).toEqual(['form']);
    expect(toSentences(report)).toEqual([
      'failed form: the file does not have the form of a receipt',
      ...'receipt-signature issuer entry-canonical commitment receipt-named inclusion checkpoint-signature'
        .split(' ')
        .map((name) => `not-run ${name}: the file is no receipt`),
    ]);
    expect(report).toMatchObject({ format: 'huwiya-receipt/1', isValid: false, claims: null });
  });

  it('may have a path of 64 hashes, which then leads nowhere', () => {
    const proof = { ...honest.proof, path: Array.from({ length: 64 }, () => 'A'.repeat(43)) };
    expect(toFailed(check({ ...honest, proof }))).toEqual(['inclusion']);
  });
});
