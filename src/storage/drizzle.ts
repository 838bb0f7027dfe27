// The schema library, loaded as CommonJS. Imported as ECMAScript modules, Node 24 reads its description of 180 kB anew for every one of its files,
// which costs each command and each start more than a second.

import { createRequire } from 'node:module';
import type * as Core from 'drizzle-orm';
import type * as PostgresCore from 'drizzle-orm/pg-core';
import type * as SqliteCore from 'drizzle-orm/sqlite-core';

const require = createRequire(import.meta.url);

const has = (value: unknown, name: string): boolean => typeof value === 'object' && value !== null && name in value;
const isCore = (value: unknown): value is typeof Core => has(value, 'getTableColumns');
const isPostgresCore = (value: unknown): value is typeof PostgresCore => has(value, 'pgTable');
const isSqliteCore = (value: unknown): value is typeof SqliteCore => has(value, 'sqliteTable');

function load<T>(name: string, isExpected: (value: unknown) => value is T): T {
  const loaded: unknown = require(name);
  if (!isExpected(loaded)) {
    throw new TypeError(`${name} is not what it should be`);
  }
  return loaded;
}

export const core = load('drizzle-orm', isCore);
export const postgresCore = load('drizzle-orm/pg-core', isPostgresCore);
export const sqliteCore = load('drizzle-orm/sqlite-core', isSqliteCore);
