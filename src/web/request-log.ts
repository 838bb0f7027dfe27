// One line for each request that a page or the protocol answered: enough to follow what happened, and nothing by which a person could be known. An address
// is logged as the pattern it matched, because paths and queries carry tokens; a service only where it is one that is registered.

import type { Context, Next } from 'koa';
import { steadyClock } from '../domain/kernel/clock.ts';
import { getReference } from './reference.ts';
import type { WebNeeds } from './needs.ts';

const services = new WeakMap<object, string>();

/** For pages, whose service the engine does not name by itself. `clientId` MUST be that of a registered service. */
export function noteService(ctx: Pick<Context, 'req'>, clientId: string): void {
  services.set(ctx.req, clientId);
}

/** As a page noted it. */
export function findNotedService(ctx: Pick<Context, 'req'>): string | undefined {
  return services.get(ctx.req);
}

/** The pattern of the route that answered, ours or the engine's. */
export function findRoute(ctx: Context): string | undefined {
  const pattern: unknown = ctx['_matchedRoute'];
  return typeof pattern === 'string' ? pattern : undefined;
}

export type RequestLogNeeds = Pick<WebNeeds, 'log' | 'random' | 'assets'> & {
  /** The registered service that a request of the protocol came from, or is about. */
  readonly findClientId: (ctx: Context) => string | undefined;
};

export function createRequestLog(needs: RequestLogNeeds) {
  return async (ctx: Context, next: Next): Promise<void> => {
    if (needs.assets.byPath.has(ctx.path)) {
      await next();
      return;
    }
    const begunAt = steadyClock.now();
    const reference = getReference(ctx, needs.random);
    ctx.set('X-Request-Id', reference);
    await next();
    const clientId = services.get(ctx.req) ?? needs.findClientId(ctx);
    needs.log.write('info', 'answered', {
      reference,
      method: ctx.method,
      route: findRoute(ctx) ?? 'none',
      status: ctx.status,
      durationMs: Math.round((steadyClock.now() - begunAt) * 10) / 10,
      ...(clientId === undefined ? {} : { clientId }),
    });
  };
}
