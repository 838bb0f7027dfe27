// The portable column kinds as PostgreSQL spells them. sqlite-columns.ts exports the same names.

import { postgresCore } from './drizzle.ts';

const { bigint, boolean, customType } = postgresCore;

export const { pgTable: table, text } = postgresCore;

/** Milliseconds since the epoch, counters and indexes: whole numbers below 2^53. */
export const whole = (name: string) => bigint(name, { mode: 'number' });

export const flag = (name: string) => boolean(name);

/** JSON that is only read back, never hashed. Text and not jsonb, so that both databases keep the same bytes. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value): unknown => JSON.parse(value),
});
