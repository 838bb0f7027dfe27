// What the person was told about their access. Looking needs no new ceremony; saying "it was not me" leads to the page that the letter leads to.

import type { Context } from 'koa';
import { z } from 'zod';
import { isDisownable } from '../../domain/protection/notice.ts';
import type { SecurityNotice } from '../../domain/protection/notice.ts';
import { parseDeviceText } from '../../oidc/device.ts';
import { renderNoticesPage } from '../../../views/security-notices.ts';
import type { ShownNotice } from '../../../views/protection-model.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toNotMeUrl } from '../protection/not-me.ts';
import { createCursor, parsePlace, toListUrl } from './cursor.ts';
import { openAccount } from './open-account.ts';

const url = '/account/notices';
const pageSize = 20;
const placeSchema = z.object({ at: z.int(), id: z.string() });

function toShown(needs: PageNeeds, notice: SecurityNotice): ShownNotice {
  const { kind, at, lastAt, caseNumber, caseClosedAt, device, count } = notice;
  return {
    kind,
    at,
    lastAt,
    caseNumber,
    caseClosedAt,
    device: device === null ? null : parseDeviceText(device),
    more: count - 1,
    notMeUrl: isDisownable(notice, needs.clock.now()) ? toNotMeUrl(needs, notice.id) : null,
  };
}

export async function showNotices(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const list = { personId: account.person.id, name: 'security-notices' };
  const after = parsePlace(needs, ctx, { list, schema: placeSchema });
  const { notices, next } = await needs.protection.readNotices(account.person.id, { after, limit: pageSize });
  const page = renderNoticesPage(account.frame, {
    notices: notices.map((notice) => toShown(needs, notice)),
    freezeUrl: '/account/freeze',
    securityUrl: '/account/security',
    moreUrl: next === null ? null : toListUrl(url, {}, createCursor(needs, list, next)),
    firstUrl: after === null ? null : url,
  });
  sendPage(ctx, page);
}
