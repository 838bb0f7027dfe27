import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMembers } from '../../../src/verifier/canonical.ts';
import { receiptChecks, verifyReceipt as verifyByCommand } from '../../../src/verifier/verify-receipt.ts';
import type { Trusted } from '../../../src/verifier/verify-receipt.ts';
import { toReceiptDigest, verifyReceipt } from '../../../views/assets/verification.js';
import { isCanonicalObject } from '../../../views/assets/verification-json.js';
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

const { subtle } = crypto;
const honest = await createReceiptFile();
const trusted = { logKey, issuer, keys: JSON.stringify(toJwks(receiptSigner)) };
const stranger = createSigner('receipt-1', 'stranger');
const other = await createReceiptFile(signJws(receiptHeader, { ...receiptClaims, jti: 'other' }));

/** What a report says, in one line. */
const toLine = (
  verdict: string,
  report: { readonly trust: object; readonly claims: unknown; readonly checks: readonly object[] },
): string => {
  const checks = report.checks.map((check) =>
    'name' in check && 'result' in check ? `${String(check.name)} ${String(check.result)}` : '',
  );
  return [verdict, JSON.stringify(report.trust), ...checks, JSON.stringify(report.claims)].join(', ');
};

function askCommand(text: string, given: Trusted): string {
  const report = verifyByCommand(text, given);
  return toLine(report.isValid ? 'valid' : 'invalid', report);
}

async function askPage(text: string, given: Trusted): Promise<string> {
  const report = await verifyReceipt(subtle, text, given);
  return toLine(report.verdict, report);
}

/** What the page and the command say where they do not say the same, at most three times. */
async function findDisputes(texts: readonly string[], given: Trusted = trusted): Promise<readonly object[]> {
  const pairs = await Promise.all(
    texts.map(async (text, at) => ({ at, page: await askPage(text, given), command: askCommand(text, given) })),
  );
  return pairs.filter(({ page, command }) => page !== command).slice(0, 3);
}

/** The text once for each of its bytes, with one bit of that byte changed. */
function flipEach(text: string, bit = 1): readonly string[] {
  const bytes = Buffer.from(text);
  return Array.from(bytes.keys(), (at) => Buffer.from(bytes.map((byte, place) => (place === at ? byte ^ bit : byte))).toString());
}

const spell = (file: object): string => JSON.stringify(file);

describe('the page and the command', () => {
  it('both find the honest receipt valid, with every check passed', async () => {
    expect(await findDisputes([spell(honest)])).toEqual([]);
    const report = await verifyReceipt(subtle, spell(honest), trusted);
    expect(report).toMatchObject({ verdict: 'valid', trust: { keys: 'given', log: 'given' }, claims: receiptClaims });
    expect(report.checks).toEqual(
      receiptChecks
        .filter((name) => !['record-digest', 'confirmation', 'key-history', 'witnesses', 'kept-checkpoint'].includes(name))
        .map((name) => ({ name, result: 'passed' })),
    );
    const alone = await verifyReceipt(subtle, spell(honest), {});
    expect(alone).toMatchObject({ verdict: 'valid', trust: { keys: 'from-file', log: 'from-file' } });
  });

  it.each([
    { bit: 1, keys: 'from the file', given: {} },
    { bit: 32, keys: 'given', given: trusted },
  ])(
    'say the same of a file in which bit $bit of one byte is another, wherever, with keys $keys',
    async ({ bit, given }) => {
      const texts = flipEach(spell(honest), bit);
      expect(texts.length).toBeGreaterThan(1600);
      expect(await findDisputes(texts, given)).toEqual([]);
    },
    120_000,
  );

  it('say the same of a file without any one of its members, or with another kind of value', async () => {
    const groups = ['entry', 'proof'] as const;
    const values = [null, 7, -1, 0.5, '', 'x', [], [1], {}];
    const changed = [
      ...Object.keys(honest).flatMap((name) => values.map((value) => ({ ...honest, [name]: value }))),
      ...groups.flatMap((group) =>
        Object.keys(honest[group]).flatMap((name) =>
          [undefined, ...values].map((value) => ({ ...honest, [group]: { ...honest[group], [name]: value } })),
        ),
      ),
      ...Object.keys(honest).map((name) => ({ ...honest, [name]: undefined })),
      { ...honest, more: 1 },
      { ...honest, entry: { ...honest.entry, index: 3 } },
      { ...honest, proof: { ...honest.proof, path: honest.proof.path.slice(1) } },
      { ...honest, proof: { ...honest.proof, path: [...honest.proof.path, ...honest.proof.path] } },
      { ...honest, proof: { ...honest.proof, path: Array.from({ length: 65 }, () => 'AAAA') } },
      { ...honest, entry: { ...honest.entry, body: ` ${honest.entry.body}` } },
      { ...honest, checkpoint: `${honest.checkpoint}— witness.example AAAAAAA=\n` },
      { ...honest, checkpoint: `${honest.checkpoint}— witness.example AAAAAAAA\n` },
      { ...honest, checkpoint: honest.checkpoint.replace('\n\n', '\nextension\n\n') },
      { ...honest, checkpoint: other.checkpoint },
      { ...honest, receipt: other.receipt },
      { ...honest, keys: { keys: [null, 1, ...honest.keys.keys] } },
    ].map(spell);
    expect(await findDisputes(['', '[]', '{', '\ufeff{}', `\ufeff${spell(honest)}`, ` ${spell(honest)}\n`, ...changed])).toEqual([]);
    expect(await findDisputes(changed, {})).toEqual([]);
  });

  it('say the same of receipts that lie', async () => {
    const headers = [
      { ...receiptHeader, alg: 'none' },
      { ...receiptHeader, alg: 'ES256' },
      { ...receiptHeader, typ: 'JWT' },
      { ...receiptHeader, kid: 'receipt-2' },
      { ...receiptHeader, crit: ['b64'], b64: false },
      { alg: 'EdDSA', typ: receiptHeader.typ },
    ];
    const issuers = ['https://id.evil.example', 'https://id.exampl', 'http://id.example/', 'https://id.example/ledger', 'id.example', 7];
    const files: readonly ReceiptFile[] = await Promise.all([
      createReceiptFile(signJws(receiptHeader, receiptClaims, stranger)),
      createReceiptFile(undefined, createSigner('id.example/ledger', 'stranger')),
      createReceiptFile(undefined, createSigner('id.example.evil/ledger')),
      ...headers.map(async (header) => createReceiptFile(signJws(header, receiptClaims))),
      ...issuers.map(async (iss) => createReceiptFile(signJws(receiptHeader, { ...receiptClaims, iss }))),
      createReceiptFile(signJws(receiptHeader, 'no object')),
    ]);
    const texts = [...files, ...files.map((file) => ({ ...file, keys: toJwks(stranger) }))].map(spell);
    expect(await findDisputes(texts)).toEqual([]);
    expect(await findDisputes(texts, {})).toEqual([]);
    expect(await findDisputes(texts, { issuer: 'https://id.evil.example' })).toEqual([]);
  });

  it('say the same with other keys, broken keys and kept checkpoints', async () => {
    const givens: readonly Trusted[] = [
      { keys: JSON.stringify(toJwks(stranger)) },
      { keys: 'none' },
      { logKey: `${logKey}A` },
      { logKey: '' },
      { logKey: logKey.replace('id.example', 'id.exampl') },
      { kept: [honest.checkpoint] },
      { kept: [other.checkpoint] },
      { kept: [honest.checkpoint, 'not a checkpoint'] },
      { kept: [], issuer },
    ];
    for (const given of [...givens, ...flipEach(logKey).map((key) => ({ logKey: key }))]) {
      expect(await findDisputes([spell(honest), spell(other), '{}'], given)).toEqual([]);
    }
  });

  it('read the same texts as canonical', () => {
    const texts = fc.oneof(
      fc.json({ stringUnit: 'binary' }),
      fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
      fc.constantFrom(
        '{"a":-0}',
        '{"a":1e3}',
        '{"a":"\\ud800"}',
        '{"a":1,"a":1}',
        '{"b":1,"a":1}',
        '{"__proto__":1}',
        '{"\u{1f600}":1,"\ufb33":2}',
      ),
      fc.integer({ min: 62, max: 67 }).map((depth) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect([text, isCanonicalObject(text)]).toEqual([text, findMembers(text) !== undefined]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a browser that cannot look', () => {
  const withoutEd25519 = {
    digest: subtle.digest.bind(subtle),
    verify: subtle.verify.bind(subtle),
    importKey: async () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError')),
  };
  const look = async (text: string, given: Trusted = trusted) => verifyReceipt(withoutEd25519, text, given);

  it('says which checks it could not make, and neither valid nor invalid', async () => {
    const report = await look(spell(honest), { ...trusted, kept: [honest.checkpoint] });
    const results = Object.fromEntries(report.checks.map(({ name, result }) => [name, result]));
    expect(report).toMatchObject({ verdict: 'undecided', claims: null });
    expect(results).toMatchObject({ 'receipt-signature': 'not-here', 'checkpoint-signature': 'not-here', 'kept-checkpoint': 'not-here' });
    expect(results).toMatchObject({ commitment: 'passed', inclusion: 'passed', 'receipt-named': 'passed' });
  });

  it('still finds what is wrong without a signature', async () => {
    const changed = { ...honest, entry: { ...honest.entry, body: honest.entry.body.replace('permit', 'pormit') } };
    expect((await look(spell(changed))).verdict).toBe('invalid');
    expect((await look('{}')).verdict).toBe('invalid');
  });

  it('makes no check at an address that it does not trust', async () => {
    const report = await verifyReceipt(undefined, spell(honest), trusted);
    expect(report.verdict).toBe('undecided');
    expect(new Set(report.checks.slice(1).map(({ result }) => result))).toEqual(new Set(['not-here']));
    expect((await verifyReceipt(undefined, '{}', trusted)).verdict).toBe('invalid');
  });
});

describe('the digest of a receipt', () => {
  it('is the one that its entry names', async () => {
    const { payload } = JSON.parse(honest.entry.body);
    expect(await toReceiptDigest(subtle, honest.receipt)).toBe(payload.receipt_sha256);
  });
});
