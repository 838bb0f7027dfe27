// Liveness says that the process answers; readiness that it can do its work. Neither depends on the host name: probes come by address.

import type { Context, Next } from 'koa';
import type { WebNeeds } from './needs.ts';
import { setSecurityHeaders } from './security-headers.ts';

export function createHealth(needs: Pick<WebNeeds, 'isReady' | 'isSecure'>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    setSecurityHeaders(ctx, needs.isSecure);
    if (ctx.path === '/healthz') {
      ctx.body = { status: 'ok' };
    } else if (ctx.path === '/readyz') {
      const isReady = await needs.isReady();
      ctx.status = isReady ? 200 : 503;
      ctx.body = { status: isReady ? 'ok' : 'unavailable' };
    } else {
      await next();
    }
  };
}
