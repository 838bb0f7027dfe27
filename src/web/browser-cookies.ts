// The cookies of our own pages towards people, each by its name: what is set anywhere is forgotten on a computer that others use. The engine's end with its
// session; a desk of staff in the same browser has its own.

import type { Context } from 'koa';

type CookieNeeds = { readonly isSecure: boolean };

const names = ['lang', 'ended', 'spare', 'unfreeze'] as const;

export type BrowserCookie = (typeof names)[number];

/** The prefix keeps a neighbouring host from setting it (RFC 6265bis §4.1.3.2); it needs https. */
export const toCookieName = ({ isSecure }: CookieNeeds, name: BrowserCookie): string => `${isSecure ? '__Host-' : ''}${name}`;

export type CookieLife = { readonly sameSite: 'strict' | 'lax'; readonly maxAge?: number };

/** `null` takes it away. No script reads it, and without `maxAge` it goes with the browser's window. */
export function setCookie(
  { isSecure }: CookieNeeds,
  ctx: Context,
  { name, value, ...life }: CookieLife & { readonly name: BrowserCookie; readonly value: string | null },
): void {
  ctx.cookies.set(toCookieName({ isSecure }, name), value, { signed: false, httpOnly: true, secure: isSecure, path: '/', ...life });
}

/** Not every browser knows the header that clears them all. */
export function forgetCookies(needs: CookieNeeds, ctx: Context, kept?: BrowserCookie): void {
  for (const name of names.filter((known) => known !== kept)) {
    setCookie(needs, ctx, { name, value: null, sameSite: 'strict' });
  }
}
