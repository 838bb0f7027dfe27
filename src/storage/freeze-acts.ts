// Freezing and its end as acts: the status, the row that says who may lift it, everything that ends with it, the entries, and what services are told.

import type { Telling } from '../domain/outbox/telling.ts';
import type { Freezing, Frozen, Lifting, OrderLifted, OrderLifting, UnfreezeBegun, Unfreezing } from '../domain/protection/store.ts';
import { appendEvents } from './append-events.ts';
import { endUnderWay } from './end-under-way.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { insertMessage } from './insert-message.ts';
import { findSubject } from './logouts-store.ts';
import { lockPerson } from './lock-person.ts';
import { insertInto, selectFrom } from './statements.ts';

const standing = 'person_id = ? AND lifted_at IS NULL';

const isAbove = (status: unknown): boolean => status !== 'active' && status !== 'frozen';

/** For an act that has locked the person. Leaves nothing behind where it answers `already` or `closed`. */
export function* freezeLocked(engine: Engine, freezing: Freezing): Act<Frozen> {
  const { freeze, event } = freezing;
  const { personId, authority } = freeze;
  const [person] = yield { text: 'SELECT status FROM people WHERE id = ?', values: [personId] };
  const status = person?.['status'];
  if (status === undefined || status === 'closed') {
    return 'closed';
  }
  const isFirst = (yield { text: `SELECT id FROM freezes WHERE ${standing}`, values: [personId] }).length === 0;
  const added = yield insertInto(engine.tables.freezes, freeze, 'ON CONFLICT DO NOTHING RETURNING id');
  const stopped = added.length === 1 ? [] : yield stopUnfreezing(personId, authority);
  if (added.length + stopped.length === 0) {
    return 'already';
  }
  yield* closeLocked(engine, freezing, isFirst ? freezing.telling : undefined);
  yield* appendEvents(engine.tables, [event]);
  return isAbove(status) ? 'beneath' : 'frozen';
}

/** What lies above stays. */
function* closeLocked(engine: Engine, freezing: Freezing, telling: Telling | undefined): Act<void> {
  const { personId, frozenAt: at } = freezing.freeze;
  // Also what was begun in the freeze: whoever freezes anew says that something is wrong now.
  yield* endUnderWay(engine, { ...freezing, personId, at, reason: 'status' });
  yield { text: "UPDATE people SET status = 'frozen', updated_at = ? WHERE id = ? AND status = 'active'", values: [at, personId] };
  if (telling !== undefined) {
    yield* tellConcerned(engine, personId, telling);
  }
}

const stopUnfreezing = (personId: string, authority: string) => ({
  text: `UPDATE freezes SET unfreeze_by = NULL, unfreeze_begun_at = NULL, unfreeze_at = NULL
    WHERE ${standing} AND authority = ? AND unfreeze_at IS NOT NULL RETURNING id`,
  values: [personId, authority],
});

const concerned = `SELECT client_id, max(entered_at) AS entered_at FROM (
    SELECT client_id, entered_at FROM service_sessions WHERE person_id = ?
    UNION ALL SELECT client_id, 0 AS entered_at FROM consents WHERE person_id = ? AND state IN ('given', 'notified', 'paused')
  ) AS known GROUP BY client_id ORDER BY client_id`;

/** Those that the person entered lately, or that hold a record of theirs, as far as they take security events and know a subject of the person. */
function* tellConcerned(engine: Engine, personId: string, telling: Telling): Act<void> {
  for (const row of yield { text: concerned, values: [personId, personId] }) {
    const clientId = String(row['client_id']);
    const query = selectFrom(engine.tables.services, "WHERE client_id = ? AND status = 'active'", [clientId]);
    const [found] = yield query;
    const service = found && query.decode(found);
    const subject = service && (yield* findSubject(personId, service.sector));
    if (typeof service?.metadata['security_events_uri'] !== 'string' || typeof subject !== 'string') {
      continue;
    }
    const wasEntered = Number(row['entered_at']) >= telling.since;
    for (const { message, event } of telling.toMessages({ clientId, subject, wasEntered })) {
      yield insertMessage(engine.tables, message);
      yield* appendEvents(engine.tables, [event]);
    }
  }
}

export function* beginUnfreeze(engine: Engine, { personId, by, at, dueAt, event }: Unfreezing): Act<UnfreezeBegun> {
  yield lockPerson(personId);
  const query = selectFrom(engine.tables.freezes, `WHERE ${standing}`, [personId]);
  const freezes = (yield query).map(query.decode);
  const own = freezes.find(({ authority }) => authority === 'own');
  if (freezes.some(({ authority }) => authority === 'ordered')) {
    return { begun: 'ordered' };
  }
  if (own === undefined) {
    return { begun: 'not-frozen' };
  }
  if (own.unfreezeAt !== null) {
    return { begun: 'waits', freezeId: own.id, dueAt: own.unfreezeAt };
  }
  yield {
    text: 'UPDATE freezes SET unfreeze_by = ?, unfreeze_begun_at = ?, unfreeze_at = ? WHERE id = ?',
    values: [by, at, dueAt, own.id],
  };
  yield* appendEvents(engine.tables, [event]);
  return { begun: 'begun', freezeId: own.id, dueAt };
}

const liftDue = `UPDATE freezes SET lifted_at = ? WHERE ${standing} AND authority = 'own' AND unfreeze_at <= ?
  AND NOT EXISTS (SELECT 1 FROM freezes AS other WHERE other.person_id = freezes.person_id AND other.authority = 'ordered' AND other.lifted_at IS NULL)
  RETURNING id`;

const liftOwn = `UPDATE freezes SET lifted_at = ? WHERE ${standing} AND authority = 'own' RETURNING id`;

/** The person's own freeze, for an act that has locked the person and made sure that none stands by order. */
export function* liftOwnLocked(engine: Engine, { personId, at, event, telling }: Omit<Lifting, 'what'>): Act<void> {
  const lifted = yield { text: liftOwn, values: [at, personId] };
  if (lifted.length === 0) {
    return;
  }
  yield { text: "UPDATE people SET status = 'active', updated_at = ? WHERE id = ? AND status = 'frozen'", values: [at, personId] };
  yield* appendEvents(engine.tables, [event]);
  yield* tellConcerned(engine, personId, telling);
}

export function* lift(engine: Engine, { personId, at, what, event, telling }: Lifting): Act<boolean> {
  yield lockPerson(personId);
  const lifted =
    what === 'due'
      ? yield { text: liftDue, values: [at, personId, at] }
      : yield { text: `UPDATE freezes SET lifted_at = ? WHERE ${standing} RETURNING id`, values: [at, personId] };
  const opened = yield {
    text: "UPDATE people SET status = 'active', updated_at = ? WHERE id = ? AND status = 'frozen' RETURNING id",
    values: [at, personId],
  };
  if (opened.length === 0 || (what === 'due' && lifted.length === 0)) {
    yield undo;
    return false;
  }
  yield* appendEvents(engine.tables, [event]);
  yield* tellConcerned(engine, personId, telling);
  return true;
}

const liftOrdered = `UPDATE freezes SET lifted_at = ? WHERE ${standing} AND authority = 'ordered'
  AND EXISTS (SELECT 1 FROM people WHERE people.id = freezes.person_id AND people.status = 'frozen') RETURNING id`;

const openUnlessOwn = `UPDATE people SET status = 'active', updated_at = ? WHERE id = ? AND status = 'frozen'
  AND NOT EXISTS (SELECT 1 FROM freezes WHERE freezes.person_id = people.id AND freezes.lifted_at IS NULL) RETURNING id`;

export function* liftOrder(engine: Engine, { personId, at, event, left, telling }: OrderLifting): Act<OrderLifted> {
  yield lockPerson(personId);
  if ((yield { text: liftOrdered, values: [at, personId] }).length === 0) {
    return 'nothing';
  }
  if ((yield { text: openUnlessOwn, values: [at, personId] }).length === 0) {
    yield* appendEvents(engine.tables, [left]);
    return 'own-stands';
  }
  yield* appendEvents(engine.tables, [event]);
  yield* tellConcerned(engine, personId, telling);
  return 'open';
}
