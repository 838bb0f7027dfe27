// The place "security": passkeys and open sessions. Looking needs no new ceremony, and ending a session neither: whoever finds a stranger there must be quick.

import type { Context } from 'koa';
import { absoluteLimitSeconds, idleLimitMs } from '../../oidc/session-adapter.ts';
import type { OpenSession } from '../../oidc/person-session.ts';
import { renderSecurityPage } from '../../../views/security.ts';
import type { OpenSession as ShownSession, SecurityPage } from '../../../views/security-model.ts';
import { sendPage } from '../frame.ts';
import { readLeftSessions } from '../left-services.ts';
import type { PageNeeds } from '../needs.ts';
import { isStale, openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { toShownPasskey } from './show-account.ts';

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

const doneSigns: Readonly<Record<string, SecurityPage['done']>> = { added: 'passkey-added', ended: 'session-ended' };

function findDone(ctx: Context): SecurityPage['done'] {
  const sign = Object.keys(doneSigns).find((name) => ctx.query[name] === 'yes');
  return sign === undefined ? null : (doneSigns[sign] ?? null);
}

export async function sendSecurityPage(needs: PageNeeds, ctx: Context, account: Account): Promise<void> {
  const { token, person, session } = account;
  const passkeys = await needs.passkeys.listPasskeys(person.id);
  const sessions = await needs.engine.sessions.listSessions(person.id);
  const page = renderSecurityPage(account.frame, {
    passkeys: passkeys.map(toShownPasskey),
    add: isStale(needs, session)
      ? { url: '/account/passkeys' }
      : { optionsUrl: '/account/passkeys/options', verifyUrl: '/account/passkeys/verify', token },
    done: findDone(ctx),
    sessions: await Promise.all(sessions.map(async (open) => toShown(needs, account, open))),
    endAll: { action: '/account/sessions/end', token },
    left: await readLeftSessions(needs, person.id, account.language),
    idle: `PT${idleLimitMs / 60_000}M`,
    longest: `PT${absoluteLimitSeconds / 3600}H`,
  });
  sendPage(ctx, page);
}

export async function showSecurity(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account !== undefined) {
    await sendSecurityPage(needs, ctx, account);
  }
}
