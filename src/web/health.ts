// Liveness says that the process answers; readiness that it can do its work. Neither depends on the host name: probes come by address.

import type { Context, Next } from 'koa';
import type { WebNeeds } from './needs.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** Said to whoever looks, and no reason to take a node out: the others keep the same log. */
function toNotes({ witnessing }: Pick<WebNeeds, 'witnessing'>): { readonly notes?: { readonly witnesses: 'contradicted' } } {
  const isContradicted = witnessing?.reports().some(({ state }) => state === 'contradicted' || state === 'ahead') ?? false;
  return isContradicted ? { notes: { witnesses: 'contradicted' } } : {};
}

async function sendReadiness(needs: Pick<WebNeeds, 'findReadiness' | 'witnessing'>, ctx: Context): Promise<void> {
  const checks = Object.entries(await needs.findReadiness());
  const isReady = checks.every(([, holds]) => holds);
  ctx.status = isReady ? 200 : 503;
  ctx.body = {
    status: isReady ? 'ok' : 'unavailable',
    checks: Object.fromEntries(checks.map(([name, holds]) => [name, holds ? 'ok' : 'failed'])),
    ...toNotes(needs),
  };
}

export function createHealth(needs: Pick<WebNeeds, 'findReadiness' | 'isSecure' | 'witnessing'>) {
  return async (ctx: Context, next: Next): Promise<void> => {
    if (ctx.path === '/healthz') {
      setSecurityHeaders(ctx, needs.isSecure);
      ctx.body = { status: 'ok' };
    } else if (ctx.path === '/readyz') {
      setSecurityHeaders(ctx, needs.isSecure);
      await sendReadiness(needs, ctx);
    } else {
      await next();
    }
  };
}
