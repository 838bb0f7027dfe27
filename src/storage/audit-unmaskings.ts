// Unmaskings in the database. Each step is one conditional statement in one act with its entry; the triggers of the table refuse what would still get past.

import type { UnmaskStore } from '../domain/audit/unmask-store.ts';
import type { Unmasking } from '../domain/audit/unmask.ts';
import { isEventType } from '../domain/ledger/event.ts';
import { appendEvents } from './append-events.ts';
import { createTwoPeopleStatements } from './audit-two-people.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { toNames } from './ledger-rows.ts';
import { tellPerson } from './security-notices.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

const atOnce = 50;

const { lockCase, decide, use } = createTwoPeopleStatements('unmaskings');

export function createUnmaskStore(engine: Engine): UnmaskStore {
  const { unmaskings } = engine.tables;
  return {
    findUnmasking: async (id) => {
      const row = await findOne(engine, selectFrom(unmaskings, 'WHERE id = ?', [id]));
      return row && toUnmasking(row);
    },
    listUnmaskings: async (caseId) => {
      const tail = 'WHERE case_id = ? ORDER BY requested_at DESC, id DESC LIMIT 100';
      return (await findAll(engine, selectFrom(unmaskings, tail, [caseId]))).map(toUnmasking);
    },
    saveAsked: async (asked) => engine.atomic(() => saveAsked(engine, asked)),
    saveDecided: async (decision) => engine.atomic(() => saveDecided(engine, decision)),
    saveUsed: async ({ id, officerId, event }) =>
      engine.atomic(function* () {
        const used = yield use({ id, officerId, now: event.at });
        if (used.length === 0) {
          yield undo;
          return 'unmask/over';
        }
        yield* appendEvents(engine.tables, [event]);
        return 'saved';
      }),
    expireUnmaskings: async (now, seal) => engine.atomic(() => expire(engine, { now, seal })),
    tellDue: async (now) => engine.atomic(() => tellDue(engine, now)),
  };
}

function toUnmasking({ personId, court, tellAt, decidedWith: _with, ...row }: RowOf<Tables['unmaskings']>): Unmasking {
  return { ...row, personRef: personId, later: court === null || tellAt === null ? null : { court, tellAt } };
}

type Asked = Parameters<UnmaskStore['saveAsked']>[0];

function* saveAsked(engine: Engine, { unmasking, event }: Asked): Act<'saved' | 'audit/case-ended'> {
  const { personRef: personId, later, ...columns } = unmasking;
  const open = yield lockCase(unmasking.caseId, event.at);
  if (open.length === 0) {
    yield undo;
    return 'audit/case-ended';
  }
  const court = later?.court ?? null;
  yield insertInto(engine.tables.unmaskings, { ...columns, personId, court, tellAt: later?.tellAt ?? null, decidedWith: null });
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

type Decided = Parameters<UnmaskStore['saveDecided']>[0];

function* saveDecided(engine: Engine, decision: Decided): Act<'saved' | 'unmask/decided'> {
  const decided = yield decide(decision);
  if (decided.length === 0) {
    yield undo;
    return 'unmask/decided';
  }
  yield* appendEvents(engine.tables, [decision.event]);
  return 'saved';
}

type Expiring = { readonly now: number; readonly seal: Parameters<UnmaskStore['expireUnmaskings']>[1] };

function* expire({ tables }: Engine, { now, seal }: Expiring): Act<number> {
  const over = `WHERE (state = 'asked' AND open_until <= ?) OR (state = 'approved' AND usable_until <= ?) ORDER BY requested_at LIMIT ${atOnce}`;
  const found = selectFrom(tables.unmaskings, over, [now, now]);
  const rows = (yield found).map((row) => toUnmasking(found.decode(row)));
  for (const row of rows) {
    const text = "UPDATE unmaskings SET state = 'expired' WHERE id = ? AND state = ? RETURNING id";
    const ended = yield { text, values: [row.id, row.state] };
    const [opened] = yield { text: 'SELECT number FROM audit_cases WHERE id = ?', values: [row.caseId] };
    if (ended.length > 0) {
      yield* appendEvents(tables, [seal({ ...row, number: String(opened?.['number']) })]);
    }
  }
  if (rows.length === 0) {
    yield undo;
  }
  return rows.length;
}

function* tellDue({ tables }: Engine, now: number): Act<number> {
  const due = yield {
    text: `SELECT entry_id FROM kept_back_entries WHERE until <= ? ORDER BY until, entry_id LIMIT ${atOnce}`,
    values: [now],
  };
  for (const { entry_id: id } of due) {
    const gone = yield { text: 'DELETE FROM kept_back_entries WHERE entry_id = ? RETURNING person_id', values: [String(id)] };
    const found = selectFrom(tables.entries, 'WHERE id = ?', [String(id)]);
    const [row] = yield found;
    const entry = row === undefined ? undefined : found.decode(row);
    if (entry !== undefined && gone.length > 0 && isEventType(entry.type)) {
      const personRef = String(gone[0]?.['person_id']);
      yield* tellPerson(tables, { ...entry, type: entry.type, attributes: toNames(entry.attributes), salt: '', personRef, at: now });
    }
  }
  if (due.length === 0) {
    yield undo;
  }
  return due.length;
}
