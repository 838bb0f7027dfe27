// Duties of services in the database. They are opened in the act that causes them; an answer is written together with its entry.

import type { Duty } from '../domain/duties/duty.ts';
import type { DutiesStore } from '../domain/duties/store.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { lockPerson } from './lock-person.ts';
import { insertMessage } from './insert-message.ts';
import type { Value } from './row.ts';
import { findAll, findOne, insertInto, selectFrom, toListCondition } from './statements.ts';

/** For the act that opens it. */
export function insertDuty(tables: Tables, duty: Duty): Statement {
  return insertInto(tables.duties, { ...duty, personId: duty.personId ?? '', subject: duty.subject ?? '' });
}

export const unanswered = "state IN ('open', 'acknowledged')";

export function createDutiesStore(engine: Engine): DutiesStore {
  const { duties } = engine.tables;
  const list = async (tail: string, values: readonly Value[]): Promise<readonly Duty[]> =>
    (await findAll(engine, selectFrom(duties, tail, values))).map(toDuty);
  return {
    listDuties: async (personId) => list('WHERE person_id = ? ORDER BY created_at DESC, id DESC', [personId]),
    findDuty: async (id) => {
      const row = await findOne(engine, selectFrom(duties, 'WHERE id = ?', [id]));
      return row && toDuty(row);
    },
    // Ids are UUIDs of version 7: they sort by time.
    listOfService: async (clientId, { limit, after, isUnanswered }) =>
      list(`WHERE client_id = ? AND id > ? ${isUnanswered ? `AND ${unanswered} ` : ''}ORDER BY id LIMIT ?`, [clientId, after ?? '', limit]),
    listOverdue: async ({ now, limit, after, services }) => {
      const within = toListCondition('client_id', services);
      const where = `WHERE ${unanswered} AND due_at <= ? AND id > ?${within.text} ORDER BY id LIMIT ?`;
      return list(where, [now, after ?? '', ...within.values, limit]);
    },
    saveAnswer: async (answer) => engine.atomic(() => saveAnswer(engine, answer)),
    listUnrecorded: async ({ now, limit }) =>
      list(`WHERE ${unanswered} AND due_at <= ? AND overdue_at IS NULL ORDER BY due_at LIMIT ?`, [now, limit]),
    recordOverdue: async (overdue) => engine.atomic(() => recordOverdue(engine, overdue)),
    saveRequest: async (request) => engine.atomic(() => saveRequest(engine, request)),
  };
}

type Request = Parameters<DutiesStore['saveRequest']>[0];

function* saveRequest(engine: Engine, { duty, outbox, events }: Request): Act<'saved' | 'duty/open' | 'consent/not-found'> {
  const personId = duty.personId ?? '';
  // One press at a time; and a closing comes wholly before, or wholly after.
  yield lockPerson(personId);
  const [person] = yield { text: 'SELECT status FROM people WHERE id = ?', values: [personId] };
  if (person?.['status'] === 'closed') {
    return 'consent/not-found';
  }
  const query = selectFrom(engine.tables.duties, `WHERE person_id = ? AND record_id = ? AND ${unanswered}`, [personId, duty.recordId]);
  const owed = (yield query).map(query.decode);
  if (owed.some(({ attributes }) => attributes.some((name) => duty.attributes.includes(name)))) {
    return 'duty/open';
  }
  yield insertDuty(engine.tables, duty);
  for (const message of outbox) {
    yield insertMessage(engine.tables, message);
  }
  yield* appendEvents(engine.tables, events);
  return 'saved';
}

function* saveAnswer(engine: Engine, answer: Parameters<DutiesStore['saveAnswer']>[0]): Act<'saved' | 'duty/answered'> {
  const { id, before, state, article, at, event } = answer;
  const changed = yield {
    text: 'UPDATE duties SET state = ?, article = ?, answered_at = ? WHERE id = ? AND state = ? RETURNING id',
    values: [state, article === null ? null : JSON.stringify(article), at, id, before],
  };
  if (changed.length === 0) {
    return 'duty/answered';
  }
  // Whoever closed the account is known to this row no longer than the answer is owed.
  yield { text: `UPDATE duties SET subject = '' WHERE id = ? AND person_id = '' AND NOT ${unanswered}`, values: [id] };
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

function* recordOverdue(engine: Engine, { id, at, event }: Parameters<DutiesStore['recordOverdue']>[0]): Act<void> {
  const changed = yield {
    text: `UPDATE duties SET overdue_at = ? WHERE id = ? AND overdue_at IS NULL AND ${unanswered} RETURNING id`,
    values: [at, id],
  };
  if (changed.length === 0) {
    yield undo;
    return;
  }
  yield* appendEvents(engine.tables, [event]);
}

function toDuty(row: RowOf<Tables['duties']>): Duty {
  return { ...row, personId: row.personId || null, subject: row.subject || null };
}
