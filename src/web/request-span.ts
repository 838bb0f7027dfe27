// One span for each request that the log has a line for. It is named by the pattern of the route that answered, and says of the request what that line says.

import type { Context, Next } from 'koa';
import type { Engine } from '../oidc/engine.ts';
import type { SpanFields, Spans } from '../telemetry/spans.ts';
import { findRefusal } from './count-answers.ts';
import type { WebNeeds } from './needs.ts';
import { getReference } from './reference.ts';
import { findRoute } from './request-log.ts';

export type RequestSpanNeeds = Pick<WebNeeds, 'assets' | 'random'> & { readonly engine: Pick<Engine, 'traced'> };

/** Those that the semantic conventions name. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

/** A method that is none of them has another name in a span's own (semantic conventions for HTTP spans, "Name"). */
function toMethod({ method }: Context): { readonly attribute: string; readonly name: string } {
  return methods.has(method) ? { attribute: method, name: method } : { attribute: '_OTHER', name: 'HTTP' };
}

function findErrorType(engine: RequestSpanNeeds['engine'], ctx: Context): SpanFields {
  const type = findRefusal(engine, ctx) ?? (ctx.status >= 500 ? String(ctx.status) : undefined);
  return type === undefined ? {} : { 'error.type': type };
}

export function createRequestSpans({ assets, random, engine }: RequestSpanNeeds, spans: Spans) {
  return async (ctx: Context, next: Next): Promise<void> => {
    if (assets.byPath.has(ctx.path)) {
      await next();
      return;
    }
    const { attribute, name } = toMethod(ctx);
    const fields = { 'http.request.method': attribute, 'huwiya.reference': getReference(ctx, random) };
    await spans.within({ name, kind: 'server', fields, traceparent: ctx.get('traceparent') }, async (span) => {
      await next();
      const route = findRoute(ctx);
      if (route !== undefined) {
        span.rename(`${name} ${route}`);
        span.note({ 'http.route': route });
      }
      span.note({ 'http.response.status_code': ctx.status, ...findErrorType(engine, ctx) });
      if (ctx.status >= 500) {
        span.fail();
      }
    });
  };
}
