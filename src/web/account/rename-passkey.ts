// The person's own name for a passkey. It opens no door and only they see it, so the session is enough.

import type { Context } from 'koa';
import { getValue } from '../../domain/kernel/errors.ts';
import { renamePasskey } from '../../domain/passkeys/rename-passkey.ts';
import { renderPasskeyNamePage } from '../../../views/passkey-name.ts';
import type { PasskeyNamePage } from '../../../views/passkey-model.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getAccountForPost, openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { getNamedPasskey, readPasskeys } from './own-passkeys.ts';
import type { OwnPasskey } from './own-passkeys.ts';

type Typed = Pick<PasskeyNamePage, 'given' | 'isWrong'>;

function sendNamePage(ctx: Context, account: Account, { own, given, isWrong }: Typed & { readonly own: OwnPasskey }): void {
  const form = { action: `/account/passkeys/${own.handle}/name`, token: account.token };
  const page = renderPasskeyNamePage(account.frame, { passkey: own.shown, form, given, isWrong, securityUrl: '/account/security' });
  sendPage(ctx, page, isWrong ? 400 : 200);
}

export async function showPasskeyName(needs: PageNeeds, ctx: Context, handle: string): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account !== undefined) {
    const own = getNamedPasskey(await readPasskeys(needs, account), handle);
    sendNamePage(ctx, account, { own, given: own.shown.name ?? '', isWrong: false });
  }
}

export async function submitPasskeyName(needs: PageNeeds, ctx: Context, handle: string): Promise<void> {
  const form = await readForm(ctx);
  const account = await getAccountForPost(needs, ctx, findField(form, 'token') ?? '');
  const own = getNamedPasskey(await readPasskeys(needs, account), handle);
  const given = findField(form, 'name') ?? '';
  const renamed = await renamePasskey(needs, { person: account.person, passkeyId: own.passkey.id, name: given });
  if (!renamed.ok && renamed.code === 'passkey/name-not-accepted') {
    sendNamePage(ctx, account, { own, given, isWrong: true });
    return;
  }
  getValue(renamed);
  redirectTo(ctx, '/account/security?done=passkey-renamed');
}
