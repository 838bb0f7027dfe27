// Tables of FIDO metadata on SQLite.

import type { UserVerification } from '../domain/metadata/model.ts';
import { flag, json, table, text, whole } from './sqlite-columns.ts';

export const metadataSources = table('metadata_sources', {
  source: text('source').notNull(),
  name: text('name').notNull(),
  number: whole('number').notNull(),
  nextUpdate: whole('next_update').notNull(),
  digest: text('digest').notNull(),
  importedAt: whole('imported_at').notNull(),
});

/** `version` grows over all sources: a passkey that was judged by a lower one is judged anew. */
export const metadataModels = table('metadata_models', {
  aaguid: text('aaguid').notNull(),
  source: text('source').notNull(),
  description: text('description').notNull(),
  isListed: flag('is_listed').notNull(),
  isWarned: flag('is_warned').notNull(),
  status: text('status'),
  statusSince: text('status_since'),
  roots: json('roots').$type<readonly string[]>().notNull(),
  userVerification: json('user_verification').$type<UserVerification>().notNull(),
  keyProtection: json('key_protection').$type<readonly string[]>().notNull(),
  attestationTypes: json('attestation_types').$type<readonly string[]>().notNull(),
  version: whole('version').notNull(),
});
