// Which scripts of other origins may read what the protocol answers: those of registered browser applications, at the endpoints that they need, and never
// with cookies. To everybody else nothing is said; the engine by itself would say yes to all who only ask (Fetch standard, CORS protocol).

import type { Context, Next } from 'koa';
import type { AgenciesStore } from '../domain/agencies/store.ts';

type Needs = { readonly agencies: Pick<AgenciesStore, 'listBrowserOrigins'> };

/** Methods by path; empty for endpoints that are no script's business. */
const doors: ReadonlyMap<string, string> = new Map([
  ['/.well-known/openid-configuration', 'GET'],
  ['/.well-known/oauth-authorization-server', 'GET'],
  ['/jwks', 'GET'],
  ['/token', 'POST'],
  ['/token/revocation', 'POST'],
  ['/me', 'GET, POST'],
  ['/token/introspection', ''],
  ['/request', ''],
]);

const allowedHeaders = 'authorization, content-type, dpop';
/** How long a browser may remember the answer to its question, in seconds. */
const maximumAge = '600';
const longestOrigin = 300;

function isOrigin(text: string): boolean {
  return text !== '' && text.length <= longestOrigin && URL.parse(text)?.origin === text;
}

/** An active application's. The client of the request itself is held against the same list once the engine knows it. */
async function isRegistered({ agencies }: Needs, origin: string): Promise<boolean> {
  return isOrigin(origin) && (await agencies.listBrowserOrigins()).has(origin);
}

function removeGrants(ctx: Context): void {
  for (const name of Object.keys(ctx.response.headers)) {
    if (name.startsWith('access-control-')) {
      ctx.remove(name);
    }
  }
}

function answerPreflight(ctx: Context, origin: string, methods: string): void {
  ctx.status = 204;
  if (origin !== '' && ctx.get('access-control-request-method') !== '') {
    ctx.set('Access-Control-Allow-Origin', origin);
    ctx.set('Access-Control-Allow-Methods', methods);
    ctx.set('Access-Control-Allow-Headers', allowedHeaders);
    ctx.set('Access-Control-Max-Age', maximumAge);
  }
}

/** What went wrong is looked up by this number, so the script may read it wherever it may read the answer. */
function showNumber(ctx: Context): void {
  const { 'access-control-allow-origin': reader, 'access-control-expose-headers': shown } = ctx.response.headers;
  if (reader !== undefined) {
    ctx.set('Access-Control-Expose-Headers', typeof shown === 'string' ? `${shown}, X-Request-Id` : 'X-Request-Id');
  }
}

export function createCrossOrigin(needs: Needs) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const methods = doors.get(ctx.path);
    if (methods === undefined) {
      await next();
      return;
    }
    ctx.vary('Origin');
    const origin = ctx.get('origin');
    const allowed = methods !== '' && (await isRegistered(needs, origin)) ? origin : '';
    if (ctx.method === 'OPTIONS') {
      answerPreflight(ctx, allowed, methods);
      return;
    }
    try {
      await next();
    } finally {
      if (allowed === '') {
        removeGrants(ctx);
      }
      showNumber(ctx);
    }
  };
}
