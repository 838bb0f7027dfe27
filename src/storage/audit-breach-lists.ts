// Lists by which people are told of a breach, under the rules of `audit-two-people.ts`. Whoever is shown is told in the same act.

import type { BreachList } from '../domain/audit/breach/list.ts';
import type { BreachStore, ListedPerson, ToldBatch } from '../domain/audit/breach/store.ts';
import { appendEvents } from './append-events.ts';
import { createTwoPeople } from './audit-two-people.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';
import type { Query } from './statements.ts';

/** People in one statement. */
const rowsAtOnce = 200;

const { lockCase, usable, saveDecided, saveUsed, expire } = createTwoPeople('breach_lists');

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
    saveBreachDecided: async (decision) => saveDecided(engine, decision),
    saveBreachUsed: async (used) => saveUsed(engine, used),
    tellNext: async (batch) => engine.atomic(() => tellNext(engine, batch)),
    expireBreachLists: async (now, seal) => {
      const find = (tail: string, values: readonly number[]): Query<BreachList> => {
        const { decode, ...found } = selectFrom(breachLists, tail, values);
        return { ...found, decode: (row) => toList(decode(row)) };
      };
      return expire(engine, { find, now, seal });
    },
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
