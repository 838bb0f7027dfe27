// What a record says of itself: the digest of its own content, held against that content by whoever holds the receipt, by command and page alike.

import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from '../../../src/domain/kernel/canonical.ts';
import type { Json } from '../../../src/domain/kernel/canonical.ts';
import { exitCodes } from '../../../src/verifier/exit-codes.ts';
import { verifyReceipt } from '../../../src/verifier/verify-receipt.ts';
import { verifyReceipt as verifyOnPage } from '../../../views/assets/verification.js';
import { content, createConfirmedClaims, toClaims } from '../../support/confirmed-claims.ts';
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

const { subtle } = crypto;
const trusted = { logKey, issuer, keys: JSON.stringify(toJwks(receiptSigner)) };
const named = hash('sha256', toCanonicalJson(content), 'base64url');

/** What fails, and whether that check was made at all; where command and page differ, both. */
async function look(claims: unknown): Promise<string> {
  const text = JSON.stringify(await createReceiptFile(signJws(receiptHeader, claims)));
  const command = verifyReceipt(text, trusted);
  const page = await verifyOnPage(subtle, text, trusted);
  const [byCommand, onPage] = [command, page].map(({ checks }) => {
    const failed = checks.filter(({ result }) => result === 'failed').map(({ name }) => name);
    const own = checks.find(({ name }) => name === 'record-digest');
    return `${own?.result ?? 'no check'}; failed: ${failed.join(' ')}`;
  });
  const isSame = byCommand === onPage && command.isValid === (page.verdict === 'valid');
  return isSame ? (byCommand ?? '') : `command ${byCommand}, page ${onPage}`;
}

const withDigest = (digest: Json): unknown => toClaims(content, { content_sha256: digest });

describe('the digest that a record carries of itself', () => {
  it('passes where it is that of the record, beside a passkey’s word too', async () => {
    expect(await look(withDigest(named))).toBe('passed; failed: ');
    expect(await look(createConfirmedClaims(-7))).toBe('passed; failed: ');
  });

  it.each([
    ['is of another record', withDigest('A'.repeat(43))],
    ['is spelled in another way', withDigest(`${named}=`)],
    ['is no text', withDigest(7)],
    ['is missing', toClaims(content, {})],
    ['was made before a member was added', toClaims({ ...content, more: true }, { content_sha256: named })],
    ['was made before a member was changed', toClaims({ ...content, version: 2 }, { content_sha256: named })],
    [
      'stands in a receipt that is not spelled in the one form',
      { record: { ...content, integrity: { content_sha256: named } }, jti: 'r', iss: issuer },
    ],
  ])('fails by its own name, and nothing else does, where it %s', async (_, claims) => {
    expect(await look(claims)).toBe('failed; failed: record-digest');
  });

  it('fails where any one bit of it is another', async () => {
    const bytes = Buffer.from(named, 'base64url');
    const flipped = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const changed = Buffer.from(bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)));
      return changed.toString('base64url');
    });
    const found = await Promise.all(flipped.map(async (digest) => look(withDigest(digest))));
    expect(new Set(found)).toEqual(new Set(['failed; failed: record-digest']));
  });

  it('is not asked of a record from before records carried one', async () => {
    expect(await look(receiptClaims)).toBe('no check; failed: ');
  });

  it('has an exit code of its own', () => {
    expect(Object.entries(exitCodes).filter(([, code]) => code === exitCodes['record-digest'])).toHaveLength(1);
  });
});
