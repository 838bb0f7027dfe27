// Traces in the database: written in groups, within the room of the day, and never a reason for anything to fail.

import { dayMs } from '../domain/kernel/clock.ts';
import { mostADay } from '../domain/traces/store.ts';
import type { KeptTrace, PassedOver, TraceFilter, TracePage, TracePlace, TracesStore } from '../domain/traces/store.ts';
import { traceLifeMs } from '../domain/traces/trace.ts';
import type { Trace } from '../domain/traces/trace.ts';
import type { Act, Engine, Statement } from './engine.ts';
import type { Value } from './row.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

const toMarks = (values: readonly Value[]): string => values.map(() => '?').join(', ');

type Place = Pick<PassedOver, 'clientId' | 'share' | 'at'>;

const toDay = (at: number): number => Math.floor(at / dayMs);
const toCountId = ({ clientId, share, at }: Place): string => `${toDay(at)}:${share}:${clientId}`;

type Counted = Place & { readonly traces: Trace[]; passedOver: number };

/** In the order of their names, so that two nodes take their rows in the same order. */
function toCounted(kept: readonly KeptTrace[], passedOver: readonly PassedOver[]): readonly (readonly [string, Counted])[] {
  const counted = new Map<string, Counted>();
  const get = ({ clientId, share, at }: Place): Counted => {
    const id = toCountId({ clientId, share, at });
    const known = counted.get(id) ?? { clientId, share, at, traces: [], passedOver: 0 };
    counted.set(id, known);
    return known;
  };
  for (const { trace, share } of kept) {
    get({ clientId: trace.clientId, share, at: trace.at }).traces.push(trace);
  }
  for (const over of passedOver) {
    get(over).passedOver += over.count;
  }
  return [...counted].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** Counts, and says which of them the day still has room for. The row is taken until the commit: whoever writes at once sees what was counted before. */
function* countAll(engine: Engine, id: string, { traces, passedOver, clientId, share, at }: Counted): Act<readonly Trace[]> {
  const day = toDay(at);
  const wanted = traces.length;
  const counts = { id, clientId, share, day, seen: wanted + passedOver, kept: wanted, expiresAt: day * dayMs + dayMs + traceLifeMs };
  const again =
    'ON CONFLICT (id) DO UPDATE SET seen = trace_counts.seen + excluded.seen, kept = trace_counts.kept + excluded.kept RETURNING kept';
  const [row] = yield insertInto(engine.tables.traceCounts, counts, again);
  return traces.slice(0, Math.max(0, mostADay[share] - (Number(row?.['kept'] ?? 0) - wanted)));
}

/** Rows in one statement. Few lengths make few texts, and each text is prepared once. */
const rowsAtOnce = 25;

function toInsert(engine: Engine, traces: readonly Trace[]): Statement {
  const rows = traces.map((trace) => insertInto(engine.tables.traces, trace));
  const more = rows.slice(1).map(({ values }) => `, (${toMarks(values)})`);
  return {
    text: `${rows[0]?.text ?? ''}${more.join('')} ON CONFLICT (reference) DO NOTHING`,
    values: rows.flatMap(({ values }) => values),
  };
}

function* saveTraces(engine: Engine, counted: ReturnType<typeof toCounted>): Act<void> {
  const admitted: Trace[] = [];
  for (const [id, of] of counted) {
    admitted.push(...(yield* countAll(engine, id, of)));
  }
  for (let from = 0; from < admitted.length; from += rowsAtOnce) {
    yield toInsert(engine, admitted.slice(from, from + rowsAtOnce));
  }
}

type Condition = { readonly text: string; readonly values: readonly Value[] };

function toConditions(filter: TraceFilter, after: TracePlace | null, now: number): readonly Condition[] {
  const { clientIds, kind, rule, from, to } = filter;
  return [
    { text: `client_id IN (${toMarks(clientIds)})`, values: clientIds },
    { text: 'expires_at > ?', values: [now] },
    ...(kind === 'refused' ? [{ text: "step = 'refused'", values: [] }] : []),
    // Every sign-in of class `fapi` is handed a nonce or two (RFC 9449 §8): among the refusals they would hide the rest.
    ...(kind === 'refused' && rule === null ? [{ text: "rule <> 'dpop/nonce-needed'", values: [] }] : []),
    ...(rule === null ? [] : [{ text: 'rule = ?', values: [rule] }]),
    ...(from === null ? [] : [{ text: 'at >= ?', values: [from] }]),
    ...(to === null ? [] : [{ text: 'at < ?', values: [to] }]),
    ...(after === null ? [] : [{ text: '(at, id) < (CAST(? AS bigint), ?)', values: [after.at, after.id] }]),
  ];
}

/** Once the day is full, more were to be kept than were. */
const notKept = `seen - CASE WHEN share = 'proven' AND kept > ${mostADay.proven} THEN ${mostADay.proven} WHEN share = 'unproven' AND kept > ${mostADay.unproven} THEN ${mostADay.unproven} ELSE kept END`;

export function createTracesStore(engine: Engine): TracesStore {
  const { traces } = engine.tables;
  return {
    saveTraces: async (kept, passedOver) => engine.atomic(() => saveTraces(engine, toCounted(kept, passedOver))),
    findTrace: async (reference, now) => findOne(engine, selectFrom(traces, 'WHERE reference = ? AND expires_at > ?', [reference, now])),
    listVisit: async (clientId, visit, now) =>
      findAll(
        engine,
        selectFrom(traces, 'WHERE visit = ? AND client_id = ? AND expires_at > ? ORDER BY at, id LIMIT 100', [visit, clientId, now]),
      ),
    listTraces: async (filter, { after, limit, now }): Promise<TracePage> => {
      if (filter.clientIds.length === 0) {
        return { traces: [], next: null };
      }
      const conditions = toConditions(filter, after, now);
      const where = conditions.map(({ text }) => text).join(' AND ');
      const values = [...conditions.flatMap((condition) => condition.values), limit + 1];
      const found = await findAll(engine, selectFrom(traces, `WHERE ${where} ORDER BY at DESC, id DESC LIMIT ?`, values));
      const last = found.length > limit ? found[limit - 1] : undefined;
      return { traces: found.slice(0, limit), next: last === undefined ? null : { at: last.at, id: last.id } };
    },
    countPassedOver: async (clientIds, since) => {
      if (clientIds.length === 0) {
        return 0;
      }
      const text = `SELECT COALESCE(SUM(${notKept}), 0) AS count FROM trace_counts WHERE client_id IN (${toMarks(clientIds)}) AND share IN ('proven', 'unproven') AND day >= ?`;
      const [row] = await engine.read({ text, values: [...clientIds, toDay(since)] });
      return Number(row?.['count'] ?? 0);
    },
  };
}
