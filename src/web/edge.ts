// The first thing every request meets: its host must be the issuer's, because endpoints and audiences are derived from it (security finding M3).

import type { Context, Next } from 'koa';
import { Fault } from '../domain/kernel/errors.ts';
import { setSecurityHeaders } from './security-headers.ts';

export type EdgeNeeds = { readonly issuer: string; readonly isSecure: boolean; readonly trustedHops: number };

function assertHost(ctx: Context, needs: EdgeNeeds, expected: string): void {
  const hosts = ctx.req.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length !== 1 || ctx.req.headers.host !== expected) {
    throw new Fault('request/wrong-host', 'host is not that of the issuer');
  }
  // RFC 9112 §3.2.2: a target in absolute form names a host of its own, which the engine would believe.
  if (!(ctx.req.url ?? '').startsWith('/')) {
    throw new Fault('request/wrong-host', 'the target is not a path');
  }
  const forwarded = ctx.get('x-forwarded-host');
  if (needs.trustedHops > 0 && forwarded !== '' && forwarded !== expected) {
    throw new Fault('request/wrong-host', 'forwarded host is not that of the issuer');
  }
}

// What a browser is sent to, and nothing else: the engine would answer HEAD as GET, with all its effects.
const browserPaths = /^\/(?:auth|session\/end)(?:\/|$)/;

function assertMethod(ctx: Context): void {
  if (browserPaths.test(ctx.path) && ctx.method !== 'GET' && ctx.method !== 'POST') {
    ctx.set('Allow', 'GET, POST');
    throw new Fault('request/method', 'this address knows GET and POST');
  }
}

export function createEdge(needs: EdgeNeeds) {
  const { host } = new URL(needs.issuer);
  return async (ctx: Context, next: Next): Promise<void> => {
    setSecurityHeaders(ctx, needs.isSecure);
    assertHost(ctx, needs, host);
    assertMethod(ctx);
    await next();
  };
}
