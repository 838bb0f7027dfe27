// The table of cosignatures on PostgreSQL.

import { table, text, whole } from './postgres-columns.ts';

export const checkpointSignatures = table('checkpoint_signatures', {
  size: whole('size').notNull(),
  witness: text('witness').notNull(),
  keyId: text('key_id').notNull(),
  line: text('line').notNull(),
  cosignedAt: whole('cosigned_at').notNull(),
});
