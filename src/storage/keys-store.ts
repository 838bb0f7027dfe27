// The keys of tokens in the database. Every change compares the version that it was made from and writes the next one, in one act with its entries.

import type { KeySet } from '../domain/keys/key-set.ts';
import type { KeyChange, KeysStore } from '../domain/keys/store.ts';
import type { PublicTokenJwk, TokenKey } from '../domain/keys/token-key.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { findAll, insertInto, selectFrom } from './statements.ts';

const name = 'token';

const replace = `ON CONFLICT (kid) DO UPDATE SET sealed_key = excluded.sealed_key, active_at = excluded.active_at, ended_at = excluded.ended_at,
  end_kind = excluded.end_kind, gone_at = excluded.gone_at`;

export function createKeysStore(engine: Engine): KeysStore {
  return {
    findVersion: async () => findVersion(engine),
    readKeys: async () => readKeys(engine),
    saveKeys: async (change) => engine.atomic(() => saveKeys(engine, change)),
    saveRetired: async (kid, at, event) => engine.atomic(() => saveRetired(engine, { kid, at, event })),
  };
}

async function findVersion(engine: Engine): Promise<number> {
  const [row] = await engine.read({ text: 'SELECT version FROM key_sets WHERE name = ?', values: [name] });
  return Number(row?.['version'] ?? 0);
}

/** The version first: what is newer than it does no harm, because whoever builds on it is refused. */
async function readKeys(engine: Engine): Promise<KeySet> {
  const version = await findVersion(engine);
  const rows = await findAll(engine, selectFrom(engine.tables.tokenKeys, 'ORDER BY staged_at, kid', []));
  return { version, keys: rows.map(toKey) };
}

const toNextVersion = (engine: Engine, version: number): Statement =>
  version === 0
    ? insertInto(engine.tables.keySets, { name, version: 1 }, 'ON CONFLICT (name) DO NOTHING RETURNING name')
    : { text: 'UPDATE key_sets SET version = version + 1 WHERE name = ? AND version = ? RETURNING name', values: [name, version] };

function* saveKeys(engine: Engine, { version, keys, events }: KeyChange): Act<'saved' | 'conflict'> {
  const moved = yield toNextVersion(engine, version);
  if (moved.length === 0) {
    yield undo;
    return 'conflict';
  }
  for (const key of keys) {
    yield insertInto(engine.tables.tokenKeys, { ...key }, replace);
  }
  yield* appendEvents(engine.tables, events);
  return 'saved';
}

type Retired = { readonly kid: string; readonly at: number; readonly event: SealedEvent };

function* saveRetired(engine: Engine, { kid, at, event }: Retired): Act<'saved' | 'unchanged'> {
  const told = yield { text: 'UPDATE token_keys SET retired_at = ? WHERE kid = ? AND retired_at IS NULL RETURNING kid', values: [at, kid] };
  if (told.length === 0) {
    yield undo;
    return 'unchanged';
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

function isPublicJwk(value: unknown): value is PublicTokenJwk {
  return typeof value === 'object' && value !== null && Object.values(value).every((member) => typeof member === 'string');
}

function toKey(row: RowOf<Tables['tokenKeys']>): TokenKey {
  const { publicJwk } = row;
  if (!isPublicJwk(publicJwk)) {
    throw new Fault('store/unavailable', `the public half of the key ${row.kid} cannot be read`);
  }
  return { ...row, publicJwk };
}
