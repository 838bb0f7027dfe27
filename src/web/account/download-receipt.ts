// The receipt as a file: the signed record, its entry, the proof and the checkpoint, together all that the separate verifier needs.

import type { Context } from 'koa';
import { toReceiptFile } from '../../domain/consent/receipt-file.ts';
import { getValue } from '../../domain/kernel/errors.ts';
import { proveEntry } from '../../domain/ledger/prove-entry.ts';
import { findKeyText } from '../ledger/find-key-text.ts';
import type { PageNeeds } from '../needs.ts';
import { openAccount } from './open-account.ts';
import { getOwnReceipt } from './show-receipt.ts';

export async function downloadReceipt(needs: PageNeeds, ctx: Context, receiptId: string): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const receipt = await getOwnReceipt(needs, account, receiptId);
  const proof = getValue(await proveEntry({ ...needs, store: needs.ledger }, receipt.eventId));
  const file = toReceiptFile(receipt, proof, { keys: needs.receiptKeys, log: await findKeyText(needs, proof.checkpoint.size) });
  ctx.type = 'application/json; charset=utf-8';
  ctx.set('Content-Disposition', `attachment; filename="huwiya-receipt-${receipt.id}.json"`);
  ctx.body = JSON.stringify(file, null, 2);
}
