// Lifting the own freeze with a passkey. The frozen person cannot sign in, so this page has a ceremony of its own, bound to the browser in which it was opened.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import { createToken, isToken, toDigest } from '../../domain/kernel/ids.ts';
import { beginUnfreezeCeremony, finishUnfreezeCeremony } from '../../domain/protection/finish-unfreeze.ts';
import type { Unfroze } from '../../domain/protection/finish-unfreeze.ts';
import { keepFrozen } from '../../domain/protection/keep-frozen.ts';
import { toDelayHours } from '../../domain/protection/unfreeze-delay.ts';
import {
  renderUnfreezeCounterPage,
  renderUnfreezeOrderedPage,
  renderUnfreezePage,
  renderUnfreezeWaitsPage,
} from '../../../views/unfreeze.ts';
import { findField, readForm } from '../body.ts';
import { setCookie, toCookieName } from '../browser-cookies.ts';
import { readCeremonyAnswer } from '../ceremony-answer.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { redirectTo, sendPage } from '../frame.ts';
import { countBegunOf, countFailedCeremony, countFinishedOf } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';

const url = '/unfreeze';

function findSecret(needs: PageNeeds, ctx: Context): string | undefined {
  const value = ctx.cookies.get(toCookieName(needs, 'unfreeze'));
  return value !== undefined && isToken(value) ? value : undefined;
}

function keepSecret(needs: PageNeeds, ctx: Context): string {
  const secret = findSecret(needs, ctx) ?? createToken(needs.random);
  setCookie(needs, ctx, { name: 'unfreeze', value: secret, sameSite: 'strict' });
  return secret;
}

const formOf = (secret: string): string => `unfreeze:${secret}`;

export async function showUnfreeze(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx);
  const token = createFormToken(needs.formKey, formOf(keepSecret(needs, ctx)));
  const ceremony = { optionsUrl: `${url}/options`, verifyUrl: `${url}/verify`, token };
  sendPage(ctx, renderUnfreezePage(frame, { ceremony, delayHours: toDelayHours(needs) }));
}

function getBinding(needs: PageNeeds, ctx: Context): string {
  assertSameSite(ctx, needs.issuer);
  const secret = findSecret(needs, ctx);
  if (secret === undefined || !isFormToken(needs.formKey, formOf(secret), ctx.get('x-huwiya-token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this browser');
  }
  return toDigest(formOf(secret));
}

export async function beginUnfreezeStep(needs: PageNeeds, ctx: Context): Promise<void> {
  const binding = getBinding(needs, ctx);
  countBegunOf(needs, ctx, { rule: 'ceremony', occasion: binding });
  ctx.body = await beginUnfreezeCeremony(needs, binding);
}

const dueBinding = (freezeId: string, dueAt: string): string => `unfreeze-due:${freezeId}:${dueAt}`;
const stopBinding = (freezeId: string): string => `unfreeze-stop:${freezeId}`;

function toNext(needs: PageNeeds, unfroze: Unfroze): string {
  switch (unfroze.next) {
    case 'open':
      return '/account';
    case 'waits': {
      const { freezeId: freeze, dueAt } = unfroze;
      const at = String(dueAt);
      return `${url}/waits?${new URLSearchParams({ at, freeze, mark: createFormToken(needs.formKey, dueBinding(freeze, at)) }).toString()}`;
    }
    case 'counter':
    case 'ordered':
      return `${url}/${unfroze.next}`;
  }
}

/** One answer outside for every passkey that opens nothing. */
export async function finishUnfreezeStep(needs: PageNeeds, ctx: Context): Promise<void> {
  const binding = getBinding(needs, ctx);
  const finished = await finishUnfreezeCeremony(needs, binding, await readCeremonyAnswer(ctx));
  if (!finished.ok) {
    await countFailedCeremony(needs, ctx, { occasion: binding, code: finished.code });
    throw new Fault(finished.code === 'passkey/unknown' ? 'passkey/refused' : finished.code, finished.detail);
  }
  countFinishedOf(needs, ctx, { rule: 'ceremony', occasion: binding });
  ctx.body = { next: toNext(needs, finished.value) };
}

/** A time that this server did not give out is shown to nobody. */
export async function showUnfreezeWaits(needs: PageNeeds, ctx: Context): Promise<void> {
  const [at, freeze, mark] = [ctx.query['at'], ctx.query['freeze'], ctx.query['mark']].map((value) =>
    typeof value === 'string' ? value : '',
  );
  if (at === undefined || freeze === undefined || !isFormToken(needs.formKey, dueBinding(freeze, at), mark)) {
    throw new Fault('request/not-found', 'no such time was given out');
  }
  const form = { action: `${url}/stop`, token: createFormToken(needs.formKey, stopBinding(freeze)) };
  sendPage(ctx, renderUnfreezeWaitsPage((await createPublicFrame(needs, ctx)).frame, { dueAt: Number(at), freeze, form }));
}

/** Asks for nothing: it only keeps closed what is closed. */
export async function submitUnfreezeStop(needs: PageNeeds, ctx: Context): Promise<void> {
  assertSameSite(ctx, needs.issuer);
  const form = await readForm(ctx);
  const freeze = findField(form, 'freeze') ?? '';
  if (!isFormToken(needs.formKey, stopBinding(freeze), findField(form, 'token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this freeze');
  }
  await keepFrozen(needs, freeze);
  redirectTo(ctx, '/frozen');
}

export async function showUnfreezeCounter(needs: PageNeeds, ctx: Context): Promise<void> {
  sendPage(ctx, renderUnfreezeCounterPage((await createPublicFrame(needs, ctx)).frame, { delayHours: toDelayHours(needs) }));
}

export async function showUnfreezeOrdered(needs: PageNeeds, ctx: Context): Promise<void> {
  sendPage(ctx, renderUnfreezeOrderedPage((await createPublicFrame(needs, ctx)).frame));
}
