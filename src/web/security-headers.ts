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

const header = 'Content-Security-Policy';
const policyText = Object.entries(policy)
  .map(([name, values]) => [name, ...values].join(' '))
  .join('; ');

export function setSecurityHeaders(ctx: Context, isSecure: boolean): void {
  ctx.set({
    'Cache-Control': 'no-store',
    [header]: policyText,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  });
  if (isSecure) {
    ctx.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
  }
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
