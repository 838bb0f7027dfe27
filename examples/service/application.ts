// The pages of the service and what their buttons do.

import Koa from 'koa';
import type { Context } from 'koa';
import { sendAsset } from './assets.ts';
import { renderPage } from './pages.ts';
import { createProvider, findAnswer } from './provider.ts';
import type { Provider } from './provider.ts';
import type { Settings } from './settings.ts';
import { createVisits } from './visits.ts';
import type { Visit, Visits } from './visits.ts';

type Parts = { readonly settings: Settings; readonly provider: Provider; readonly visits: Visits };
type Answer = (parts: Parts, ctx: Context) => Promise<void> | void;

const pendingLimit = 5;

/** Arabic, unless somebody chose otherwise. */
function toLanguage(visit: Visit): 'ar' | 'en' {
  return visit.language ?? 'ar';
}

function returnHome(ctx: Context): void {
  ctx.status = 303;
  ctx.redirect('/');
}

function showHome({ settings, visits }: Parts, ctx: Context): void {
  const visit = visits.open(ctx);
  const chosen = ctx.query['lang'];
  if (chosen === 'ar' || chosen === 'en') {
    visit.language = chosen;
  }
  const { notice } = visit;
  visit.notice = undefined;
  ctx.type = 'html';
  ctx.body = renderPage({ profile: settings.profile, language: toLanguage(visit), signedIn: visit.signedIn, notice });
}

async function signIn({ settings, provider, visits }: Parts, ctx: Context): Promise<void> {
  const visit = visits.open(ctx);
  const purpose = settings.profile.purposes.find(({ id }) => id === ctx.query['purpose'])?.id;
  const { url, pending } = await provider.begin({ language: toLanguage(visit), purpose });
  visit.pending = [...visit.pending, pending].slice(-pendingLimit);
  ctx.redirect(url.href);
}

async function comeBack({ settings, provider, visits }: Parts, ctx: Context): Promise<void> {
  const visit = visits.open(ctx);
  const pending = visit.pending.find(({ state }) => state === ctx.query['state']);
  visit.pending = visit.pending.filter((other) => other !== pending);
  if (pending === undefined) {
    visit.notice = 'failed';
    returnHome(ctx);
    return;
  }
  try {
    const signedIn = await provider.finish(new URL(ctx.url, settings.address), pending);
    const renewed = visits.renew(ctx);
    renewed.signedIn = signedIn;
    renewed.notice = 'fresh';
  } catch (error) {
    const answer = findAnswer(error);
    visit.notice = answer === 'access_denied' ? 'refused' : 'failed';
    console.error(`sign-in did not succeed: ${answer ?? (error instanceof Error ? error.message : 'unknown')}`);
  }
  returnHome(ctx);
}

async function fetchAgain({ provider, visits }: Parts, ctx: Context): Promise<void> {
  const visit = visits.open(ctx);
  if (visit.signedIn !== undefined) {
    const fetched = await provider.fetchAgain(visit.signedIn);
    // What may no longer be had is not kept either.
    visit.signedIn = fetched.ok ? { ...visit.signedIn, claims: fetched.claims } : undefined;
    visit.notice = fetched.ok ? 'fresh' : 'withdrawn';
  }
  returnHome(ctx);
}

async function signOut({ provider, visits }: Parts, ctx: Context): Promise<void> {
  const visit = visits.open(ctx);
  const { signedIn } = visit;
  visits.renew(ctx);
  if (signedIn === undefined) {
    returnHome(ctx);
    return;
  }
  ctx.status = 303;
  ctx.redirect((await provider.toSignOut(signedIn, toLanguage(visit))).href);
}

const answers: Readonly<Record<string, Answer>> = {
  'GET /': showHome,
  'GET /sign-in': signIn,
  'GET /callback': comeBack,
  'POST /fetch-again': fetchAgain,
  'POST /sign-out': signOut,
};

function protect(ctx: Context, issuer: URL): void {
  ctx.set({
    // A form that ends at the provider's sign-out page is redirected there, which `form-action` has to allow.
    'Content-Security-Policy': `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self' ${issuer.origin}; base-uri 'none'; frame-ancestors 'none'`,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
}

/** The buttons of this service are pressed on its own pages only. */
function isForeign(ctx: Context): boolean {
  return ctx.method === 'POST' && ctx.get('sec-fetch-site') !== 'same-origin';
}

export function createApplication(settings: Settings): Koa {
  const parts = { settings, provider: createProvider(settings), visits: createVisits(settings.profile.clientId) };
  const app = new Koa();
  app.use(async (ctx) => {
    protect(ctx, settings.issuer);
    const answer = answers[`${ctx.method} ${ctx.path}`];
    if (isForeign(ctx)) {
      ctx.throw(403);
    }
    await (answer === undefined ? sendAsset(ctx) : answer(parts, ctx));
  });
  return app;
}
