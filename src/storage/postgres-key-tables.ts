// Tables of the keys that sign tokens on PostgreSQL.

import { keyEnds, tokenAlgorithms } from '../domain/keys/token-key.ts';
import { json, table, text, whole } from './postgres-columns.ts';

export const keySets = table('key_sets', {
  name: text('name').notNull(),
  version: whole('version').notNull(),
});

export const tokenKeys = table('token_keys', {
  kid: text('kid').notNull(),
  alg: text('alg', { enum: tokenAlgorithms }).notNull(),
  publicJwk: json('public_jwk').notNull(),
  sealedKey: text('sealed_key').notNull(),
  stagedAt: whole('staged_at').notNull(),
  activeAt: whole('active_at'),
  endedAt: whole('ended_at'),
  end: text('end_kind', { enum: keyEnds }),
  goneAt: whole('gone_at'),
  retiredAt: whole('retired_at'),
});
