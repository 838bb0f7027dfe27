// From a level code to a passkey of the level `high`: the person is signed in, has just used a passkey, and types what a registration officer handed to them. A
// device-bound passkey that they have is raised, or a new one is added; everything else of theirs stays as it is (ADR-0083).

import type { Context } from 'koa';
import { errorCatalogue, getValue } from '../../domain/kernel/errors.ts';
import type { Outcome } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { findOneTimeCode, toShownCode } from '../../domain/kernel/one-time-code.ts';
import { beginRegistration } from '../../domain/passkeys/begin-registration.ts';
import type { Registering } from '../../domain/passkeys/find-registrant.ts';
import { finishRegistration } from '../../domain/passkeys/finish-registration.ts';
import { findLevelCode } from '../../domain/passkeys/level-code.ts';
import { mostPasskeys } from '../../domain/passkeys/passkey.ts';
import { beginRaise, finishRaise, isRaisable } from '../../domain/passkeys/raise-passkey.ts';
import type { Raising } from '../../domain/passkeys/raise-passkey.ts';
import type { LevelCode } from '../../domain/passkeys/store.ts';
import { renderLevelCodePage, renderLevelPage } from '../../../views/level.ts';
import type { LevelCodePage } from '../../../views/level-model.ts';
import { findField, readForm, toTyped } from '../body.ts';
import { readCeremonyAnswer, readDevice } from '../ceremony-answer.ts';
import { redirectTo, sendPage, toFullName } from '../frame.ts';
import { takeTryOf } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { assertOwnComputer, assertSettled, getFreshAccount, readPasskeys } from './own-passkeys.ts';
import { toRegistering } from './passkeys.ts';

const counted = { rule: 'enrolment-code' } as const;
const done = '/account/security?done=level-reached';

type Asked = { readonly account: Account; readonly code: string };

/** As with every code: what leads to nothing counts against the address. */
async function findCode(needs: PageNeeds, ctx: Context, { account, code }: Asked): Promise<Outcome<LevelCode, 'level-code/refused'>> {
  const taken = await takeTryOf(needs, ctx, counted);
  const found = await findLevelCode(needs, { personId: account.person.id, code });
  if (found.ok) {
    await taken.giveBack();
  } else {
    taken.assertRoom();
  }
  return found;
}

function sendCodePage(ctx: Context, { frame, token }: Account, { error, typed }: Pick<LevelCodePage, 'error' | 'typed'>): void {
  const form = { action: '/account/level', token };
  sendPage(ctx, renderLevelCodePage(frame, { form, error, typed }), error === null ? 200 : errorCatalogue[error].status);
}

export async function showLevelCode(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account !== undefined) {
    sendCodePage(ctx, account, { error: null, typed: '' });
  }
}

export async function submitLevelCode(needs: PageNeeds, ctx: Context): Promise<void> {
  let typed = '';
  const account = await getFreshAccount(needs, ctx, async () => {
    const form = await readForm(ctx);
    typed = findField(form, 'code') ?? '';
    return findField(form, 'token');
  });
  const found = await findCode(needs, ctx, { account, code: typed });
  if (!found.ok) {
    sendCodePage(ctx, account, { error: found.code, typed: toTyped(typed) });
    return;
  }
  redirectTo(ctx, `/account/level/${toShownCode(findOneTimeCode(typed) ?? '')}`);
}

export async function showLevel(needs: PageNeeds, ctx: Context, code: string): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account === undefined) {
    return;
  }
  const { expiresAt } = getValue(await findCode(needs, ctx, { account, code }));
  const passkeys = await readPasskeys(needs, account);
  const raisable = passkeys.filter(({ passkey }) => isRaisable(passkey)).map(({ shown }) => shown);
  const base = `/account/level/${code}`;
  const { token } = account;
  const isNew = raisable.length === 0 || ctx.query['way'] === 'new';
  const page = renderLevelPage(account.frame, {
    expiresAt,
    raisable: isNew ? [] : raisable,
    ceremony: isNew
      ? { optionsUrl: `${base}/options`, verifyUrl: `${base}/verify`, token }
      : { optionsUrl: `${base}/raise/options`, verifyUrl: `${base}/raise/verify`, token },
    isFull: passkeys.length >= mostPasskeys,
    newUrl: isNew ? null : `${base}?way=new`,
  });
  sendPage(ctx, page);
}

/** A computer that others use keeps no key of anybody, and a passkey that somebody planted today raises none. */
async function getAsked(needs: PageNeeds, ctx: Context, code: string): Promise<Asked> {
  const account = await getFreshAccount(needs, ctx, ctx.get('x-huwiya-token'));
  assertOwnComputer(account);
  await assertSettled(needs, account);
  getValue(await findCode(needs, ctx, { account, code }));
  return { account, code };
}

function toAdding({ account, code }: Asked): Registering {
  return { ...toRegistering(account), code };
}

export async function beginLevelPasskey(needs: PageNeeds, ctx: Context, code: string): Promise<void> {
  const asked = await getAsked(needs, ctx, code);
  const { data, language } = asked.account;
  ctx.body = getValue(await beginRegistration(needs, toAdding(asked), toFullName(data, language)));
}

export async function finishLevelPasskey(needs: PageNeeds, ctx: Context, code: string): Promise<void> {
  const asked = await getAsked(needs, ctx, code);
  getValue(await finishRegistration(needs, { ...toAdding(asked), device: readDevice(ctx) }, await readCeremonyAnswer(ctx)));
  ctx.body = { next: done };
}

function toRaising({ account: { session, person }, code }: Asked): Raising {
  return { personId: person.id, sessionUid: session.uid, code, binding: toDigest(`raise-passkey:${session.uid}:${person.id}`) };
}

export async function beginRaiseStep(needs: PageNeeds, ctx: Context, code: string): Promise<void> {
  ctx.body = getValue(await beginRaise(needs, toRaising(await getAsked(needs, ctx, code))));
}

export async function finishRaiseStep(needs: PageNeeds, ctx: Context, code: string): Promise<void> {
  const asked = await getAsked(needs, ctx, code);
  getValue(await finishRaise(needs, toRaising(asked), await readCeremonyAnswer(ctx)));
  ctx.body = { next: done };
}
