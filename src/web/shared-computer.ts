// On a computer that others use (ADR-0043): a session that its person called shared carries a band on every page, hides who is signed in, and ends with one
// press, after which nothing of this site stays in the browser.

import type { Context } from 'koa';
import type { PersonSession } from '../oidc/person-session.ts';
import { toMasked } from '../../views/mask.ts';
import type { FormTarget } from '../../views/models.ts';
import { findField, readForm } from './body.ts';
import { forgetCookies } from './browser-cookies.ts';
import { assertSameSite } from './cross-site.ts';
import { createFormToken, isFormToken } from './form-token.ts';
import { createFrame, redirectTo } from './frame.ts';
import type { FrameAsked, Framed } from './frame.ts';
import type { PageNeeds } from './needs.ts';
import { clearEverything, clearSiteData } from './security-headers.ts';
import { Fault } from '../domain/kernel/errors.ts';

type Shareable = Pick<PersonSession, 'uid' | 'isShared'>;

const bindingOf = (session: Shareable): string => `finish:${session.uid}`;

/** Null where nobody said that others use this computer. */
export function toFinish({ formKey }: Pick<PageNeeds, 'formKey'>, session: Shareable | undefined): FormTarget | null {
  return session?.isShared === true ? { action: '/finish', token: createFormToken(formKey, bindingOf(session)) } : null;
}

/** For pages that are the same for everybody but for the band: on a computer that others use, somebody may be signed in behind them. */
export async function createPublicFrame(needs: PageNeeds, ctx: Context, asked: Omit<FrameAsked, 'finish'> = {}): Promise<Framed> {
  const { sessions } = needs.engine;
  const session = sessions.bringsSession(ctx) ? await sessions.findSession(ctx) : undefined;
  return createFrame(needs, ctx, { ...asked, finish: toFinish(needs, session) });
}

/** A name that everybody in the room may see. */
export function toNameForRoom(name: string, session: Shareable): string {
  return session.isShared ? toMasked({ kind: 'name', text: name }) : name;
}

/** Everything of this site, the cookies that we know by name too. */
export function forgetBrowser(needs: Pick<PageNeeds, 'isSecure'>, ctx: Context): void {
  forgetCookies(needs, ctx);
  clearEverything(ctx);
}

/** Another person signed in and goes on: the cookies of their own way, and the language that they read, stay. */
export function forgetPersonBefore(needs: Pick<PageNeeds, 'isSecure'>, ctx: Context): void {
  forgetCookies(needs, ctx, 'lang');
  clearSiteData(ctx);
}

/** Ends the session for every service and has the browser forget this site. The next page is in the language of this one, which no cookie tells any more. */
export async function leaveNothing(needs: PageNeeds, ctx: Context, next = '/signed-out'): Promise<void> {
  const { language } = createFrame(needs, ctx);
  await needs.engine.sessions.endSession(ctx);
  forgetBrowser(needs, ctx);
  redirectTo(ctx, `${next}?ui_locales=${language}`);
}

/** Pressed twice, or after the session ended by itself: the person finds done what they wanted. */
export async function submitFinish(needs: PageNeeds, ctx: Context): Promise<void> {
  assertSameSite(ctx, needs.issuer);
  const token = findField(await readForm(ctx), 'token');
  const session = await needs.engine.sessions.findSession(ctx);
  if (session !== undefined && !isFormToken(needs.formKey, bindingOf(session), token)) {
    throw new Fault('request/form-outdated', 'form token does not belong to this session');
  }
  await leaveNothing(needs, ctx);
}
