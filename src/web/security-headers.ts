// Headers of every response. Nothing inline runs; a form may post to us and be sent on to the one address that this request was validated for:
// Chromium enforces `form-action` along the whole redirect chain.

import type { Context } from 'koa';

const policy = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'connect-src': ["'self'"],
  'font-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'img-src': ["'self'"],
  'require-trusted-types-for': ["'script'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'trusted-types': ["'none'"],
} as const;

type Policy = Readonly<Record<string, readonly string[]>>;

const header = 'Content-Security-Policy';

function toPolicyText(directives: Policy): string {
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ');
}

const policyText = toPolicyText(policy);

export function toSecurityHeaders(isSecure: boolean): Readonly<Record<string, string>> {
  return {
    'Cache-Control': 'no-store',
    [header]: policyText,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    ...(isSecure ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

export function setSecurityHeaders(ctx: Context, isSecure: boolean): void {
  ctx.set({ ...toSecurityHeaders(isSecure) });
}

/** Lets the page's form be answered by a redirect to this URI. The rest of the policy stays, the engine's digest of its own script included. */
export function allowFormTarget(ctx: Context, uri: string | undefined): void {
  if (uri === undefined || !URL.canParse(uri)) {
    return;
  }
  const url = new URL(uri);
  const source = url.origin === 'null' ? url.protocol : url.origin;
  ctx.set(
    header,
    ctx.response.get(header).replace(/form-action [^;]*/, () => `form-action 'self' ${source}`),
  );
}

/** SHA-256 of the one style sheet and the one script that stand inside a page, base64. */
export type InlineDigests = { readonly style: string; readonly script: string };

function toInlinePolicy({ style, script }: InlineDigests): Policy {
  return { ...policy, 'font-src': ['data:'], 'script-src': [`'sha256-${script}'`], 'style-src': [`'sha256-${style}'`] };
}

/** Lets exactly these two texts stand inside the page, and no file instead of them; its fonts stand inside the style (ADR-0025). */
export function allowInline(ctx: Context, digests: InlineDigests): void {
  ctx.set(header, toPolicyText(toInlinePolicy(digests)));
}

/** The same for a meta element, where a copy on a disk finds it. Framing can be refused in a header only; a copy has nowhere to post to. */
export function toFilePolicy(digests: InlineDigests): string {
  const { 'frame-ancestors': _, ...directives } = toInlinePolicy(digests);
  return toPolicyText({ ...directives, 'form-action': ["'none'"] });
}

/**
 * After the end of a sign-in nothing of it stays in the browser, whoever comes next (Clear Site Data): pages that were kept for the way back, and what a
 * script might have stored. Not the cookies: the session's is cleared by itself, and a desk of staff in the same browser has its own.
 */
export function clearSiteData(ctx: Context): void {
  ctx.set('Clear-Site-Data', '"cache", "storage"');
}

/** On a computer that others use: everything, every cookie included. */
export function clearEverything(ctx: Context): void {
  ctx.set('Clear-Site-Data', '"cache", "cookies", "storage"');
}
