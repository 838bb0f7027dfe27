// Tables of recoveries on SQLite.

import { recoverableStatuses, recoveryEnds, recoveryStates, recoveryWays } from '../domain/recovery/recovery.ts';
import { table, text, whole } from './sqlite-columns.ts';

export const recoveries = table('recoveries', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  way: text('way', { enum: recoveryWays }).notNull(),
  state: text('state', { enum: recoveryStates }).notNull(),
  begunStatus: text('begun_status', { enum: recoverableStatuses }).notNull(),
  begunAt: whole('begun_at').notNull(),
  readyAt: whole('ready_at'),
  expiresAt: whole('expires_at').notNull(),
  preparedAt: whole('prepared_at'),
  codeDigest: text('code_digest'),
  codeUntil: whole('code_until'),
  destinationDigest: text('destination_digest'),
  cancelDigest: text('cancel_digest').notNull(),
  openedBy: text('opened_by'),
  openedWith: text('opened_with'),
  wrappedKey: text('wrapped_key'),
  ciphertext: text('ciphertext'),
  endedAt: whole('ended_at'),
  endReason: text('end_reason', { enum: recoveryEnds }),
});

/** At most one of each recovery: a second officer’s word. */
export const recoveryApprovals = table('recovery_approvals', {
  recoveryId: text('recovery_id').notNull(),
  officerId: text('officer_id').notNull(),
  passkeyId: text('passkey_id').notNull(),
  proofingId: text('proofing_id').notNull(),
  approvedAt: whole('approved_at').notNull(),
});

/** Codes that went to a proven channel; whoever gives one back holds the channel. */
export const recoveryCodes = table('recovery_codes', {
  digest: text('digest').notNull(),
  personId: text('person_id').notNull(),
  destinationDigest: text('destination_digest').notNull(),
  sentAt: whole('sent_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
  usedAt: whole('used_at'),
});
