// For five minutes the browser in which somebody signed out may see which services were told, and no other one: a cookie names the ended sessions, under our
// own mark. A session's name opens nothing after its end. Short, because the next person at a shared computer has the same browser.

import type { Context } from 'koa';
import { setCookie, toCookieName } from './browser-cookies.ts';
import { createFormToken, isFormToken } from './form-token.ts';
import type { WebNeeds } from './needs.ts';

type CookieNeeds = Pick<WebNeeds, 'isSecure' | 'formKey' | 'clock'>;

const lifeMs = 5 * 60 * 1000;

/** A cookie has room for these, and nobody reads a longer list. */
const mostSessions = 20;

const bindingOf = (named: string): string => `ended:${named}`;

export function keepEnded(needs: CookieNeeds, ctx: Context, sessionUids: readonly string[]): void {
  const named = [String(needs.clock.now() + lifeMs), ...sessionUids.slice(0, mostSessions)].join('~');
  const value = `${named}.${createFormToken(needs.formKey, bindingOf(named))}`;
  setCookie(needs, ctx, { name: 'ended', value, sameSite: 'strict' });
}

/** None for a browser that has nothing, too old a thing, or something that is not ours. */
export function findEnded(needs: CookieNeeds, ctx: Context): readonly string[] {
  const [named = '', mark] = (ctx.cookies.get(toCookieName(needs, 'ended')) ?? '').split('.');
  const [until, ...sessionUids] = named.split('~');
  const isOurs = isFormToken(needs.formKey, bindingOf(named), mark);
  return isOurs && Number(until) > needs.clock.now() ? sessionUids : [];
}
