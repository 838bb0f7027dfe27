// The person's passkeys, and adding one: only within five minutes of a ceremony, so that a stolen session cannot plant a key.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { beginRegistration } from '../../domain/passkeys/begin-registration.ts';
import { finishRegistration } from '../../domain/passkeys/finish-registration.ts';
import type { Registering } from '../../domain/passkeys/find-registrant.ts';
import { readCeremonyAnswer } from '../ceremony-answer.ts';
import { toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getAccountForPost, isStale, openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { sendSecurityPage } from './show-security.ts';

function toRegistering(account: Account): Registering {
  return { purpose: 'add-passkey', personId: account.person.id, binding: toDigest(`session:${account.session.uid}`) };
}

async function getFreshAccount(needs: PageNeeds, ctx: Context): Promise<Account> {
  const account = await getAccountForPost(needs, ctx, ctx.get('x-huwiya-token'));
  if (isStale(needs, account.session)) {
    throw new Fault('session/ended', 'the last ceremony is older than five minutes');
  }
  return account;
}

/** The place "security" with the ceremony in it: who comes here has just signed in. */
export async function showPasskeys(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account !== undefined) {
    await sendSecurityPage(needs, ctx, account);
  }
}

export async function beginPasskey(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await getFreshAccount(needs, ctx);
  ctx.body = getValue(await beginRegistration(needs, toRegistering(account), toFullName(account.data, account.language)));
}

export async function finishPasskey(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await getFreshAccount(needs, ctx);
  getValue(await finishRegistration(needs, toRegistering(account), await readCeremonyAnswer(ctx)));
  ctx.body = { next: '/account/passkeys?added=yes' };
}
