// Tables of notices and freezes on SQLite.

import { authorities, freezeWays, unfreezeWays } from '../domain/protection/freeze.ts';
import { noticeKinds } from '../domain/protection/notice.ts';
import { table, text, whole } from './sqlite-columns.ts';

export const freezes = table('freezes', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  authority: text('authority', { enum: authorities }).notNull(),
  how: text('how', { enum: freezeWays }).notNull(),
  frozenAt: whole('frozen_at').notNull(),
  unfreezeBy: text('unfreeze_by', { enum: unfreezeWays }),
  unfreezeBegunAt: whole('unfreeze_begun_at'),
  unfreezeAt: whole('unfreeze_at'),
  liftedAt: whole('lifted_at'),
});

export const freezeCodes = table('freeze_codes', {
  personId: text('person_id').notNull(),
  digest: text('digest').notNull(),
  madeAt: whole('made_at').notNull(),
  usedAt: whole('used_at'),
});

export const securityNotices = table('security_notices', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  kind: text('kind', { enum: noticeKinds }).notNull(),
  device: text('device'),
  passkeyId: text('passkey_id'),
  at: whole('at').notNull(),
  lastAt: whole('last_at').notNull(),
  count: whole('count').notNull(),
  disownedAt: whole('disowned_at'),
  caseNumber: text('case_number'),
  caseClosedAt: whole('case_closed_at'),
});

export const knownDevices = table('known_devices', {
  personId: text('person_id').notNull(),
  name: text('name').notNull(),
  lastAt: whole('last_at').notNull(),
});

export const formerAddresses = table('former_addresses', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  wrappedKey: text('wrapped_key').notNull(),
  ciphertext: text('ciphertext').notNull(),
  replacedAt: whole('replaced_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
});
