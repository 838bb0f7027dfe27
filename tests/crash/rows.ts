// What the database itself says after a crash, read beside the product and with questions of its own.

import Database from 'better-sqlite3';
import pg from 'pg';
import { toDigest } from '../../src/domain/kernel/ids.ts';
import type { CrashWorld } from './world.ts';

export type Row = Readonly<Record<string, unknown>>;
export type Ask = (text: string, ...values: readonly string[]) => Promise<readonly Row[]>;

export type StoreFaults = {
  /** I2. */
  readonly consents: readonly string[];
  /** I7. */
  readonly keys: readonly string[];
  /** I9. */
  readonly integrity: readonly string[];
};

type Place = Pick<CrashWorld, 'store' | 'file' | 'url'>;

/** Looks without changing anything, on a connection that ends with the work. */
export async function look<T>(place: Place, work: (ask: Ask) => Promise<T>): Promise<T> {
  if (place.store === 'sqlite') {
    const database = new Database(place.file, { readonly: true, timeout: 5000 });
    try {
      return await work(async (text, ...values) => database.prepare<unknown[], Row>(text).all(...values));
    } finally {
      database.close();
    }
  }
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  try {
    let count = 0;
    const toNumbered = (text: string): string => {
      count = 0;
      return text.replaceAll('?', () => `$${(count += 1)}`);
    };
    return await work(async (text, ...values) => (await client.query<Row>(toNumbered(text), [...values])).rows);
  } finally {
    await client.end();
  }
}

const unmatched = [
  [
    'a version of a consent without a numbered entry',
    `SELECT v.receipt_id AS name FROM consent_versions v LEFT JOIN entries e ON e.id = v.event_id AND e.log_index IS NOT NULL WHERE e.id IS NULL`,
  ],
  [
    'an entry of a decision without its version',
    `SELECT e.id AS name FROM entries e LEFT JOIN consent_versions v ON v.event_id = e.id WHERE v.event_id IS NULL
      AND e.type IN ('consent.given', 'consent.renewed', 'consent.narrowed', 'consent.paused', 'consent.resumed', 'consent.withdrawn')`,
  ],
  [
    'a record that is not its last version',
    `SELECT c.id AS name FROM consents c LEFT JOIN consent_versions v ON v.consent_id = c.id AND v.version = c.version AND v.state = c.state
      WHERE v.consent_id IS NULL`,
  ],
] as const;

async function findUnmatched(ask: Ask): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [what, query] of unmatched) {
    found.push(...(await ask(query)).map(({ name }) => `${what}: ${String(name)}`));
  }
  return found;
}

async function findKeyFaults(ask: Ask): Promise<readonly string[]> {
  const rows = await ask(
    `SELECT alg, sum(CASE WHEN active_at IS NOT NULL AND ended_at IS NULL THEN 1 ELSE 0 END) AS active,
      sum(CASE WHEN active_at IS NULL AND ended_at IS NULL THEN 1 ELSE 0 END) AS staged FROM token_keys GROUP BY alg`,
  );
  return rows
    .filter(({ active, staged }) => Number(active) !== 1 || Number(staged) !== 1)
    .map(({ alg, active, staged }) => `${String(alg)} has ${String(active)} active and ${String(staged)} waiting keys`);
}

async function findIntegrityFaults(place: Place, ask: Ask): Promise<readonly string[]> {
  if (place.store === 'postgres') {
    return [];
  }
  const whole = (await ask('PRAGMA integrity_check')).map((row) => String(row['integrity_check'])).filter((said) => said !== 'ok');
  const foreign = (await ask('PRAGMA foreign_key_check')).map((row) => `a row of ${String(row['table'])} refers to nothing`);
  return [...whole, ...foreign];
}

export async function findStoreFaults(place: Place, ask: Ask): Promise<StoreFaults> {
  return { consents: await findUnmatched(ask), keys: await findKeyFaults(ask), integrity: await findIntegrityFaults(place, ask) };
}

export async function countPending(ask: Ask): Promise<number> {
  return Number((await ask('SELECT count(*) AS n FROM entries WHERE log_index IS NULL'))[0]?.['n']);
}

/** How many entries of each kind there are of a person and a service: `person service type`. */
export async function countEntries(ask: Ask): Promise<ReadonlyMap<string, number>> {
  const rows = await ask(
    `SELECT s.person_ref AS person, e.service AS service, e.type AS type, count(*) AS n FROM entries e JOIN entry_secrets s ON s.entry_id = e.id
      WHERE e.type IN ('service.entered', 'token.refreshed', 'data.released') GROUP BY s.person_ref, e.service, e.type`,
  );
  return new Map(rows.map(({ person, service, type, n }) => [`${String(person)} ${String(service)} ${String(type)}`, Number(n)]));
}

/** The list on the own page goes by time, and time has jumped. */
export async function listReceipts(ask: Ask, personId: string): Promise<readonly string[]> {
  return (await ask('SELECT receipt_id AS id FROM consent_versions WHERE person_id = ?', personId)).map(({ id }) => String(id));
}

export async function countWaitingMessages(ask: Ask): Promise<number> {
  return Number((await ask("SELECT count(*) AS n FROM outbox WHERE state = 'waiting' AND topic = 'logout'"))[0]?.['n']);
}

const older: Readonly<Record<Place['store'], string>> = {
  sqlite: "json_set(payload, '$.iat', json_extract(payload, '$.iat') - 21600000)",
  postgres: "jsonb_set(payload::jsonb, '{iat}', to_jsonb((payload::jsonb ->> 'iat')::bigint - 21600000))::text",
};

/** Most of the life of these refresh tokens is over, so that their use rotates them. Nobody else may be at work meanwhile. */
export async function ageTokens(place: Place, tokens: readonly string[]): Promise<void> {
  const text = `UPDATE artefacts SET payload = ${older[place.store]} WHERE key = `;
  const keys = tokens.map((token) => toDigest(`RefreshToken:${token}`));
  if (place.store === 'sqlite') {
    const database = new Database(place.file, { timeout: 5000 });
    database.pragma('synchronous=FULL');
    keys.forEach((key) => database.prepare(`${text}?`).run(key));
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  for (const key of keys) {
    await client.query(`${text}$1`, [key]);
  }
  await client.end();
}
