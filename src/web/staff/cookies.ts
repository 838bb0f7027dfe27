// The two cookies of staff: the session, and before it the secret that ties a sign-in to the browser in which its page was opened. Both end with the
// browser, are never sent along from another site, and are no cookie of the engine's.

import type { Context } from 'koa';
import { createToken, isToken } from '../../domain/kernel/ids.ts';
import type { PageNeeds } from '../needs.ts';

type CookieNeeds = Pick<PageNeeds, 'isSecure'>;

const names = { session: 'staff', 'sign-in': 'staff-sign-in' } as const;
type Kind = keyof typeof names;

// The prefix keeps a neighbouring host from setting it (RFC 6265bis §4.1.3.2); it needs https.
const toName = (needs: CookieNeeds, kind: Kind): string => `${needs.isSecure ? '__Host-' : ''}${names[kind]}`;

/** For the description of the auditor's interface. */
export const toSessionCookieName = (needs: CookieNeeds): string => toName(needs, 'session');

export function findCookie(needs: CookieNeeds, ctx: Context, kind: Kind): string | undefined {
  const value = ctx.cookies.get(toName(needs, kind));
  return value !== undefined && isToken(value) ? value : undefined;
}

/** `null` takes it away. */
export function setCookie(needs: CookieNeeds, ctx: Context, { kind, value }: { readonly kind: Kind; readonly value: string | null }): void {
  ctx.cookies.set(toName(needs, kind), value, { signed: false, httpOnly: true, sameSite: 'strict', secure: needs.isSecure, path: '/' });
}

/** The secret of this browser's sign-in; a page opened twice shares it. */
export function keepSignInSecret(needs: Pick<PageNeeds, 'isSecure' | 'random'>, ctx: Context): string {
  const known = findCookie(needs, ctx, 'sign-in');
  if (known !== undefined) {
    return known;
  }
  const secret = createToken(needs.random);
  setCookie(needs, ctx, { kind: 'sign-in', value: secret });
  return secret;
}
