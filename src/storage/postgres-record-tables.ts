// Tables of consents and of the ledger on PostgreSQL. What is evidence is append-only: triggers in the migrations refuse everything else.

import { basisTypes } from '../domain/agencies/agency.ts';
import { levels } from '../domain/kernel/levels.ts';
import { changes, storedStates } from '../domain/consent/consent.ts';
import type { AttributeDecision } from '../domain/consent/consent.ts';
import { messageStates, topics } from '../domain/outbox/message.ts';
import { personKinds } from '../domain/people/person.ts';
import { flag, json, table, text, whole } from './postgres-columns.ts';

export const consents = table('consents', {
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  clientId: text('client_id').notNull(),
  purposeId: text('purpose_id').notNull(),
  purposeVersion: whole('purpose_version').notNull(),
  version: whole('version').notNull(),
  /** Grows whenever the record stops or starts to stand: tokens of an earlier run stay dead when the person agrees again. */
  run: whole('run').notNull(),
  state: text('state', { enum: storedStates }).notNull(),
  change: text('change', { enum: changes }).notNull(),
  attributes: json('attributes').$type<readonly AttributeDecision[]>().notNull(),
  basis: text('basis', { enum: basisTypes }).notNull(),
  language: text('language', { enum: ['ar', 'en'] }).notNull(),
  personKind: text('person_kind', { enum: personKinds }).notNull(),
  level: text('level', { enum: levels }).notNull(),
  isOffline: flag('is_offline').notNull(),
  actedBy: text('acted_by', { enum: ['self', 'authority'] }).notNull(),
  createdAt: whole('created_at').notNull(),
  decidedAt: whole('decided_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
  /** Releases since it was last agreed to. */
  uses: whole('uses').notNull(),
  lastUsedAt: whole('last_used_at'),
  /** When the present period of its frequency began, and releases since. */
  periodFrom: whole('period_from').notNull(),
  periodUses: whole('period_uses').notNull(),
  /** When the log was told that it ran out; null again with each decision. */
  expiryToldAt: whole('expiry_told_at'),
});

export const consentVersions = table('consent_versions', {
  consentId: text('consent_id').notNull(),
  version: whole('version').notNull(),
  personId: text('person_id').notNull(),
  purposeVersion: whole('purpose_version').notNull(),
  state: text('state', { enum: storedStates }).notNull(),
  change: text('change', { enum: changes }).notNull(),
  attributes: json('attributes').$type<readonly AttributeDecision[]>().notNull(),
  basis: text('basis', { enum: basisTypes }).notNull(),
  language: text('language', { enum: ['ar', 'en'] }).notNull(),
  actedBy: text('acted_by', { enum: ['self', 'authority'] }).notNull(),
  decidedAt: whole('decided_at').notNull(),
  expiresAt: whole('expires_at').notNull(),
  receiptId: text('receipt_id').notNull(),
  jws: text('jws').notNull(),
  eventId: text('event_id').notNull(),
  createdAt: whole('created_at').notNull(),
});

export const outbox = table('outbox', {
  id: text('id').notNull(),
  topic: text('topic', { enum: topics }).notNull(),
  /** Named after the first kind of recipient there was. */
  recipient: text('client_id').notNull(),
  personId: text('person_id'),
  body: text('body').notNull(),
  createdAt: whole('created_at').notNull(),
  state: text('state', { enum: messageStates }).notNull(),
  attempts: whole('attempts').notNull(),
  nextAttemptAt: whole('next_attempt_at').notNull(),
  giveUpAt: whole('give_up_at').notNull(),
  leaseId: text('lease_id'),
  leaseUntil: whole('lease_until').notNull(),
  failure: text('failure'),
  sentAt: whole('sent_at'),
  /** When a message that came to its end may be removed. */
  expiresAt: whole('expires_at'),
});

export const entries = table('entries', {
  id: text('id').notNull(),
  type: text('type').notNull(),
  at: whole('at').notNull(),
  service: text('service'),
  purpose: text('purpose'),
  /** JSON array of names, as one text: few different ones exist, see entry_attributes. */
  attributes: text('attributes').notNull(),
  body: text('body').notNull(),
  commitment: text('commitment').notNull(),
  logIndex: whole('log_index'),
  leafHash: text('leaf_hash'),
});

/** The erasable half of an entry. */
export const entrySecrets = table('entry_secrets', {
  entryId: text('entry_id').notNull(),
  personRef: text('person_ref'),
  salt: text('salt').notNull(),
});

/** Which stored lists of attributes hold an attribute: entries are found by attribute without a row for each. */
export const entryAttributes = table('entry_attributes', {
  attributes: text('attributes').notNull(),
  attribute: text('attribute').notNull(),
});

export const ledgerTiles = table('ledger_tiles', {
  level: whole('level').notNull(),
  tileIndex: whole('tile_index').notNull(),
  /** base64url. */
  hashes: text('hashes').notNull(),
});

export const checkpoints = table('checkpoints', {
  size: whole('size').notNull(),
  root: text('root').notNull(),
  text: text('text').notNull(),
  at: whole('at').notNull(),
});

export const logKeyChanges = table('log_key_changes', {
  place: whole('place').notNull(),
  size: whole('size').notNull(),
  statement: text('statement').notNull(),
  at: whole('at').notNull(),
});

export const notices = table('notices', {
  digest: text('digest').notNull(),
  language: text('language', { enum: ['ar', 'en'] }).notNull(),
  clientId: text('client_id').notNull(),
  purposeId: text('purpose_id').notNull(),
  purposeVersion: whole('purpose_version').notNull(),
  text: text('text').notNull(),
});
