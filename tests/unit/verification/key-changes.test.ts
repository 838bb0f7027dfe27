// The page /verify after the log changed its key: a receipt is checked with the key that answers for its head, whichever key of the log is trusted.

import { describe, expect, it } from 'vitest';
import { parseCheckpointBody } from '../../../src/domain/ledger/checkpoint.ts';
import { createKeyChange } from '../../../src/domain/ledger/key-change.ts';
import { parseNote, toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import type { NoteSigner } from '../../../src/domain/ledger/signed-note.ts';
import { verifyReceipt } from '../../../views/assets/verification.js';
import { createSigner } from '../../support/ledger-samples.ts';
import { createReceiptFile, issuer, receiptClaims, receiptHeader, receiptSigner, signJws, toJwks } from '../../support/receipt-samples.ts';

const name = 'id.example/ledger';
const [first, second, third] = [createSigner(name, 'first'), createSigner(name, 'second'), createSigner(name, 'third')];
const keys = JSON.stringify(toJwks(receiptSigner));
const jws = signJws(receiptHeader, receiptClaims);
const early = await createReceiptFile(jws, first);
const note = parseNote(early.checkpoint);
const head = note.ok ? parseCheckpointBody(note.value.text) : undefined;

const toText = (signer: NoteSigner): string => toVerifierText(toVerifier(signer));

function change(from: NoteSigner, to: NoteSigner, { size = head?.size ?? 0, root = head?.root ?? new Uint8Array(32) } = {}): string {
  return createKeyChange(from, to, { last: { size, root }, at: 1_790_000_000_000, reason: 'planned' });
}

async function judge(file: object, signer: NoteSigner, changes: readonly string[]): Promise<string> {
  const report = await verifyReceipt(crypto.subtle, JSON.stringify(file), { logKey: toText(signer), changes, keys, issuer });
  return `${report.verdict} ${report.checks.find((check) => check.name === 'checkpoint-signature')?.result}`;
}

describe('a receipt from before the log changed its key', () => {
  const chain = [change(first, second), change(second, third, { size: (head?.size ?? 0) + 5, root: new Uint8Array(32) })];

  it('is checked with the key of its time, by every key of the log', async () => {
    expect(await judge(early, third, [])).toBe('invalid failed');
    const found = await Promise.all([first, second, third].map(async (signer) => judge(early, signer, chain)));
    expect(found).toEqual(['valid passed', 'valid passed', 'valid passed']);
  });

  it('is not believed where the earlier key signed beyond its end, or another root than it ended with', async () => {
    expect(await judge(early, second, [change(first, second, { size: (head?.size ?? 0) - 1 })])).toBe('invalid failed');
    expect(await judge(early, second, [change(first, second, { root: new Uint8Array(32) })])).toBe('invalid failed');
  });

  it('is not believed by changes that are damaged, of another log, or out of order', async () => {
    const [one = '', two = ''] = chain;
    const lone = one.split('\n').slice(0, -2).join('\n');
    const wrong = [[two, one], [`${lone}\n`], [one.replace('planned', 'compromised')], [two], [change(createSigner(name, 'other'), third)]];
    const found = await Promise.all(wrong.map(async (changes) => judge(early, third, changes)));
    expect(found).toEqual(wrong.map(() => 'invalid failed'));
  });

  it('leads to no key of somebody else, whose own receipts stay what they were', async () => {
    const stranger = createSigner(name, 'stranger');
    expect(await judge(await createReceiptFile(jws, stranger), third, chain)).toBe('invalid failed');
    expect(await judge(await createReceiptFile(jws, stranger), stranger, chain)).toBe('valid passed');
  });
});
