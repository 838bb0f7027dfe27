// Leaves a trace of what a registered service asked and was refused, and of how far its sign-ins came, for its developers. Nobody waits for it: it is made when
// the answer is ready, kept in memory, and written later. Must never fail a request, and never hold what tells one person from another.

import type { Context, Next } from 'koa';
import { agencyApiPath } from '../domain/duties/service-notice.ts';
import { findTraceRule } from '../domain/traces/rules.ts';
import type { TraceShare } from '../domain/traces/store.ts';
import { toVisitName } from '../domain/traces/trace.ts';
import type { TraceEndpoint, TraceStep } from '../domain/traces/trace.ts';
import { isFirstParty } from '../oidc/clients.ts';
import type { TracedRefusal } from '../oidc/traced/traced-requests.ts';
import type { PageNeeds } from './needs.ts';
import { getReference } from './reference.ts';
import { findNotedService } from './request-log.ts';
import { readNotes } from './trace-notes.ts';
import type { TraceNotes } from './trace-notes.ts';

export type TracingNeeds = Pick<PageNeeds, 'agencies' | 'engine' | 'log' | 'random' | 'referenceKey' | 'traceRecorder'>;

/** Pages that bring a sign-in on, by the address that answered. */
const stepsByRoute: Readonly<Record<string, TraceStep>> = {
  '/interaction/:uid/sign-in/verify': 'signed-in',
  '/interaction/:uid/step-up/verify': 'signed-in',
  '/interaction/:uid/confirm/verify': 'confirmed',
  '/interaction/:uid/decision': 'decided',
};

export function findStep({ engine }: Pick<TracingNeeds, 'engine'>, ctx: Context): TraceStep | undefined {
  const route: unknown = ctx['_matchedRoute'];
  return engine.traced.findStep(ctx) ?? (ctx.method === 'POST' && typeof route === 'string' ? stepsByRoute[route] : undefined);
}

function findEndpoint({ engine }: TracingNeeds, ctx: Context): TraceEndpoint {
  return engine.traced.findEndpoint(ctx) ?? (ctx.path.startsWith(`${agencyApiPath}/`) ? 'agency-api' : 'page');
}

type Found = Pick<TraceNotes, 'visit'> & { readonly clientId: string };

function toShared(needs: TracingNeeds, ctx: Context, { clientId, visit }: Found) {
  return {
    reference: getReference(ctx, needs.random),
    clientId,
    endpoint: findEndpoint(needs, ctx),
    visit: typeof visit === 'string' ? toVisitName(needs.referenceKey, visit) : null,
    status: ctx.status,
  };
}

/** Anybody can bring a sign-in so far. */
const beginnings: ReadonlySet<TraceStep> = new Set(['pushed', 'asked']);

/** At which a request is there with all that it asks. */
const dropping: ReadonlySet<TraceStep> = new Set(['pushed', 'asked', 'code']);

async function findDropped(needs: TracingNeeds, ctx: Context, clientId: string): Promise<TracedRefusal['asked']> {
  const registered = await needs.agencies.findService(clientId);
  return registered === undefined ? [] : needs.engine.traced.findDropped(ctx, registered);
}

type Step = Pick<TraceNotes, 'visit'> & { readonly clientId: string; readonly step: TraceStep; readonly share: TraceShare };

async function keepOne(needs: TracingNeeds, ctx: Context, { share, step, ...of }: Step): Promise<void> {
  const draft = { ...toShared(needs, ctx, of), step, rule: null, error: null, detail: null };
  const asked = dropping.has(step) && needs.engine.traced.asksMore(ctx) ? await findDropped(needs, ctx, of.clientId) : [];
  needs.traceRecorder.keep({ ...draft, asked }, share);
}

async function keepStep(needs: TracingNeeds, ctx: Context, { visit }: TraceNotes): Promise<void> {
  const step = typeof visit === 'string' ? findStep(needs, ctx) : undefined;
  const clientId = findNotedService(ctx) ?? needs.engine.findClientId(ctx);
  if (typeof visit !== 'string' || step === undefined || clientId === undefined) {
    return;
  }
  const isOwn = !beginnings.has(step) || needs.engine.traced.isProven(ctx);
  const share = needs.traceRecorder.admitStep({ clientId, visit, isOwn });
  if (share !== undefined) {
    await keepOne(needs, ctx, { clientId, visit, step, share });
  }
}

type Refused = { readonly notes: TraceNotes; readonly clientId: string };

async function toRefusal(needs: TracingNeeds, ctx: Context, { notes, clientId }: Refused): Promise<TracedRefusal | undefined> {
  const registered = await needs.agencies.findService(clientId);
  if (registered === undefined) {
    return undefined;
  }
  const { code, failure, isReplay = false } = notes;
  const refusal = needs.engine.traced.findRefusal(ctx);
  if (code !== undefined) {
    const rule = findTraceRule(code);
    return rule && { rule, error: code, detail: null, asked: [] };
  }
  if (failure !== undefined) {
    return needs.engine.traced.examineFailure(ctx, registered, failure);
  }
  return refusal && needs.engine.traced.examine(ctx, registered, { ...refusal, isReplay });
}

/** Only one that is registered, and none of our own pages. */
async function findService(needs: TracingNeeds, ctx: Context, { tokenOwner }: TraceNotes): Promise<string | undefined> {
  const clientId = findNotedService(ctx) ?? tokenOwner ?? (await needs.engine.traced.findNamed(ctx));
  const isService = clientId !== undefined && !isFirstParty(clientId) && (await needs.agencies.findService(clientId)) !== undefined;
  return isService ? clientId : undefined;
}

async function keepRefusal(needs: TracingNeeds, ctx: Context, notes: TraceNotes): Promise<void> {
  const clientId = await findService(needs, ctx, notes);
  const isProven = needs.engine.traced.isProven(ctx) || notes.tokenOwner !== undefined || ctx.path.startsWith(`${agencyApiPath}/`);
  const share = isProven ? 'proven' : 'unproven';
  if (clientId === undefined || !needs.traceRecorder.admits(clientId, share)) {
    return;
  }
  const refusal = await toRefusal(needs, ctx, { notes, clientId });
  if (refusal !== undefined) {
    needs.traceRecorder.keep({ ...toShared(needs, ctx, { clientId, visit: notes.visit }), step: 'refused', ...refusal }, share);
  }
}

/** What a lost race sends round again is no refusal. */
function isRefused({ engine }: TracingNeeds, ctx: Context, { code, failure }: TraceNotes): boolean {
  const isReplaced = failure !== undefined && ctx.status >= 400;
  return code !== undefined || isReplaced || engine.traced.findRefusal(ctx) !== undefined;
}

export function createTracing(needs: TracingNeeds) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const notes = readNotes(ctx);
    const keep = isRefused(needs, ctx, notes) ? keepRefusal : keepStep;
    keep(needs, ctx, notes).catch((fault: unknown) => needs.log.fault('store/unavailable', fault, {}));
  };
}
