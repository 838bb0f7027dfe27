// The receipts of a person, newest first, page by page, each with the change it is of.

import type { Context } from 'koa';
import { z } from 'zod';
import { renderReceiptsPage } from '../../../views/receipts.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toReceiptLink } from './account-model.ts';
import { createCursor, parsePlace, toListUrl } from './cursor.ts';
import { openAccount } from './open-account.ts';
import { readReceiptRecord } from './receipt-record.ts';

const url = '/account/receipts';
const pageSize = 20;
const placeSchema = z.object({ createdAt: z.int(), id: z.string() });

export async function showReceipts(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const list = { personId: account.person.id, name: 'receipts' };
  const after = parsePlace(needs, ctx, { list, schema: placeSchema });
  const found = await needs.home.readReceipts(account.person.id, { after, limit: pageSize });
  const rows = found.receipts.map((receipt) => {
    const record = readReceiptRecord(receipt);
    return {
      link: toReceiptLink(receipt),
      kind: receipt.change,
      version: receipt.version,
      agencyName: record.controller.org_name[account.language],
      serviceName: record.service.name[account.language],
      purpose: record.purpose.text[account.language],
    };
  });
  const page = renderReceiptsPage(account.frame, {
    receipts: rows,
    verifyUrl: '/verify',
    olderUrl: found.next === null ? null : toListUrl(url, {}, createCursor(needs, list, found.next)),
    newestUrl: after === null ? null : url,
  });
  sendPage(ctx, page);
}
