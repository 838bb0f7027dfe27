// The door of every desk: the same page whoever opens it, in the place of the page that was wanted. What the passkey does not open gets one answer.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { findOpenSession } from '../../domain/staff/open-session.ts';
import { beginOfficerSignIn, finishOfficerSignIn } from '../../domain/staff/sign-in.ts';
import { signOut } from '../../domain/staff/sign-out.ts';
import { renderStaffSignInPage } from '../../../views/staff-sign-in.ts';
import { readCeremonyAnswer } from '../ceremony-answer.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { createFrame, sendPage } from '../frame.ts';
import { countBegunOf, countFailedCeremony, countFinishedOf } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import { findCookie, keepSignInSecret, setCookie } from './cookies.ts';

const formOf = (secret: string): string => `staff-sign-in:${secret}`;
const bindingOf = (secret: string): string => toDigest(formOf(secret));

const deskPages = /^\/(?:audit|office)(?:[/?][\x21-\x7E]*)?$/;

/** The page that was wanted; an address that is no page of a desk leads to the first one. */
function toWanted(address: string): string {
  return deskPages.test(address) && !address.includes('\\') ? address : '/audit';
}

export function showStaffSignIn(needs: PageNeeds, ctx: Context): void {
  const { frame } = createFrame(needs, ctx);
  const query = new URLSearchParams(ctx.querystring);
  query.delete('lang');
  const wanted = `${ctx.path}${query.size === 0 ? '' : '?'}${query.toString()}`;
  const page = renderStaffSignInPage(frame, {
    ceremony: {
      optionsUrl: '/staff/sign-in/options',
      verifyUrl: `/staff/sign-in/verify?${new URLSearchParams({ wanted }).toString()}`,
      token: createFormToken(needs.formKey, formOf(keepSignInSecret(needs, ctx))),
    },
    accountUrl: '/account',
  });
  sendPage(ctx, page);
}

function getSecret(needs: PageNeeds, ctx: Context): string {
  assertSameSite(ctx, needs.issuer);
  const secret = findCookie(needs, ctx, 'sign-in');
  if (secret === undefined) {
    throw new Fault('interaction/expired', 'this browser has no sign-in of staff under way');
  }
  if (!isFormToken(needs.formKey, formOf(secret), ctx.get('x-huwiya-token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this sign-in');
  }
  return secret;
}

export async function beginStaffSignIn(needs: PageNeeds, ctx: Context): Promise<void> {
  const binding = bindingOf(getSecret(needs, ctx));
  countBegunOf(needs, ctx, { rule: 'ceremony', occasion: binding });
  ctx.body = await beginOfficerSignIn(needs, binding);
}

export async function finishStaffSignIn(needs: PageNeeds, ctx: Context): Promise<void> {
  const binding = bindingOf(getSecret(needs, ctx));
  const finished = await finishOfficerSignIn(needs, binding, await readCeremonyAnswer(ctx));
  if (!finished.ok) {
    // A passkey that opens a desk is never stopped (ADR-0081).
    await countFailedCeremony(needs, ctx, { occasion: binding, code: finished.code });
    throw new Fault(finished.code, finished.detail);
  }
  countFinishedOf(needs, ctx, { rule: 'ceremony', occasion: binding });
  const { token } = finished.value;
  // Whoever was signed in here before is signed out: two officers never share a browser unseen.
  const earlier = await findOpenSession(needs, findCookie(needs, ctx, 'session') ?? '');
  if (earlier !== undefined) {
    await signOut(needs, earlier);
  }
  setCookie(needs, ctx, { kind: 'session', value: token });
  setCookie(needs, ctx, { kind: 'sign-in', value: null });
  const wanted = ctx.query['wanted'];
  ctx.body = { next: toWanted(typeof wanted === 'string' ? wanted : '') };
}
