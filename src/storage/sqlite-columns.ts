// The portable column kinds as SQLite spells them. postgres-columns.ts exports the same names.

import { sqliteCore } from './drizzle.ts';

const { customType, integer } = sqliteCore;

export const { sqliteTable: table, text } = sqliteCore;

/** Milliseconds since the epoch, counters and indexes: whole numbers below 2^53. */
export const whole = (name: string) => integer(name);

export const flag = (name: string) => integer(name, { mode: 'boolean' });

/** JSON that is only read back, never hashed. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value): unknown => JSON.parse(value),
});
