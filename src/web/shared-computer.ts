// On a computer that others use (ADR-0043): a session that its person called shared carries a band on every page, hides who is signed in, and ends with one
// press, after which nothing of this site stays in the browser.

import type { Context } from 'koa';
import type { PersonSession } from '../oidc/person-session.ts';
import { toMasked } from '../../views/mask.ts';
import type { FormTarget } from '../../views/models.ts';
import { findField, readForm } from './body.ts';
import { forgetCookies } from './browser-cookies.ts';
import { assertSameSite } from './cross-site.ts';
import { keepEnded } from './ended-cookie.ts';
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
  return createFrame(needs, ctx, { ...asked, finish: toFinish(needs, await findBehind(needs, ctx)) });
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

/**
 * Ends the session for every service and has the browser forget this site. Yields the next page with the language of this one, which no cookie tells any more.
 * `next` is a path of ours.
 */
async function leaveNothing(needs: PageNeeds, ctx: Context, next: string): Promise<string> {
  const { language } = createFrame(needs, ctx);
  await needs.engine.sessions.endSession(ctx);
  forgetBrowser(needs, ctx);
  return `${next}${next.includes('?') ? '&' : '?'}ui_locales=${language}`;
}

type Leaving = {
  readonly session: Shareable;
  /** A path of ours. */
  readonly next: string;
  /** Sessions whose services the next page may name, where nobody else uses this computer. */
  readonly ended: readonly string[];
};

/** The end of the session of this browser, whatever ended it: its cookie goes, and on a computer that others use everything else. */
export async function leaveSession(needs: PageNeeds, ctx: Context, { session, next, ended }: Leaving): Promise<void> {
  if (session.isShared) {
    redirectTo(ctx, await leaveNothing(needs, ctx, next));
    return;
  }
  await needs.engine.sessions.endSession(ctx);
  clearSiteData(ctx);
  if (ended.length > 0) {
    keepEnded(needs, ctx, ended);
  }
  redirectTo(ctx, next);
}

/** The session that a page for everybody stands in front of, before an act there that may end it. */
export async function findBehind({ engine: { sessions } }: PageNeeds, ctx: Context): Promise<Shareable | undefined> {
  return sessions.bringsSession(ctx) ? sessions.findSession(ctx) : undefined;
}

/** After that act. Yields the next page; where the session has ended, and others use this computer, nothing of it stays. */
export async function leaveBehind(
  needs: PageNeeds,
  ctx: Context,
  { behind, next }: { readonly behind: Shareable | undefined; readonly next: string },
): Promise<string> {
  const isOver = behind?.isShared === true && (await findBehind(needs, ctx)) === undefined;
  return isOver ? leaveNothing(needs, ctx, next) : next;
}

/** Pressed twice, or after the session ended by itself: the person finds done what they wanted. */
export async function submitFinish(needs: PageNeeds, ctx: Context): Promise<void> {
  assertSameSite(ctx, needs.issuer);
  const token = findField(await readForm(ctx), 'token');
  const session = await needs.engine.sessions.findSession(ctx);
  if (session !== undefined && !isFormToken(needs.formKey, bindingOf(session), token)) {
    throw new Fault('request/form-outdated', 'form token does not belong to this session');
  }
  redirectTo(ctx, await leaveNothing(needs, ctx, '/signed-out'));
}
