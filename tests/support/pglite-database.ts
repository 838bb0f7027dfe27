// PostgreSQL's own code without a server: one connection, so it shows that the SQL is right, not that races are. The driver is the product's, with its prepared statements.

import { Duplex } from 'node:stream';
import { callbackify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { toSession } from '../../src/storage/postgres-pool.ts';
import { createPostgresEngine } from '../../src/storage/postgres.ts';
import type { PostgresSessions } from '../../src/storage/postgres.ts';
import { createSchemas } from './emptied-schema.ts';
import type { Row } from './emptied-schema.ts';
import { openDatabase } from './opened-database.ts';
import type { TestDatabase } from './opened-database.ts';

export function createPgliteDatabase(): TestDatabase {
  const server = new PGlite();
  const connected = connect(server);
  const sessions = toSessions(connected);
  const schemas = createSchemas({
    create: async (name) => void (await (await connected).query(`CREATE SCHEMA ${name}`)),
    drop: async (name) => void (await (await connected).query(`DROP SCHEMA ${name} CASCADE`)),
    use: async (name, work) => {
      const client = await connected;
      await client.query(`SET search_path TO ${name}`);
      return work(async (text) => (await client.query<Row>(text)).rows);
    },
  });
  return {
    name: 'PGlite',
    open: async () =>
      schemas.open(async (name, dispose) => {
        await (await connected).query(`SET search_path TO ${name}`);
        return openDatabase(createPostgresEngine(sessions), dispose);
      }),
    stop: async () => server.close(),
  };
}

async function connect(server: PGlite): Promise<pg.Client> {
  const client = new pg.Client({ user: 'postgres', database: 'postgres', ssl: false, stream: () => toStream(server) });
  await server.waitReady;
  await client.connect();
  return client;
}

/** What the driver asks of a socket, in front of a server in this process. */
function toStream(server: PGlite): Duplex {
  const send = callbackify(async (bytes: Buffer): Promise<void> => {
    stream.push(Buffer.from(await server.execProtocolRaw(bytes)));
  });
  const stream: Duplex = new Duplex({
    read: () => undefined,
    write: (bytes: Buffer, _, done) => send(bytes, done),
    writev: (chunks: readonly { readonly chunk: Buffer }[], done) => send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done),
  });
  const isThere = (): Duplex => stream;
  return Object.assign(stream, {
    connect: () => {
      queueMicrotask(() => stream.emit('connect'));
      return stream;
    },
    setNoDelay: isThere,
    ref: isThere,
    unref: isThere,
  });
}

/** Callers take turns: on one connection a statement of another would fall into an open transaction. */
function toSessions(connected: Promise<pg.Client>): PostgresSessions {
  let last: Promise<unknown> = Promise.resolve();
  return {
    use: async (work) => {
      const turn = last.then(async () => work(toSession(await connected)));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => undefined,
  };
}
