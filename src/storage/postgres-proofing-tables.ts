// Tables of how identities were checked on PostgreSQL.

import { flag, table, text, whole } from './postgres-columns.ts';

export const proofings = table('proofings', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  at: whole('at').notNull(),
  isHigh: flag('is_high').notNull(),
  wrappedKey: text('wrapped_key').notNull(),
  ciphertext: text('ciphertext').notNull(),
});
