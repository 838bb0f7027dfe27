// The portable column kinds as SQLite spells them. postgres-columns.ts exports the same names.

import { customType, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export { sqliteTable as table, text };

/** Milliseconds since the epoch, counters and indexes: whole numbers below 2^53. */
export const whole = (name: string) => integer(name);

export const flag = (name: string) => integer(name, { mode: 'boolean' });

/** JSON that is only read back, never hashed. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value): unknown => JSON.parse(value),
});
