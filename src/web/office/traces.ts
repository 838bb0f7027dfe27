// The developers' desk: the refused requests of their agency's services, and one request by its number. Every page is a look, and an entry.

import type { Context } from 'koa';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { searchTraces, viewTrace } from '../../domain/traces/look.ts';
import type { FoundTraces, TraceLooker, TraceLookNeeds, TraceSearch } from '../../domain/traces/look.ts';
import { isTraceRule, traceRules } from '../../domain/traces/rules.ts';
import { parseReference } from '../../domain/traces/trace.ts';
import type { Trace } from '../../domain/traces/trace.ts';
import type { TracePlace } from '../../domain/traces/store.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { traceFields } from '../../../views/trace-model.ts';
import type { TraceField, TraceRow, TracesPage } from '../../../views/trace-model.ts';
import { renderTracePage } from '../../../views/trace.ts';
import { renderTracesPage } from '../../../views/traces.ts';
import { findFrom, findTo } from '../audit/parse-instant.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';

const roles = ['developer'] as const;
const listUrl = '/office';
const requestsUrl = '/office/requests';
const rowsOfPage = 50;

function toLookNeeds(needs: PageNeeds): TraceLookNeeds {
  const { traces, agencies, clock, random } = needs;
  return { traces, agencies, clock, random, record: (event) => recordAtOnce(needs, event) };
}

/** Undefined for an account that names no agency: it has nothing to look at. */
function findLooker({ officer }: Staff): TraceLooker | undefined {
  return officer.agencyId === null ? undefined : { kind: 'officer', ref: officer.id, agencyId: officer.agencyId };
}

type Typed = ReadonlyMap<TraceField, string>;

function readTyped(ctx: Context): Typed {
  const given = new URLSearchParams(ctx.querystring);
  const typed = traceFields.map((field): [TraceField, string] => [field, given.get(field) ?? '']);
  return new Map(typed.filter(([, value]) => value !== ''));
}

/** A filter that was dropped silently would show something else than what was asked for. */
function getKnown<T>(typed: string | undefined, find: (text: string) => T | undefined): T | null {
  const known = typed === undefined ? null : find(typed);
  if (known === undefined) {
    throw new Fault('request/invalid', 'a filter that is none');
  }
  return known;
}

function getPlace(ctx: Context): TracePlace | null {
  const given = new URLSearchParams(ctx.querystring).get('after');
  const [, at, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(given ?? '') ?? [];
  if (given !== null && (at === undefined || id === undefined)) {
    throw new Fault('request/invalid', 'a place that is none');
  }
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}

function toSearch(typed: Typed, after: TracePlace | null): TraceSearch {
  return {
    clientId: typed.get('service') ?? null,
    kind: getKnown(typed.get('kind'), (text) => (text === 'all' ? text : undefined)) ?? 'refused',
    rule: getKnown(typed.get('rule'), (text) => (isTraceRule(text) ? text : undefined)),
    from: getKnown(typed.get('from'), findFrom),
    to: getKnown(typed.get('to'), findTo),
    after,
    limit: rowsOfPage,
  };
}

function toRow({ language }: Staff, services: readonly RegisteredService[], trace: Trace): TraceRow {
  const { reference, clientId, at, endpoint, step, rule, status, error } = trace;
  const named = services.find(({ service }) => service.clientId === clientId);
  const service = { name: named?.service.name[language] ?? clientId, code: clientId };
  return { reference, url: `${requestsUrl}/${reference}`, at, service, endpoint, step, rule, status, error };
}

function toOlderUrl(typed: Typed, { next }: FoundTraces): string | null {
  return next === null ? null : `${listUrl}?${new URLSearchParams([...typed, ['after', `${next.at}.${next.id}`]]).toString()}`;
}

function toPage(
  staff: Staff,
  { typed, after }: { readonly typed: Typed; readonly after: TracePlace | null },
  found: FoundTraces,
): TracesPage {
  const { services, traces, passedOver } = found;
  return {
    url: listUrl,
    typed,
    services: services.map(({ service }) => ({ value: service.clientId, label: service.name[staff.language] })),
    rules: traceRules,
    found: {
      rows: traces.map((trace) => toRow(staff, services, trace)),
      olderUrl: toOlderUrl(typed, found),
      isLater: after !== null,
      passedOver,
    },
  };
}

export async function showTraces(needs: PageNeeds, ctx: Context, staff: Staff): Promise<void> {
  const by = findLooker(staff);
  const typed = readTyped(ctx);
  if (by === undefined) {
    sendPage(ctx, renderTracesPage(staff.frame, { url: listUrl, typed, services: [], rules: [], found: null }));
    return;
  }
  const after = getPlace(ctx);
  const found = getValue(await searchTraces(toLookNeeds(needs), by, toSearch(typed, after)));
  sendPage(ctx, renderTracesPage(staff.frame, toPage(staff, { typed, after }, found)));
}

/** A number as somebody typed it leads to its page; what is no number leads nowhere, and is no look. */
export async function openTrace(needs: PageNeeds, ctx: Context): Promise<void> {
  if ((await openStaff(needs, ctx, { roles })) === undefined) {
    return;
  }
  const reference = parseReference(new URLSearchParams(ctx.querystring).get('number') ?? '');
  if (reference === undefined) {
    throw new Fault('trace/unknown', 'no number of a request');
  }
  redirectTo(ctx, `${requestsUrl}/${reference}`);
}

export async function showTrace(needs: PageNeeds, ctx: Context, typed: string): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff === undefined) {
    return;
  }
  const reference = parseReference(typed);
  const by = findLooker(staff);
  if (by === undefined || reference === undefined) {
    throw new Fault('trace/unknown', 'no number of a request, or no agency');
  }
  const { trace, registered, visit } = getValue(await viewTrace(toLookNeeds(needs), by, reference));
  const page = {
    row: toRow(staff, [registered], trace),
    listUrl,
    detail: trace.detail,
    asked: trace.asked,
    visit: visit.length < 2 ? [] : visit.map((each) => toRow(staff, [registered], each)),
  };
  sendPage(ctx, renderTracePage(staff.frame, page));
}
