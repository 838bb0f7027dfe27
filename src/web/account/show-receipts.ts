// All receipts of a person, newest first.

import type { Context } from 'koa';
import type { EventType } from '../../domain/ledger/event.ts';
import { renderReceiptsPage } from '../../../views/receipts.ts';
import { receiptKinds } from '../../../views/receipt-model.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toReceiptLink } from './account-model.ts';
import { openAccount } from './open-account.ts';
import { readReceiptRecord, toReceiptKind } from './receipt-record.ts';

const decisions: readonly EventType[] = receiptKinds.map((kind) => `consent.${kind}` as const);

export async function showReceipts(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const receipts = await needs.consents.listReceipts(account.person.id);
  // Each decision has one entry and one receipt.
  const asked = { order: 'newest-first', after: null, limit: Math.max(receipts.length, 1) } as const;
  const { entries } = await needs.ledger.queryEntries({ personRef: account.person.id, types: decisions }, asked);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const rows = receipts.map((receipt) => {
    const record = readReceiptRecord(receipt);
    return {
      link: toReceiptLink(receipt),
      kind: toReceiptKind(record, byId.get(receipt.eventId)),
      agencyName: record.controller.org_name[account.language],
      serviceName: record.service.name[account.language],
      purpose: record.purpose.text[account.language],
    };
  });
  sendPage(ctx, renderReceiptsPage(account.frame, { receipts: rows, verifyUrl: '/verify' }));
}
