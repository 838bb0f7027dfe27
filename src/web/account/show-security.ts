// The place "security": passkeys and open sessions. Looking needs no new ceremony, and ending a session neither: whoever finds a stranger there must be quick.

import type { Context } from 'koa';
import { dayMs } from '../../domain/kernel/clock.ts';
import { isHighReachable } from '../../domain/metadata/is-high-reachable.ts';
import { mostPasskeys } from '../../domain/passkeys/passkey.ts';
import type { OpenSession } from '../../oidc/person-session.ts';
import { renderSecurityPage } from '../../../views/security.ts';
import { securityDones } from '../../../views/security-model.ts';
import type { OpenSession as ShownSession, SecurityPage } from '../../../views/security-model.ts';
import { sendPage, toFullName } from '../frame.ts';
import { readLeftSessions } from '../left-services.ts';
import type { PageNeeds } from '../needs.ts';
import { isStale, openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { findSessionEnd } from './session-end.ts';
import { readPasskeys } from './own-passkeys.ts';
import type { OwnPasskey } from './own-passkeys.ts';

async function toServiceNames(needs: PageNeeds, session: OpenSession, language: Account['language']): Promise<readonly string[]> {
  const found = await Promise.all(session.services.map(async (clientId) => needs.agencies.findService(clientId)));
  return found.filter((registered) => registered !== undefined).map((registered) => registered.service.name[language]);
}

async function toShown(needs: PageNeeds, account: Account, session: OpenSession): Promise<ShownSession> {
  const { device, startedAt, lastSeenAt, isShared, handle } = session;
  return {
    device,
    startedAt,
    lastSeenAt,
    isShared,
    serviceNames: await toServiceNames(needs, session, account.language),
    end: session.uid === account.session.uid ? null : { action: `/account/sessions/${handle}/end`, token: account.token },
  };
}

function findDone(ctx: Context): SecurityPage['done'] {
  return securityDones.find((sign) => ctx.query['done'] === sign) ?? null;
}

/** Asks for the passkey where the last ceremony is older than five minutes. */
const addUrl = '/account/passkeys';

function toAdd(needs: PageNeeds, { session, token }: Account, passkeys: readonly OwnPasskey[]): SecurityPage['add'] {
  if (passkeys.length >= mostPasskeys) {
    return null;
  }
  return isStale(needs, session)
    ? { url: addUrl }
    : { optionsUrl: '/account/passkeys/options', verifyUrl: '/account/passkeys/verify', token, againUrl: addUrl };
}

function toSignal({ relyingParty }: PageNeeds, account: Account, passkeys: readonly OwnPasskey[]): SecurityPage['signal'] {
  const { person, session, data, language } = account;
  const credentialIds = passkeys.map(({ passkey }) => passkey.id);
  return session.isShared ? null : { rpId: relyingParty.id, userId: person.handle, credentialIds, label: toFullName(data, language) };
}

const endsLooked = { before: null, limit: 30, lookThrough: 500 } as const;

/** Within a day, because whoever wonders about it comes soon. */
async function findCapped(needs: PageNeeds, { person }: Account): Promise<number | null> {
  const from = needs.clock.now() - dayMs;
  const { entries } = await needs.home.readEntries(person.id, { types: ['session.ended'], from }, endsLooked);
  return entries.find(({ body }) => findSessionEnd(body) === 'too-many-sessions')?.at ?? null;
}

async function countLately(needs: PageNeeds, { person }: Account): Promise<SecurityPage['notices']> {
  return { url: '/account/notices', count: await needs.protection.countNotices(person.id, needs.clock.now() - 14 * dayMs) };
}

export async function sendSecurityPage(needs: PageNeeds, ctx: Context, account: Account): Promise<void> {
  const { token, person, session } = account;
  const passkeys = await readPasskeys(needs, account);
  const sessions = await needs.engine.sessions.listSessions(person.id);
  const page = renderSecurityPage(account.frame, {
    passkeys: passkeys.map(({ passkey, handle, shown }) => ({
      passkey: shown,
      nameUrl: `/account/passkeys/${handle}/name`,
      removeUrl: `/account/passkeys/${handle}/remove`,
      isUsedHere: passkey.id === session.passkeyId,
    })),
    add: toAdd(needs, account, passkeys),
    levelUrl: !session.isShared && (await isHighReachable(needs)) ? '/account/level' : null,
    signal: toSignal(needs, account, passkeys),
    done: findDone(ctx),
    sessions: await Promise.all(sessions.map(async (open) => toShown(needs, account, open))),
    endOthers: { action: '/account/sessions/end-others', token },
    endAll: { action: '/account/sessions/end', token },
    cappedAt: await findCapped(needs, account),
    left: await readLeftSessions(needs, person.id, account.language),
    signInsUrl: '/account/sign-ins',
    notices: await countLately(needs, account),
    freezeUrl: '/account/freeze',
    idle: `PT${needs.sessionLimits.idleMs / 60_000}M`,
    longest: `PT${needs.sessionLimits.longestSeconds / 3600}H`,
  });
  sendPage(ctx, page);
}

export async function showSecurity(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account !== undefined) {
    await sendSecurityPage(needs, ctx, account);
  }
}
