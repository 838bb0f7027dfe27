// Tables of how identities were checked on SQLite.

import type { ProofingIssuer } from '../domain/proofing/issuer.ts';
import { flag, json, table, text, whole } from './sqlite-columns.ts';

export const proofings = table('proofings', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  at: whole('at').notNull(),
  isHigh: flag('is_high').notNull(),
  wrappedKey: text('wrapped_key').notNull(),
  ciphertext: text('ciphertext').notNull(),
});

export const proofingIssuers = table('proofing_issuers', {
  issuer: text('issuer').notNull(),
  name: json('name').$type<ProofingIssuer['name']>().notNull(),
  jwks: json('jwks').$type<ProofingIssuer['jwks']>().notNull(),
  trust_framework: text('trust_framework').notNull(),
  assurance_levels: json('assurance_levels').$type<ProofingIssuer['assurance_levels']>().notNull(),
  check_methods: json('check_methods').$type<ProofingIssuer['check_methods']>().notNull(),
  high_methods: json('high_methods').$type<ProofingIssuer['high_methods']>().notNull(),
  since: whole('since').notNull(),
  endedAt: whole('ended_at'),
});
