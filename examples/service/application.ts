// What the addresses of a service do. The errand itself is in its desk, the protocol in provider.ts.

import type { Context, Middleware } from 'koa';
import { sendAsset } from './assets.ts';
import { createLogoutReceiver, logoutPath } from './backchannel-logout.ts';
import type { Desk, SignedInView, View } from './desk.ts';
import { isComplete } from './details.ts';
import { createFilings } from './filings.ts';
import type { Filings } from './filings.ts';
import { renderDocument } from './layout.ts';
import { createProvider, findRefusal } from './provider.ts';
import type { Provider, SignedIn } from './provider.ts';
import { readForm } from './read-form.ts';
import type { Profile, Purpose, Settings } from './settings.ts';
import { createReceiver } from './security-events.ts';
import type { TakenBack } from './taken-back.ts';
import { toTurnedBack } from './turned-back.ts';
import { createVisits } from './visits.ts';
import type { Begun, Visit, Visits } from './visits.ts';
import { describeAsking, describeDenial, describeRefusal, describeRelease, describeReturn, describeTokens } from './wire.ts';

type Parts = {
  readonly settings: Settings;
  readonly desk: Desk;
  readonly provider: Provider;
  readonly visits: Visits;
  readonly filings: Filings;
};
type Answer = (parts: Parts, ctx: Context) => Promise<void> | void;

const begunLimit = 5;

function goHome(ctx: Context): void {
  ctx.status = 303;
  ctx.redirect('/');
}

/** Arabic, unless somebody chose otherwise. */
function toLanguage(visit: Visit): 'ar' | 'en' {
  return visit.language ?? 'ar';
}

/** The named one, or the first. */
function getPurpose({ purposes }: Profile, id: unknown): Purpose {
  const purpose = purposes.find((candidate) => candidate.id === id) ?? purposes[0];
  if (purpose === undefined) {
    throw new Error('the service has no purpose');
  }
  return purpose;
}

function toView({ settings: { profile } }: Parts, visit: Visit): View {
  return { profile, purpose: getPurpose(profile, visit.purpose), language: toLanguage(visit), choice: visit.choice };
}

function toSignedInView(parts: Parts, visit: Visit, signedIn: SignedIn): SignedInView {
  const view = toView(parts, visit);
  return { ...view, signedIn, filings: parts.filings.list({ subject: signedIn.subject, purpose: view.purpose.id }) };
}

function showHome(parts: Parts, ctx: Context): void {
  const { settings, desk, visits } = parts;
  const visit = visits.open(ctx);
  const chosen = ctx.query['lang'];
  if (chosen === 'ar' || chosen === 'en') {
    visit.language = chosen;
  }
  const { notice = visit.loss, signedIn, wire } = visit;
  visit.notice = undefined;
  const view = toView(parts, visit);
  const show = visit.isFiled ? desk.showFiled : desk.showReview;
  const screen = signedIn === undefined || visit.loss !== undefined ? desk.showStart(view) : show(toSignedInView(parts, visit, signedIn));
  ctx.type = 'html';
  ctx.body = renderDocument({ ...view, issuer: settings.issuer, signedIn, notice, wire, screen });
}

/** Somebody who opens the service from elsewhere brings the issuer that they are to sign in with: ours, or nothing begins (OpenID Connect Core 1.0 §4). */
function isSentByAnother({ issuer }: Settings, ctx: Context): boolean {
  const named = ctx.query['iss'];
  return named !== undefined && named !== issuer.origin;
}

async function signIn({ settings, desk, provider, visits }: Parts, ctx: Context): Promise<void> {
  if (isSentByAnother(settings, ctx)) {
    goHome(ctx);
    return;
  }
  const visit = visits.open(ctx);
  const purpose = getPurpose(settings.profile, ctx.query['purpose']);
  try {
    const { url, pending } = await provider.begin({ language: toLanguage(visit), purpose });
    const begun = { ...pending, purpose: purpose.id, choice: desk.parseChoice(ctx.URL.searchParams), asked: describeAsking(url) };
    visit.begun = [...visit.begun, begun].slice(-begunLimit);
    ctx.redirect(url.href);
  } catch (error) {
    console.error(`the provider does not answer: ${toReason(error)}`);
    visit.notice = 'unavailable';
    goHome(ctx);
  }
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}

async function comeBack(parts: Parts, ctx: Context): Promise<void> {
  const visit = parts.visits.open(ctx);
  const begun = visit.begun.find(({ state }) => state === ctx.query['state']);
  visit.begun = visit.begun.filter((other) => other !== begun);
  if (begun === undefined) {
    visit.notice = 'failed';
  } else {
    await finish(parts, ctx, begun).catch((error: unknown) => turnBack(visit, begun, error));
  }
  goHome(ctx);
}

async function finish({ settings, provider, visits }: Parts, ctx: Context, begun: Begun): Promise<void> {
  const returned = new URL(ctx.url, settings.address);
  const signedIn = await provider.finish(returned, begun);
  Object.assign(visits.renew(ctx), {
    signedIn,
    purpose: begun.purpose,
    choice: begun.choice,
    notice: 'fresh',
    wire: [begun.asked, describeReturn(returned), describeTokens(settings, signedIn), describeRelease(signedIn)],
  } satisfies Partial<Visit>);
}

function turnBack(visit: Visit, begun: Begun, error: unknown): void {
  const refusal = findRefusal(error);
  visit.notice = toTurnedBack(refusal);
  visit.wire = refusal === undefined ? [begun.asked] : [begun.asked, describeRefusal(refusal)];
  console.error(`sign-in did not succeed: ${refusal?.error ?? toReason(error)}`);
}

async function fetchAgain({ provider, visits }: Parts, ctx: Context): Promise<void> {
  const visit = visits.open(ctx);
  const { signedIn } = visit;
  if (signedIn !== undefined) {
    const fetched = await provider.fetchAgain(signedIn);
    if (fetched.ok) {
      visit.signedIn = { ...signedIn, claims: fetched.claims };
      visit.loss = undefined;
      visit.notice = 'fresh';
    } else {
      // What may no longer be had is not kept either.
      visit.signedIn = undefined;
      visit.notice = visit.loss ?? (Date.now() < signedIn.accessTokenEndsAt ? 'withdrawn' : 'expired');
      visit.loss = undefined;
      visit.wire = [describeDenial(signedIn, fetched)];
    }
  }
  goHome(ctx);
}

/** Nothing is taken without what the errand needs, whatever a form that was opened earlier sends. */
function file({ desk, filings }: Parts, view: SignedInView, form: URLSearchParams): boolean {
  const { purpose, signedIn } = view;
  const isWhole = isComplete(purpose, signedIn.claims);
  if (isWhole) {
    filings.add({ subject: signedIn.subject, purpose: purpose.id }, desk.parseFiling(view, form));
  }
  return isWhole;
}

async function confirm(parts: Parts, ctx: Context): Promise<void> {
  const { visits } = parts;
  const visit = visits.open(ctx);
  const form = await readForm(ctx);
  if (visit.signedIn !== undefined && visit.loss === undefined && !visit.isFiled) {
    visit.isFiled = file(parts, toSignedInView(parts, visit, visit.signedIn), form);
    visit.notice = visit.isFiled ? undefined : 'incomplete';
  }
  goHome(ctx);
}

async function signOut({ provider, visits }: Parts, ctx: Context): Promise<void> {
  const { signedIn } = visits.open(ctx);
  const left = visits.renew(ctx);
  left.notice = 'signed-out';
  if (signedIn === undefined) {
    goHome(ctx);
    return;
  }
  ctx.status = 303;
  ctx.redirect((await provider.toSignOut(signedIn, toLanguage(left))).href);
}

const answers: Readonly<Record<string, Answer>> = {
  'GET /': showHome,
  'GET /sign-in': signIn,
  'GET /callback': comeBack,
  'POST /fetch-again': fetchAgain,
  'POST /confirm': confirm,
  'POST /sign-out': signOut,
};

function protect(ctx: Context, issuer: URL): void {
  ctx.set({
    // A form that ends at the provider's pages is redirected there, which `form-action` has to allow.
    'Content-Security-Policy': `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self' ${issuer.origin}; base-uri 'none'; frame-ancestors 'none'`,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
}

const receiverPath = '/security-events';
const receiverPaths: ReadonlySet<string> = new Set([receiverPath, logoutPath]);

/** The buttons of this service are pressed on its own pages only; the provider brings a token that is checked. */
function isForeign(ctx: Context): boolean {
  return ctx.method === 'POST' && !receiverPaths.has(ctx.path) && ctx.get('sec-fetch-site') !== 'same-origin';
}

export function createService(settings: Settings, desk: Desk): Middleware {
  const { profile, issuer } = settings;
  const visits = createVisits(profile.clientId);
  const parts = { settings, desk, provider: createProvider(settings), visits, filings: createFilings(desk.prefix) };
  const takeBack = (back: TakenBack): void => {
    parts.filings.takeBack(back);
    visits.takeBack(back);
  };
  const takeEvent = createReceiver({ ...parts, takeBack });
  const takeLogout = createLogoutReceiver({ settings, end: visits.end });
  const taking: Readonly<Record<string, Answer>> = {
    [`POST ${receiverPath}`]: async (_parts, ctx) => takeEvent(ctx),
    [`POST ${logoutPath}`]: async (_parts, ctx) => takeLogout(ctx),
  };
  return async (ctx) => {
    protect(ctx, issuer);
    const asked = `${ctx.method} ${ctx.path}`;
    const answer = taking[asked] ?? answers[asked];
    if (isForeign(ctx)) {
      ctx.throw(403);
    }
    await (answer === undefined ? sendAsset(ctx) : answer(parts, ctx));
  };
}
