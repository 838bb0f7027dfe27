// What the engine could not answer through no fault of the program that asked: it says `server_error` to all of it and keeps the reason to itself. Here the reason goes on
// to whoever answers for this node, so that a database that is away is a 503 like everywhere else, and stands in the log.

import type { Context, Next } from 'koa';
import type { Provider } from 'oidc-provider';

/** MUST stand around the engine and inside the error boundary. A page was made by `renderError` already. */
export function passOnDefects(provider: Provider) {
  const defects = new WeakMap<object, Error>();
  provider.on('server_error', (ctx, defect) => {
    defects.set(ctx.req, defect);
  });
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const defect = defects.get(ctx.req);
    if (defect !== undefined && ctx.response.is('json') !== false) {
      throw defect;
    }
  };
}
