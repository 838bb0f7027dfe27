// Everything that is held about the person, as one signed file. It holds all in the clear, so the passkey must be fresh, as for a closing: the browser may be shared.

import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { channels } from '../../domain/declared/channel.ts';
import { openAddress } from '../../domain/declared/find-contact-change.ts';
import { takeEverything } from '../../domain/home/take-everything.ts';
import type { Taken } from '../../domain/home/take-everything.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import type { ServiceSession } from '../../domain/logout/service-session.ts';
import { renderTakePage } from '../../../views/take.ts';
import { sendPage } from '../frame.ts';
import { findKeyText } from '../ledger/find-key-text.ts';
import type { PageNeeds } from '../needs.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';

export async function showTake(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account !== undefined) {
    sendPage(ctx, renderTakePage(account.frame, { fileUrl: '/account/take.json', accountUrl: '/account' }));
  }
}

function toServiceSession({ clientId, sid, enteredAt, state, endedAt, settledAt }: ServiceSession): object {
  const ended = endedAt === null ? null : toTimestamp(endedAt);
  const settled = settledAt === null ? null : toTimestamp(settledAt);
  return { service: clientId, sid, entered_at: toTimestamp(enteredAt), state, ended_at: ended, settled_at: settled };
}

async function readContactChanges(needs: PageNeeds, { person }: Account): Promise<readonly object[]> {
  const changes = await Promise.all(channels.map(async (channel) => needs.declaring.declared.findChange(person.id, channel)));
  return changes
    .filter((change) => change !== undefined)
    .map((change) => ({
      channel: change.channel,
      destination: openAddress(needs.declaring, change),
      begun_at: toTimestamp(change.begunAt),
      expires_at: toTimestamp(change.expiresAt),
    }));
}

async function readRest(needs: PageNeeds, account: Account): Promise<Pick<Taken, 'serviceSessions' | 'subjects' | 'contactChanges'>> {
  const { id, registryDigest } = account.person;
  const [serviceSessions, subjects, contactChanges] = await Promise.all([
    needs.logouts.listAllOfPerson(id),
    needs.people.listSubjects(registryDigest),
    readContactChanges(needs, account),
  ]);
  return { serviceSessions: serviceSessions.map(toServiceSession), subjects, contactChanges };
}

export async function downloadEverything(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
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
    ...(await readRest(needs, account)),
    receiptKeys: needs.receiptKeys,
    findLogKey: async (size) => findKeyText(needs, size),
  });
  ctx.type = 'application/json; charset=utf-8';
  ctx.set('Content-Disposition', `attachment; filename="huwiya-everything-${toTimestamp(needs.clock.now()).slice(0, 10)}.json"`);
  ctx.body = Readable.from(pieces);
}
