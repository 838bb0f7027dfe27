// What a passkey signed, checked by whoever holds the receipt: by the command and by the page, each in code of its own.

import { describe, expect, it } from 'vitest';
import { findConfirmation as findByCommand } from '../../../src/verifier/confirmation.ts';
import { findJws as findJwsByCommand } from '../../../src/verifier/jws.ts';
import { verifyReceipt } from '../../../src/verifier/verify-receipt.ts';
import { verifyReceipt as verifyOnPage } from '../../../views/assets/verification.js';
import { findConfirmation as findOnPage } from '../../../views/assets/verification-confirmation.js';
import { findJws as findJwsOnPage } from '../../../views/assets/verification-signature.js';
import { confirm, content, createConfirmedClaims, toClaims } from '../../support/confirmed-claims.ts';
import type { Assertion, Confirmed, Lie } from '../../support/confirmed-claims.ts';
import { createReceiptFile, issuer, logKey, receiptHeader, receiptSigner, signJws, toJwks } from '../../support/receipt-samples.ts';
import { createSoftwareKey } from '../../support/software-keys.ts';

const { subtle } = crypto;
const trusted = { logKey, issuer, keys: JSON.stringify(toJwks(receiptSigner)) };
const algorithms = [-7, -8, -257] as const;

/** What the command and the page find in claims that the issuer signed: `good`, `bad`, or nothing to check. */
async function find(claims: unknown): Promise<string> {
  const text = signJws(receiptHeader, claims);
  const [forCommand, forPage] = [findJwsByCommand(text), findJwsOnPage(text)];
  if (forCommand === undefined || forPage === undefined) {
    throw new TypeError('the sample is no receipt');
  }
  const byCommand = { true: 'good', false: 'bad', undefined: 'none' }[`${findByCommand(forCommand)}`];
  const onPage = (await findOnPage(subtle, forPage)) ?? 'none';
  return byCommand === onPage ? onPage : `command ${byCommand}, page ${onPage}`;
}

/** The bytes once for each of their bits, with that bit changed. */
function flipEach(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'base64url');
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return changed.toString('base64url');
  });
}

const withAssertion = ({ record, integrity }: Confirmed, assertion: object): unknown =>
  toClaims(record, { ...integrity, assertion: JSON.parse(JSON.stringify(assertion)) });

/** The assertion with each bit of each of its members changed, and of each number of its key. */
function flipAssertion({ key, ...members }: Assertion): readonly object[] {
  const numbers = Object.entries(key).filter(([name]) => !['kty', 'crv'].includes(name));
  return [
    ...Object.entries(members).flatMap(([name, text]) => flipEach(text).map((changed) => ({ ...members, key, [name]: changed }))),
    ...numbers.flatMap(([name, text]) => flipEach(text).map((changed) => ({ ...members, key: { ...key, [name]: changed } }))),
  ];
}

describe('a record that a passkey confirmed', () => {
  it.each(algorithms)('passes the check by its name, with algorithm %d', async (algorithm) => {
    const claims = createConfirmedClaims(algorithm);
    expect(await find(claims)).toBe('good');
    const text = JSON.stringify(await createReceiptFile(signJws(receiptHeader, claims)));
    const report = verifyReceipt(text, trusted);
    expect(report).toMatchObject({ isValid: true });
    expect(report.checks).toContainEqual(expect.objectContaining({ name: 'confirmation', result: 'passed' }));
    const page = await verifyOnPage(subtle, text, trusted);
    expect(page.verdict).toBe('valid');
    expect(page.checks.map(({ name }) => name)).toEqual(report.checks.map(({ name }) => name));
  });

  it.each([
    [-7, 1],
    [-8, 1],
    [-257, 7],
  ] as const)('fails it when a bit of the assertion or of its key is another, with algorithm %d', async (algorithm, step) => {
    const confirmed = confirm(createSoftwareKey(algorithm));
    const flipped = flipAssertion(confirmed.integrity.assertion).filter((_, at) => at % step === 0);
    const found = await Promise.all(flipped.map(async (assertion) => find(withAssertion(confirmed, assertion))));
    expect(new Set(found)).toEqual(new Set(['bad']));
    expect(found.length).toBeGreaterThan(500);
  });

  const lies: readonly (readonly [string, Lie])[] = [
    ['the record says something else than what was signed', { record: { version: 2 } }],
    ['the record has a member more', { record: { more: true } }],
    ['the challenge is that of another record', { client: { challenge: 'A'.repeat(43) } }],
    ['the challenge is missing', { client: { challenge: null } }],
    ['another key is named', { key: createSoftwareKey(-7) }],
    ['a key of another kind is named', { key: createSoftwareKey(-8) }],
    ['the person was not verified', { flags: 0x01 }],
    ['nobody was present', { flags: 0x04 }],
    ['it was for another relying party', { host: 'evil.example' }],
    ['it was on another site', { client: { origin: 'https://evil.example' } }],
    ['it was in a frame of another site', { client: { crossOrigin: true } }],
    ['it names a site above it', { client: { topOrigin: 'https://evil.example' } }],
    ['it was the making of a passkey', { client: { type: 'webauthn.create' } }],
    ['the record says that a button was enough', { method: 'button' }],
    ['the digest beside it is another', { integrity: { content_sha256: 'A'.repeat(43) } }],
    ['there is no assertion', { integrity: { assertion: null } }],
    ['the assertion is a text', { integrity: { assertion: 'yes' } }],
    ['the assertion is empty', { integrity: { assertion: {} } }],
  ];

  it.each(lies)('fails it when %s', async (_, lie) => {
    expect(await find(createConfirmedClaims(-7, lie))).toBe('bad');
  });

  it('fails it when the assertion was taken out', async () => {
    const { record, integrity } = confirm(createSoftwareKey(-7));
    expect(await find(toClaims(record, { content_sha256: integrity.content_sha256 }))).toBe('bad');
  });

  it('fails it when the receipt is not spelled in the one canonical form', async () => {
    const { record, integrity } = confirm(createSoftwareKey(-7));
    expect(await find({ record: { ...record, integrity }, jti: 'receipt-77', iss: issuer })).toBe('bad');
  });

  it('makes the whole receipt not valid when it fails', async () => {
    const claims = createConfirmedClaims(-7, { flags: 0x01 });
    const text = JSON.stringify(await createReceiptFile(signJws(receiptHeader, claims)));
    const report = verifyReceipt(text, trusted);
    expect(report.checks.filter(({ result }) => result === 'failed').map(({ name }) => name)).toEqual(['confirmation']);
    expect([report.isValid, (await verifyOnPage(subtle, text, trusted)).verdict]).toEqual([false, 'invalid']);
  });
});

describe('a record that a button was enough for', () => {
  it('has nothing of that to check', async () => {
    expect(await find(toClaims({ ...content, expression: { method: 'button' } }, { content_sha256: 'A'.repeat(43) }))).toBe('none');
    expect(await find(toClaims(content, {}))).toBe('none');
  });
});
