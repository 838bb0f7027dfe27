// Everything that is held about the person, as one signed file.

import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { takeEverything } from '../../domain/home/take-everything.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import { toVerifierText } from '../../domain/ledger/signed-note.ts';
import { renderTakePage } from '../../../views/take.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { openAccount } from './open-account.ts';

export async function showTake(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account !== undefined) {
    sendPage(ctx, renderTakePage(account.frame, { fileUrl: '/account/take.json', accountUrl: '/account' }));
  }
}

export async function downloadEverything(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const sessions = await needs.engine.sessions.listSessions(account.person.id);
  const pieces = takeEverything(needs, {
    person: account.person,
    data: account.data,
    sessions: sessions.map(({ device, startedAt, lastSeenAt, services }) => ({
      device: { browser: device.browser, system: device.system },
      started_at: toTimestamp(startedAt),
      last_seen_at: toTimestamp(lastSeenAt),
      services: [...services],
    })),
    keys: { keys: needs.receiptKeys, log: toVerifierText(needs.logVerifier) },
  });
  ctx.type = 'application/json; charset=utf-8';
  ctx.set('Content-Disposition', `attachment; filename="huwiya-everything-${toTimestamp(needs.clock.now()).slice(0, 10)}.json"`);
  ctx.body = Readable.from(pieces);
}
