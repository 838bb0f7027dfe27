// The pool of connections to a PostgreSQL server. Must never hand out a connection whose last caller lost it.

import pg from 'pg';
import { Fault } from '../domain/kernel/errors.ts';
import type { Engine } from './engine.ts';
import { createPostgresEngine } from './postgres.ts';
import type { PostgresSession, PostgresSessions } from './postgres.ts';
import { toPostgresFault } from './postgres-faults.ts';
import type { Row } from './row.ts';

const connectTimeoutMs = 2000;
const idleInTransactionMs = 5000;

type Limits = { readonly statementTimeoutMs: number; readonly mostConnections: number };

const prompt: Limits = { statementTimeoutMs: 2500, mostConnections: 10 };
/** For questions over millions of rows: few at a time, and each may take its time. */
export const patient: Limits = { statementTimeoutMs: 30_000, mostConnections: 2 };

export function openPostgres(url: string, { statementTimeoutMs, mostConnections }: Limits = prompt): Engine {
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
  return createPostgresEngine(toSessions(pool));
}

function toSessions(pool: pg.Pool): PostgresSessions {
  return {
    use: async (work) => {
      const client = await connect(pool);
      let isSpoilt = false;
      try {
        return await work(toSession(client));
      } catch (error) {
        isSpoilt = error instanceof Fault && error.code.endsWith('/unavailable');
        throw error;
      } finally {
        client.release(isSpoilt);
      }
    },
    close: async () => pool.end(),
  };
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw toPostgresFault(error, false);
  }
}

export function toSession(client: pg.ClientBase): PostgresSession {
  return {
    run: async ({ values, ...named }) => {
      const result = await client.query<Row>({ ...named, values: [...values] });
      return result.rows;
    },
    runScript: async (script) => {
      await client.query(script);
    },
  };
}
