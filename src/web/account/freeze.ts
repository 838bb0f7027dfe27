// Freezing from the own page: no new ceremony, because closing must be quick. A printed code needs one, because a thief must not hold the newer sheet.

import type { Context } from 'koa';
import { toShownCode } from '../../domain/kernel/one-time-code.ts';
import { freezePerson } from '../../domain/protection/freeze-person.ts';
import { mayLift } from '../../domain/protection/finish-unfreeze.ts';
import { toDelayHours } from '../../domain/protection/unfreeze-delay.ts';
import { makeFreezeCode } from '../../domain/protection/make-freeze-code.ts';
import { renderFreezePage, renderFreezeSheet, renderMakeCodePage } from '../../../views/freeze.ts';
import type { FreezePage } from '../../../views/protection-model.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { leaveSession } from '../shared-computer.ts';
import { getAccountForPost, isStale, openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { assertOwnComputer } from './own-passkeys.ts';

const url = '/account/freeze';
const codeUrl = `${url}/code`;
const securityUrl = '/account/security';

async function toPage(needs: PageNeeds, { person, token }: Account, action: string): Promise<FreezePage> {
  const codeMadeAt = (await needs.protection.findCodeMadeAt(person.id)) ?? null;
  const now = needs.clock.now();
  const passkeys = await needs.passkeys.listPasskeys(person.id);
  const hasHigh = (await Promise.all(passkeys.map(async (passkey) => mayLift(needs, passkey, now)))).includes(true);
  return { form: { action, token }, codeUrl, codeMadeAt, securityUrl, hasHigh, delayHours: toDelayHours(needs) };
}

export async function showFreeze(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account !== undefined) {
    sendPage(ctx, renderFreezePage(account.frame, await toPage(needs, account, url)));
  }
}

/** Pressed twice: the second one has no session any more, and finds done what was wanted. */
export async function submitFreeze(needs: PageNeeds, ctx: Context): Promise<void> {
  const { person, session } = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  await freezePerson(needs, { personId: person.id, how: 'session', authority: 'own', actor: { kind: 'person', ref: null } });
  await leaveSession(needs, ctx, { session, next: '/frozen', ended: [] });
}

export async function showFreezeCode(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account !== undefined) {
    assertOwnComputer(account);
    sendPage(ctx, renderMakeCodePage(account.frame, await toPage(needs, account, codeUrl)));
  }
}

export async function submitFreezeCode(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  assertOwnComputer(account);
  if (isStale(needs, account.session)) {
    // The page itself asks for the passkey.
    redirectTo(ctx, codeUrl);
    return;
  }
  const code = toShownCode(await makeFreezeCode({ ...needs, lookupKey: needs.declaring.lookupKey }, account.person.id));
  const otherTexts = needs.texts[account.language === 'ar' ? 'en' : 'ar'];
  const sheet = { code, url: `${needs.issuer}/freeze`, madeAt: needs.clock.now(), backUrl: securityUrl };
  sendPage(ctx, renderFreezeSheet(account.frame, sheet, otherTexts));
}
