// Tables of the engine's artefacts and sessions on SQLite: narrow rows in order of arrival. Kill switches work because reads join what a row rests on.

import type { ArtefactModel } from '../oidc/store.ts';
import { flag, table, text, whole } from './sqlite-columns.ts';

export const artefacts = table('artefacts', {
  key: text('key').notNull(),
  model: text('model').$type<ArtefactModel>().notNull(),
  payload: text('payload').notNull(),
  expiresAt: whole('expires_at').notNull(),
  createdAt: whole('created_at').notNull(),
  consumedAt: whole('consumed_at'),
  endedAt: whole('ended_at'),
  personId: text('person_id'),
  clientId: text('client_id'),
  consentId: text('consent_id'),
  /** The run of the consent in which it was made. */
  consentRun: whole('consent_run'),
  sessionUid: text('session_uid'),
  isOffline: flag('is_offline').notNull(),
});

export const sessions = table('sessions', {
  uid: text('uid').notNull(),
  key: text('key').notNull(),
  previousKey: text('previous_key'),
  previousUntil: whole('previous_until'),
  payload: text('payload').notNull(),
  personId: text('person_id'),
  expiresAt: whole('expires_at').notNull(),
  lastSeenAt: whole('last_seen_at').notNull(),
  endedAt: whole('ended_at'),
  startedAt: whole('started_at').notNull(),
  device: text('device'),
  isShared: flag('is_shared').notNull(),
  passkeyId: text('passkey_id'),
});

export const endedTokens = table('ended_tokens', {
  sessionUid: text('session_uid').notNull(),
  clientId: text('client_id').notNull(),
  /** What was made up to here is dead. */
  endedBefore: whole('ended_before').notNull(),
  /** The same for offline tokens; -1 where they live on. */
  offlineEndedBefore: whole('offline_ended_before').notNull(),
});

export const replays = table('replays', {
  key: text('key').notNull(),
  expiresAt: whole('expires_at').notNull(),
});

export const installationFacts = table('installation_facts', {
  name: text('name').notNull(),
  value: text('value').notNull(),
});

export const migrations = table('migrations', {
  number: whole('number').notNull(),
  name: text('name').notNull(),
  hash: text('hash').notNull(),
  appliedAt: whole('applied_at').notNull(),
});
