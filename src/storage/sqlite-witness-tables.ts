// The tables of cosignatures and of whole verifications on SQLite.

import { table, text, whole } from './sqlite-columns.ts';

export const checkpointSignatures = table('checkpoint_signatures', {
  size: whole('size').notNull(),
  witness: text('witness').notNull(),
  keyId: text('key_id').notNull(),
  line: text('line').notNull(),
  cosignedAt: whole('cosigned_at').notNull(),
});

export const wholeVerifications = table('whole_verifications', {
  night: text('night').notNull(),
  begunAt: whole('begun_at').notNull(),
  endedAt: whole('ended_at'),
  size: whole('size'),
  root: text('root'),
  faults: whole('faults'),
  firstFault: text('first_fault'),
});
