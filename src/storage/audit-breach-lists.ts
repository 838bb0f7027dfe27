// Lists by which people are told of a breach. Each step is one conditional statement in one act with its entry, as of single unmaskings; the triggers refuse what would
// still get past.

import type { BreachList } from '../domain/audit/breach/list.ts';
import type { BreachStore, ListedPerson, ToldBatch } from '../domain/audit/breach/store.ts';
import { appendEvents } from './append-events.ts';
import { createTwoPeopleStatements } from './audit-two-people.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

const atOnce = 50;

/** People in one statement. */
const rowsAtOnce = 200;

const { lockCase, decide, use, usable } = createTwoPeopleStatements('breach_lists');

export function createBreachStore(engine: Engine): BreachStore {
  const { breachLists } = engine.tables;
  return {
    findBreachList: async (id) => {
      const row = await findOne(engine, selectFrom(breachLists, 'WHERE id = ?', [id]));
      return row && toList(row);
    },
    listBreachLists: async (caseId) => {
      const tail = 'WHERE case_id = ? ORDER BY requested_at DESC, id DESC LIMIT 100';
      return (await findAll(engine, selectFrom(breachLists, tail, [caseId]))).map(toList);
    },
    saveBreachAsked: async (asked) => engine.atomic(() => saveAsked(engine, asked)),
    saveBreachDecided: async (decision) =>
      engine.atomic(function* () {
        const decided = yield decide(decision);
        if (decided.length === 0) {
          yield undo;
          return 'unmask/decided';
        }
        yield* appendEvents(engine.tables, [decision.event]);
        return 'saved';
      }),
    saveBreachUsed: async ({ id, officerId, event }) =>
      engine.atomic(function* () {
        const used = yield use({ id, officerId, now: event.at });
        if (used.length === 0) {
          yield undo;
          return 'unmask/over';
        }
        yield* appendEvents(engine.tables, [event]);
        return 'saved';
      }),
    tellNext: async (batch) => engine.atomic(() => tellNext(engine, batch)),
    expireBreachLists: async (now, seal) => engine.atomic(() => expire(engine, { now, seal })),
  };
}

const toList = ({ decidedWith: _with, ...row }: RowOf<Tables['breachLists']>): BreachList => row;

type Asked = Parameters<BreachStore['saveBreachAsked']>[0];

/** Of somebody whose account was closed meanwhile nothing is written: their place stays empty. */
function toPeople(listId: string, personRefs: readonly string[], first: number): Statement {
  const each =
    "SELECT CAST(? AS text), CAST(? AS bigint), CAST(? AS text) WHERE EXISTS (SELECT 1 FROM people WHERE id = ? AND status <> 'closed')";
  const text = `INSERT INTO breach_people (list_id, place, person_id) ${personRefs.map(() => each).join(' UNION ALL ')}`;
  return { text, values: personRefs.flatMap((personRef, at) => [listId, first + at, personRef, personRef]) };
}

function* saveAsked({ tables }: Engine, { list, personRefs, event }: Asked): Act<'saved' | 'audit/case-ended'> {
  const open = yield lockCase(list.caseId, event.at);
  if (open.length === 0) {
    yield undo;
    return 'audit/case-ended';
  }
  yield insertInto(tables.breachLists, { ...list, decidedWith: null });
  for (let first = 0; first < personRefs.length; first += rowsAtOnce) {
    yield toPeople(list.id, personRefs.slice(first, first + rowsAtOnce), first);
  }
  yield* appendEvents(tables, [event]);
  return 'saved';
}

const next = 'SELECT place, person_id, told_at FROM breach_people WHERE list_id = ? AND place > ? ORDER BY place LIMIT ?';

function* tellNext(
  { tables }: Engine,
  { id, officerId, after, limit, now, seal }: ToldBatch,
): Act<readonly ListedPerson[] | 'unmask/over'> {
  const standing = yield usable({ id, officerId, now });
  if (standing.length === 0) {
    yield undo;
    return 'unmask/over';
  }
  const rows = yield { text: next, values: [id, after, limit] };
  for (const row of rows) {
    const personRef = String(row['person_id']);
    const told = yield {
      text: 'UPDATE breach_people SET told_at = ? WHERE list_id = ? AND place = ? AND told_at IS NULL RETURNING place',
      values: [now, id, Number(row['place'])],
    };
    yield* appendEvents(tables, told.length === 0 ? [] : [seal(personRef)]);
  }
  return rows.map((row) => ({ place: Number(row['place']), personRef: String(row['person_id']) }));
}

type Expiring = { readonly now: number; readonly seal: Parameters<BreachStore['expireBreachLists']>[1] };

function* expire({ tables }: Engine, { now, seal }: Expiring): Act<number> {
  const over = `WHERE (state = 'asked' AND open_until <= ?) OR (state = 'approved' AND usable_until <= ?) ORDER BY requested_at LIMIT ${atOnce}`;
  const found = selectFrom(tables.breachLists, over, [now, now]);
  const rows = (yield found).map((row) => toList(found.decode(row)));
  for (const row of rows) {
    const text = "UPDATE breach_lists SET state = 'expired' WHERE id = ? AND state = ? RETURNING id";
    const ended = yield { text, values: [row.id, row.state] };
    const [opened] = yield { text: 'SELECT number FROM audit_cases WHERE id = ?', values: [row.caseId] };
    yield* appendEvents(tables, ended.length === 0 ? [] : [seal({ ...row, number: String(opened?.['number']) })]);
  }
  if (rows.length === 0) {
    yield undo;
  }
  return rows.length;
}
