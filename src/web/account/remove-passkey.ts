// Taking a passkey away: what ends with it is said beforehand, a ceremony not older than five minutes, and one press.

import type { Context } from 'koa';
import { getValue } from '../../domain/kernel/errors.ts';
import { removePasskey } from '../../domain/passkeys/remove-passkey.ts';
import { renderPasskeyRemovePage } from '../../../views/passkey-remove.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { leaveSession } from '../shared-computer.ts';
import { getAccountForPost, isStale, openAccount } from './open-account.ts';
import { assertSettled, getNamedPasskey, readPasskeys } from './own-passkeys.ts';

export async function showPasskeyRemoval(needs: PageNeeds, ctx: Context, handle: string): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account === undefined) {
    return;
  }
  const passkeys = await readPasskeys(needs, account);
  const { passkey, shown } = getNamedPasskey(passkeys, handle);
  await assertSettled(needs, account, passkey);
  const sessions = await needs.engine.sessions.listSessions(account.person.id);
  const page = renderPasskeyRemovePage(account.frame, {
    passkey: shown,
    isLast: passkeys.length === 1,
    endsHere: account.session.passkeyId === passkey.id,
    endsElsewhere: sessions.filter(({ uid, passkeyId }) => passkeyId === passkey.id && uid !== account.session.uid).length,
    form: { action: `/account/passkeys/${handle}/remove`, token: account.token },
    addUrl: '/account/passkeys',
    securityUrl: '/account/security',
  });
  sendPage(ctx, page);
}

export async function submitPasskeyRemoval(needs: PageNeeds, ctx: Context, handle: string): Promise<void> {
  const account = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  if (isStale(needs, account.session)) {
    // The page itself asks for the passkey.
    redirectTo(ctx, `/account/passkeys/${handle}/remove`);
    return;
  }
  const { passkey } = getNamedPasskey(await readPasskeys(needs, account), handle);
  await assertSettled(needs, account, passkey);
  const sessions = await needs.engine.sessions.listSessions(account.person.id);
  getValue(await removePasskey(needs, passkey));
  if (account.session.passkeyId === passkey.id) {
    const ended = sessions.filter(({ passkeyId }) => passkeyId === passkey.id).map(({ uid }) => uid);
    await leaveSession(needs, ctx, { session: account.session, next: '/signed-out', ended });
    return;
  }
  redirectTo(ctx, '/account/security?done=passkey-removed');
}
