// Adding a passkey: only within five minutes of a ceremony, so that a stolen session cannot plant a key.

import type { Context } from 'koa';
import { getValue } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { levelNames } from '../../domain/kernel/levels.ts';
import { beginRegistration } from '../../domain/passkeys/begin-registration.ts';
import { finishRegistration } from '../../domain/passkeys/finish-registration.ts';
import type { Registering } from '../../domain/passkeys/find-registrant.ts';
import { readCeremonyAnswer, readDevice } from '../ceremony-answer.ts';
import { toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { assertOwnComputer, getFreshAccount } from './own-passkeys.ts';
import { sendSecurityPage } from './show-security.ts';

/** Bound to session and person: begun in one and finished in another, also after an account was switched in the same browser, it is refused (WA-21). */
export function toRegistering({ session, person }: Account): Extract<Registering, { readonly purpose: 'add-passkey' }> {
  const binding = toDigest(`add-passkey:${session.uid}:${person.id}`);
  const ceiling = session.acr === levelNames.high ? 'high' : 'substantial';
  return { purpose: 'add-passkey', personId: person.id, sessionUid: session.uid, binding, ceiling };
}

/** The place "security" with the ceremony in it: who comes here has just signed in. */
export async function showPasskeys(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account !== undefined) {
    await sendSecurityPage(needs, ctx, account);
  }
}

async function getAdder(needs: PageNeeds, ctx: Context): Promise<Account> {
  const account = await getFreshAccount(needs, ctx, ctx.get('x-huwiya-token'));
  assertOwnComputer(account);
  return account;
}

export async function beginPasskey(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await getAdder(needs, ctx);
  ctx.body = getValue(await beginRegistration(needs, toRegistering(account), toFullName(account.data, account.language)));
}

export async function finishPasskey(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await getAdder(needs, ctx);
  getValue(await finishRegistration(needs, { ...toRegistering(account), device: readDevice(ctx) }, await readCeremonyAnswer(ctx)));
  ctx.body = { next: '/account/passkeys?done=passkey-added' };
}
