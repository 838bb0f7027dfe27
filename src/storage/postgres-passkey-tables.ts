// Tables of what belongs to a person's passkeys on PostgreSQL: the names that the person gave them, and the offer of a second one.

import { levels } from '../domain/kernel/levels.ts';
import { table, text, whole } from './postgres-columns.ts';

export const passkeyNames = table('passkey_names', {
  passkeyId: text('passkey_id').notNull(),
  personId: text('person_id').notNull(),
  wrappedKey: text('wrapped_key').notNull(),
  ciphertext: text('ciphertext').notNull(),
});

export const spareOffers = table('spare_offers', {
  digest: text('digest').notNull(),
  personId: text('person_id').notNull(),
  ceiling: text('ceiling', { enum: levels }).notNull(),
  expiresAt: whole('expires_at').notNull(),
});

export const levelCodes = table('level_codes', {
  digest: text('digest').notNull(),
  personId: text('person_id').notNull(),
  expiresAt: whole('expires_at').notNull(),
});
