import type { Context } from 'koa';

/** The case in an address that names something of it. */
export function toCaseId(ctx: Pick<Context, 'path'>): string {
  return ctx.path.split('/')[3] ?? '';
}
