// Which services a person entered, and how each was told of the end of the session. The rows follow the acts that end sessions, inside them: neither exists
// without the other. Must never end a session by itself.

import { toNoticeBody } from '../domain/logout/notice.ts';
import { toEnded } from '../domain/logout/service-session.ts';
import type { ServiceSession } from '../domain/logout/service-session.ts';
import type { LogoutsStore } from '../domain/logout/store.ts';
import { toGiveUpAt } from '../domain/outbox/message.ts';
import { forShare } from './dialect.ts';
import type { RowOf, Tables } from './dialect.ts';
import type { Act, Engine } from './engine.ts';
import { insertMessage } from './insert-message.ts';
import { findAll, insertInto, selectFrom } from './statements.ts';

const shownAtMost = 200;

export function createLogoutsStore(engine: Engine): LogoutsStore {
  const { serviceSessions } = engine.tables;
  return {
    listOfSessions: async (sessionUids) => {
      const named = sessionUids.map(() => '?').join(', ');
      const tail = `WHERE session_uid IN (${named}) AND state <> 'open' ORDER BY id LIMIT ${shownAtMost}`;
      return sessionUids.length === 0 ? [] : (await findAll(engine, selectFrom(serviceSessions, tail, sessionUids))).map(toServiceSession);
    },
    listAllOfPerson: async (personId) =>
      (await findAll(engine, selectFrom(serviceSessions, 'WHERE person_id = ? ORDER BY id', [personId]))).map(toServiceSession),
    listOfPerson: async (personId, since) => {
      const tail = `WHERE person_id = ? AND state <> 'open' AND ended_at > ? ORDER BY ended_at DESC, id LIMIT ${shownAtMost}`;
      return (await findAll(engine, selectFrom(serviceSessions, tail, [personId, since]))).map(toServiceSession);
    },
  };
}

function toServiceSession(row: RowOf<Tables['serviceSessions']>): ServiceSession {
  return row;
}

/** A code that outlives its session (`offline_access`) may bring a service in after the end: then it is told at once. */
export function* enterService(engine: Engine, entered: ServiceSession): Act<void> {
  const again = 'ON CONFLICT (session_uid, client_id, sid) DO NOTHING RETURNING id';
  const isKnown = (yield insertInto(engine.tables.serviceSessions, { ...entered }, again)).length === 0;
  if (isKnown) {
    // Whoever ended the session since then has told it.
    return;
  }
  // Held until the commit: an end comes wholly before, and is seen here, or wholly after, and sees this row.
  const [session] = yield {
    text: `SELECT ended_at FROM sessions WHERE uid = ?${forShare(engine.dialect)}`,
    values: [entered.sessionUid],
  };
  if (session !== undefined && session['ended_at'] !== null) {
    yield* tellServices(engine, { sessionUid: entered.sessionUid }, entered.enteredAt);
  }
}

/** One session, or all of a person. */
type EndedSessions = { readonly sessionUid: string } | { readonly personId: string };

/** Tells every service that was entered, one message each. Whoever ends the same session at the same time tells nobody twice. */
export function* tellServices(engine: Engine, ended: EndedSessions, at: number): Act<void> {
  const [column, value] = 'personId' in ended ? ['person_id', ended.personId] : ['session_uid', ended.sessionUid];
  const query = selectFrom(engine.tables.serviceSessions, `WHERE ${column} = ? AND state = 'open' ORDER BY id`, [value]);
  for (const row of yield query) {
    yield* tellService(engine, query.decode(row), at);
  }
}

function* tellService(engine: Engine, open: ServiceSession, at: number): Act<void> {
  const registered = selectFrom(engine.tables.services, 'WHERE client_id = ?', [open.clientId]);
  const [row] = yield registered;
  const service = row === undefined ? undefined : registered.decode(row);
  const { state, settledAt, expiresAt } = toEnded(open, service, at);
  const claimed = yield {
    text: "UPDATE service_sessions SET state = ?, ended_at = ?, settled_at = ?, expires_at = ? WHERE id = ? AND state = 'open' RETURNING id",
    values: [state, at, settledAt, expiresAt, open.id],
  };
  if (claimed.length === 1 && state === 'waiting' && service !== undefined) {
    const sub = yield* findSubject(open.personId, service.sector);
    const { id, personId, clientId: recipient, sid } = open;
    const body = toNoticeBody({ sub, sid });
    yield insertMessage(engine.tables, {
      id,
      topic: 'logout',
      recipient,
      personId,
      body,
      createdAt: at,
      giveUpAt: toGiveUpAt('logout', at),
    });
  }
}

export function* findSubject(personId: string, sector: string): Act<string | null> {
  const [row] = yield {
    text: `SELECT person_subjects.subject FROM person_subjects JOIN people ON people.registry_digest = person_subjects.registry_digest
      WHERE people.id = ? AND person_subjects.sector = ?`,
    values: [personId, sector],
  };
  return row === undefined ? null : String(row['subject']);
}
