// The outbox in the database. One node at a time takes leases, so that the limit of a recipient holds across nodes; sending needs no lock.

import type {
  DeliveriesAsked,
  LeaseAsked,
  LeasedMessage,
  ListedMessage,
  OutboxDepth,
  OutboxStore,
  Settlement,
} from '../domain/outbox/store.ts';
import { holdLock } from './advisory-locks.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { reviveService, settleService } from './settle-service.ts';
import { findAll, selectFrom } from './statements.ts';

type Row = RowOf<Tables['outbox']>;

/** How many are looked at to find those whose recipients have room. */
const looked = 100;

export function createOutboxStore(engine: Engine): OutboxStore {
  const { outbox } = engine.tables;
  return {
    lease: async (asked) => {
      // Read first: a round that finds nothing costs no transaction.
      const due = asked.topics.length === 0 ? [] : await engine.read(toDue(asked, 1));
      return due.length === 0 ? [] : engine.atomic(() => lease(engine, asked));
    },
    settle: async (settlement) => engine.atomic(() => settle(engine, settlement)),
    retry: async (asked) => engine.atomic(() => retry(asked)),
    measure: async () => measure(engine),
    list: async ({ state, limit }) => {
      const rows = await findAll(engine, selectFrom(outbox, 'WHERE state = ? ORDER BY created_at, id LIMIT ?', [state, limit]));
      return rows.map(toListed);
    },
    listOfRecipient: async (recipient, asked) => (await findAll(engine, selectDeliveries(outbox, recipient, asked))).map(toListed),
  };
}

/** Ids grow with time, and letters are to persons. */
function selectDeliveries(outbox: Tables['outbox'], recipient: string, { state, before, limit }: DeliveriesAsked) {
  const conditions = [
    'client_id = ?',
    "topic NOT IN ('mail', 'notice')",
    ...(state === null ? [] : ['state = ?']),
    ...(before === null ? [] : ['id < ?']),
  ];
  const values = [recipient, ...[state, before].filter((value) => value !== null), limit];
  return selectFrom(outbox, `WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`, values);
}

/** Whoever is at the limit already is passed over, so that a slow recipient holds up nobody else. */
function toDue({ now, topics, mostPerRecipient }: LeaseAsked, limit: number): Statement {
  const named = topics.map(() => '?').join(', ');
  return {
    text: `SELECT id, client_id FROM outbox WHERE state = 'waiting' AND next_attempt_at <= ? AND lease_until <= ? AND topic IN (${named})
      AND client_id NOT IN (SELECT client_id FROM outbox WHERE state = 'waiting' AND lease_until > ? GROUP BY client_id HAVING count(*) >= ?)
      ORDER BY next_attempt_at, id LIMIT ?`,
    values: [now, now, ...topics, now, mostPerRecipient, limit],
  };
}

function* lease(engine: Engine, asked: LeaseAsked): Act<readonly LeasedMessage[]> {
  yield* holdLock(engine, 'outbox');
  const busy = yield {
    text: "SELECT client_id, count(*) AS count FROM outbox WHERE state = 'waiting' AND lease_until > ? GROUP BY client_id",
    values: [asked.now],
  };
  const taken = new Map(busy.map((row) => [String(row['client_id']), Number(row['count'])]));
  const leased: LeasedMessage[] = [];
  for (const row of yield toDue(asked, looked)) {
    const recipient = String(row['client_id']);
    const held = taken.get(recipient) ?? 0;
    if (leased.length < asked.most && held < asked.mostPerRecipient) {
      taken.set(recipient, held + 1);
      leased.push(yield* leaseOne(engine, String(row['id']), asked));
    }
  }
  if (leased.length === 0) {
    yield undo;
  }
  return leased;
}

function* leaseOne(engine: Engine, id: string, { leaseId, until }: LeaseAsked): Act<LeasedMessage> {
  yield { text: 'UPDATE outbox SET lease_id = ?, lease_until = ?, attempts = attempts + 1 WHERE id = ?', values: [leaseId, until, id] };
  const query = selectFrom(engine.tables.outbox, 'WHERE id = ?', [id]);
  const [row] = (yield query).map(query.decode);
  if (row === undefined) {
    throw new TypeError('a message is gone between two statements of one act');
  }
  const { topic, recipient, body, createdAt, giveUpAt, attempts } = row;
  return { id, topic, recipient, personId: row.personId || null, body, createdAt, giveUpAt, attempts, leaseId };
}

function toSettling({ message, at, next }: Settlement): Statement {
  const held = [message.id, message.leaseId];
  switch (next.state) {
    case 'sent':
      return {
        text: `UPDATE outbox SET state = 'sent', sent_at = ?, expires_at = ?, body = '', person_id = NULL, failure = NULL, lease_until = 0, lease_id = NULL
          WHERE id = ? AND lease_id = ? AND state = 'waiting' RETURNING id`,
        values: [at, next.removeAt, ...held],
      };
    case 'dead':
      return {
        text: `UPDATE outbox SET state = 'dead', failure = ?, expires_at = ?, lease_until = 0, lease_id = NULL
          WHERE id = ? AND lease_id = ? AND state = 'waiting' RETURNING id`,
        values: [next.failure, next.removeAt, ...held],
      };
    case 'waiting':
      return {
        text: `UPDATE outbox SET failure = ?, next_attempt_at = ?, lease_until = 0, lease_id = NULL
          WHERE id = ? AND lease_id = ? AND state = 'waiting' RETURNING id`,
        values: [next.failure, next.nextAttemptAt, ...held],
      };
  }
}

function* settle(engine: Engine, settlement: Settlement): Act<'saved' | 'lease-lost'> {
  const { message, at, next, events } = settlement;
  const settled = yield toSettling(settlement);
  if (settled.length === 0) {
    return 'lease-lost';
  }
  if (next.state === 'waiting') {
    yield {
      text: `UPDATE outbox SET next_attempt_at = ? WHERE client_id = ? AND state = 'waiting' AND lease_until <= ? AND next_attempt_at < ?`,
      values: [next.othersNotBefore, message.recipient, at, next.othersNotBefore],
    };
  }
  if (next.state === 'dead') {
    // Of a closed account nothing waits for an operator: its body still says whom it is about.
    yield { text: "DELETE FROM outbox WHERE id = ? AND state = 'dead' AND person_id = ''", values: [message.id] };
  }
  if (next.state === 'sent') {
    // Whoever waits for this message learns in the same act that it arrived.
    yield { text: 'UPDATE duties SET told_at = ? WHERE message_id = ?', values: [at, message.id] };
  }
  if (next.state !== 'waiting') {
    yield settleService(message.id, next.state === 'sent' ? 'told' : 'failed', at);
  }
  yield* appendEvents(engine.tables, events);
  return 'saved';
}

function* retry({ id, now, giveUpAt }: Parameters<OutboxStore['retry']>[0]): Act<'saved' | 'not-retried'> {
  const changed = yield {
    text: `UPDATE outbox SET state = 'waiting', attempts = 0, next_attempt_at = ?, give_up_at = ?, expires_at = NULL
      WHERE id = ? AND state IN ('dead', 'waiting') AND lease_until <= ? RETURNING id`,
    values: [now, giveUpAt, id, now],
  };
  if (changed.length === 1) {
    yield reviveService(id);
  }
  return changed.length === 1 ? 'saved' : 'not-retried';
}

async function measure(engine: Engine): Promise<OutboxDepth> {
  const rows = await engine.read({
    text: "SELECT state, count(*) AS count, min(created_at) AS oldest FROM outbox WHERE state IN ('waiting', 'dead') GROUP BY state",
    values: [],
  });
  const find = (state: string) => rows.find((row) => row['state'] === state);
  const waiting = find('waiting');
  return {
    waiting: Number(waiting?.['count'] ?? 0),
    dead: Number(find('dead')?.['count'] ?? 0),
    oldestWaitingAt: waiting === undefined ? null : Number(waiting['oldest']),
  };
}

function toListed(row: Row): ListedMessage {
  const { id, topic, recipient, state, attempts, createdAt, nextAttemptAt, giveUpAt, sentAt, failure } = row;
  return { id, topic, recipient, state, attempts, createdAt, nextAttemptAt, giveUpAt, sentAt, failure };
}
