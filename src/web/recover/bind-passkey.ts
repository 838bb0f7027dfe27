// The new passkey, by a one-time code. Opening the page changes nothing; only the finished ceremony does.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { beginBinding, findBinding, finishBinding } from '../../domain/recovery/bind-passkey.ts';
import type { Binding } from '../../domain/recovery/bind-passkey.ts';
import { renderRecoveryBindPage, renderRecoveryDonePage } from '../../../views/recovery-steps.ts';
import { readCeremonyAnswer } from '../ceremony-answer.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { createFrame, sendPage, toFullName, toGivenName, toNumberEnding } from '../frame.ts';
import { getRight, takeTryOf } from '../limits.ts';
import { findNamedLocales } from '../language.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame, findBehind, leaveBehind } from '../shared-computer.ts';
import { toRecoveryNeeds } from './recovery-needs.ts';
import { recoverPlaces } from './show-recover.ts';

/** A code is looked at only where there is room for one more wrong one. */
async function getBinding(needs: PageNeeds, ctx: Context, code: string): Promise<Binding> {
  const taken = await takeTryOf(needs, ctx, { rule: 'recovery-code' });
  return getRight(taken, await findBinding(toRecoveryNeeds(needs), code));
}

const formOf = (digest: string): string => `recover:${digest}`;

export async function showBinding(needs: PageNeeds, ctx: Context, code: string): Promise<void> {
  const { person, digest, until } = await getBinding(needs, ctx, code);
  const { frame, language } = await createPublicFrame(needs, ctx, { saved: person.language });
  const data = needs.openData(person);
  const base = `/recover/passkey/${encodeURIComponent(code)}`;
  const page = renderRecoveryBindPage(frame, {
    givenName: toGivenName(data, language),
    fullName: toFullName(data, language),
    numberEnding: toNumberEnding(data),
    until,
    ceremony: { optionsUrl: `${base}/options`, verifyUrl: `${base}/verify`, token: createFormToken(needs.formKey, formOf(digest)) },
  });
  sendPage(ctx, page);
}

async function getBindingForPost(needs: PageNeeds, ctx: Context, code: string): Promise<Binding> {
  assertSameSite(ctx, needs.issuer);
  const binding = await getBinding(needs, ctx, code);
  if (!isFormToken(needs.formKey, formOf(binding.digest), ctx.get('x-huwiya-token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this code');
  }
  return binding;
}

export async function beginBindingStep(needs: PageNeeds, ctx: Context, code: string): Promise<void> {
  const binding = await getBindingForPost(needs, ctx, code);
  const { language } = createFrame(needs, ctx, { saved: binding.person.language });
  ctx.body = await beginBinding(toRecoveryNeeds(needs), binding, toFullName(needs.openData(binding.person), language));
}

export async function finishBindingStep(needs: PageNeeds, ctx: Context, code: string): Promise<void> {
  const binding = await getBindingForPost(needs, ctx, code);
  const behind = await findBehind(needs, ctx);
  const { way } = getValue(await finishBinding(toRecoveryNeeds(needs), binding, await readCeremonyAnswer(ctx)));
  ctx.body = { next: await leaveBehind(needs, ctx, { behind, next: `${recoverPlaces.done}?way=${way}` }) };
}

export async function showRecovered(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx, { uiLocales: findNamedLocales(ctx) });
  const way = ctx.query['way'] === 'counter' ? 'counter' : 'waiting';
  sendPage(ctx, renderRecoveryDonePage(frame, { accountUrl: '/account/passkeys', way }));
}
