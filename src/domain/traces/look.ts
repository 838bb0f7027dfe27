// How traces are looked at: by a developer, at the services of the agency alone, or by an operator at the command. Every look is an entry of the ledger and is in the
// database before anything is handed out, as every other look of staff (ADR-0023). Whose a trace is that is not theirs, nobody learns: it is as if there were none.

import type { RegisteredService } from '../agencies/agency.ts';
import type { AgenciesStore } from '../agencies/store.ts';
import { dayMs, toTimestampOrNull } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Json } from '../kernel/canonical.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventType, SealedEvent, SealNeeds } from '../ledger/event.ts';
import type { TraceFilter, TracePage, TracePlace, TracesStore } from './store.ts';
import type { Trace } from './trace.ts';

/** `agencyId` is null for an operator, who may look at every service. */
export type TraceLooker =
  | { readonly kind: 'officer'; readonly ref: string; readonly agencyId: string }
  | { readonly kind: 'operator'; readonly ref: null; readonly agencyId: null };

export const operatorLooker: TraceLooker = { kind: 'operator', ref: null, agencyId: null };

export type TraceLookNeeds = SealNeeds & {
  readonly traces: Pick<TracesStore, 'findTrace' | 'listVisit' | 'listTraces' | 'countPassedOver'>;
  readonly agencies: Pick<AgenciesStore, 'findService' | 'listServices'>;
  /** MUST resolve only when the event is durable, and throw when it cannot be. */
  readonly record: (event: SealedEvent) => Promise<void>;
};

type Look = {
  readonly type: Extract<EventType, 'trace.searched' | 'trace.viewed'>;
  readonly service: string | null;
  readonly payload: Json;
};

async function recordLook(needs: TraceLookNeeds, { kind, ref }: TraceLooker, look: Look): Promise<void> {
  await needs.record(sealEvent(needs, { ...look, personRef: null, actor: { kind, ref }, actedBy: null }));
}

/** The services that somebody may look at. */
export async function listLookable(
  needs: Pick<TraceLookNeeds, 'agencies'>,
  { agencyId }: TraceLooker,
): Promise<readonly RegisteredService[]> {
  const services = await needs.agencies.listServices();
  return agencyId === null ? services : services.filter(({ service }) => service.agencyId === agencyId);
}

export type TraceView = {
  readonly trace: Trace;
  readonly registered: RegisteredService;
  /** Every request of the same sign-in in the order of time, this one too; alone where it was not followed. */
  readonly visit: readonly Trace[];
};

async function findOwn(needs: TraceLookNeeds, by: TraceLooker, reference: string): Promise<TraceView | undefined> {
  const now = needs.clock.now();
  const trace = await needs.traces.findTrace(reference, now);
  const registered = trace && (await needs.agencies.findService(trace.clientId));
  if (trace === undefined || registered === undefined || (by.agencyId !== null && registered.service.agencyId !== by.agencyId)) {
    return undefined;
  }
  const visit = trace.visit === null ? [trace] : await needs.traces.listVisit(trace.clientId, trace.visit, now);
  return { trace, registered, visit };
}

/** A number that leads to nothing is looked at too, and the entry says so. */
export async function viewTrace(needs: TraceLookNeeds, by: TraceLooker, reference: string): Promise<Outcome<TraceView, 'trace/unknown'>> {
  const found = await findOwn(needs, by, reference);
  const payload = { reference, found: found !== undefined };
  await recordLook(needs, by, { type: 'trace.viewed', service: found?.trace.clientId ?? null, payload });
  return found === undefined ? refuse('trace/unknown', 'absent, too old, or of another agency') : succeed(found);
}

export type TraceSearch = Omit<TraceFilter, 'clientIds'> & {
  /** Null for all that the looker may look at. */
  readonly clientId: string | null;
  readonly after: TracePlace | null;
  /** Above zero. */
  readonly limit: number;
};

export type FoundTraces = TracePage & {
  readonly services: readonly RegisteredService[];
  /** Refused requests that were not kept, because too many came. They are counted by days: of the last day and of what was before it on that day. */
  readonly passedOver: { readonly count: number; readonly since: Millis };
};

/** Refuses a service that is unknown or not the looker's. */
export async function searchTraces(
  needs: TraceLookNeeds,
  by: TraceLooker,
  asked: TraceSearch,
): Promise<Outcome<FoundTraces, 'agency/unknown'>> {
  const { clientId, after, limit, ...filter } = asked;
  const services = await listLookable(needs, by);
  const named = services.filter(({ service }) => clientId === null || service.clientId === clientId);
  if (clientId !== null && named.length === 0) {
    return refuse('agency/unknown', 'no such service, or of another agency');
  }
  const now = needs.clock.now();
  const clientIds = named.map(({ service }) => service.clientId);
  const page = await needs.traces.listTraces({ ...filter, clientIds }, { after, limit, now });
  const since = (Math.floor(now / dayMs) - 1) * dayMs;
  const passedOver = { count: await needs.traces.countPassedOver(clientIds, since), since };
  const { kind, rule, from, to } = filter;
  const payload = { kind, rule, from: toTimestampOrNull(from), to: toTimestampOrNull(to), count: page.traces.length };
  await recordLook(needs, by, { type: 'trace.searched', service: clientId, payload });
  return succeed({ ...page, services, passedOver });
}
