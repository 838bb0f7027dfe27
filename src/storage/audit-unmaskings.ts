// Unmaskings in the database, under the rules of `audit-two-people.ts`, and what is kept back from a person until its day.

import type { UnmaskStore } from '../domain/audit/unmask-store.ts';
import type { Unmasking } from '../domain/audit/unmask.ts';
import { isEventType } from '../domain/ledger/event.ts';
import { appendEvents } from './append-events.ts';
import { createTwoPeople } from './audit-two-people.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { toNames } from './ledger-rows.ts';
import { tellPerson } from './security-notices.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';
import type { Query } from './statements.ts';

const atOnce = 50;

const { lockCase, saveDecided, saveUsed, expire } = createTwoPeople('unmaskings');

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
    saveDecided: async (decision) => saveDecided(engine, decision),
    saveUsed: async (used) => saveUsed(engine, used),
    expireUnmaskings: async (now, seal) => {
      const find = (tail: string, values: readonly number[]): Query<Unmasking> => {
        const { decode, ...found } = selectFrom(unmaskings, tail, values);
        return { ...found, decode: (row) => toUnmasking(decode(row)) };
      };
      return expire(engine, { find, now, seal });
    },
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
