// The pool of connections to a PostgreSQL server. Must never hand out a connection whose last caller lost it.

import pg from 'pg';
import { steadyClock } from '../domain/kernel/clock.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { createBreaker } from './breaker.ts';
import type { Engine } from './engine.ts';
import { limitPatience } from './patience.ts';
import { createPostgresEngine } from './postgres.ts';
import type { PostgresSession, PostgresSessions } from './postgres.ts';
import { createFullFault, isAway, isLost, toPostgresFault } from './postgres-faults.ts';
import type { Row } from './row.ts';

const connectTimeoutMs = 2000;
const idleInTransactionMs = 5000;
/** The server is to end a statement first: its connection then serves the next caller. */
const lagMs = 100;

type Limits = {
  readonly statementTimeoutMs: number;
  readonly mostConnections: number;
  /** For all that one request asks. As long as a ready node takes for its longest pages: whoever is sent to it gets them. */
  readonly requestMs: number;
};

const prompt: Limits = { statementTimeoutMs: 2400, mostConnections: 10, requestMs: 8000 };
/** For questions over millions of rows: few at a time, and each may take its time. */
export const patient: Limits = { statementTimeoutMs: 30_000, mostConnections: 2, requestMs: Number.POSITIVE_INFINITY };

export function openPostgres(url: string, { statementTimeoutMs, mostConnections, requestMs }: Limits = prompt): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
  });
  // A server that goes away also ends idle connections; the next caller gets a new one or a fault.
  // An error without a listener would end the process; the query under way fails by itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const engine = createPostgresEngine(toSessions(pool, statementTimeoutMs + lagMs));
  return limitPatience(engine, { steady: steadyClock, mostMs: requestMs });
}

function toSessions(pool: pg.Pool, mostMs: number): PostgresSessions {
  const { guard } = createBreaker({ steady: steadyClock, isAway });
  return {
    use: async (work) => guard(async () => useClient(pool, async (client) => work(toSession(client, mostMs)))),
    close: async () => pool.end(),
  };
}

async function useClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  let isSpoilt = false;
  try {
    return await work(client);
  } catch (error) {
    isSpoilt = error instanceof Fault && error.code.endsWith('/unavailable');
    throw error;
  } finally {
    client.release(isSpoilt);
  }
}

/** Whoever asks now waits for a connection that others use. Asked afterwards it would be too late: a place that became free may be taken again already. */
const isFull = ({ idleCount, options, totalCount, waitingCount }: pg.Pool): boolean =>
  totalCount >= options.max && waitingCount >= idleCount;

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  const isWaiting = isFull(pool);
  try {
    return await pool.connect();
  } catch (error) {
    const fault = toPostgresFault(error, false);
    throw isWaiting && isLost(fault) ? createFullFault() : fault;
  }
}

/**
 * `mostMs`: how long an answer is waited for. The server ends statements by the same time, but one that is gone or far away ends nothing, and a
 * pooler between may not pass the setting on.
 */
export function toSession(client: pg.ClientBase, mostMs?: number): PostgresSession {
  let limit = mostMs === undefined ? {} : { query_timeout: mostMs };
  return {
    run: async ({ values, ...named }) => {
      const asked = { ...named, ...limit, values: [...values] };
      const result = await client.query<Row>(asked);
      return result.rows;
    },
    runScript: async (script) => {
      const asked = { text: script, ...limit };
      await client.query(asked);
    },
    takeTime: () => {
      limit = {};
    },
  };
}
