// Whether an artefact still stands on what it rests on, in SQL, once: reads and commits use the same words.
// Look-ups and not joins: they leave the planner of SQLite nothing to choose.

import type { CommitFailure } from '../oidc/store.ts';
import type { Act } from './engine.ts';
import type { Row } from './row.ts';

const hasSession = `(artefacts.session_uid IS NULL OR artefacts.is_offline
  OR EXISTS (SELECT 1 FROM sessions WHERE sessions.uid = artefacts.session_uid AND sessions.ended_at IS NULL))`;

// An offline token outlives its session, and never the passkey with which that was begun: nobody can say which of them a finder or a copy had made.
const hasPasskey = `NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.uid = artefacts.session_uid
  AND EXISTS (SELECT 1 FROM passkeys WHERE passkeys.id = sessions.passkey_id AND passkeys.ended_at IS NOT NULL))`;

const hasPerson = `(artefacts.person_id IS NULL
  OR EXISTS (SELECT 1 FROM people WHERE people.id = artefacts.person_id AND people.status = 'active'))`;

// A service without a row is one of our own, built into the engine's configuration; registered ones are retired, never deleted.
const hasService = `NOT EXISTS (SELECT 1 FROM services WHERE services.client_id = artefacts.client_id AND services.status <> 'active')`;

// One value for the time of asking.
const hasConsent = `(artefacts.consent_id IS NULL
  OR EXISTS (SELECT 1 FROM consents WHERE consents.id = artefacts.consent_id AND consents.state IN ('given', 'notified')
    AND consents.run = artefacts.consent_run AND consents.expires_at > ?))`;

const isSpared = `NOT EXISTS (SELECT 1 FROM ended_tokens
  WHERE ended_tokens.session_uid = artefacts.session_uid AND ended_tokens.client_id = artefacts.client_id
  AND artefacts.created_at <= CASE WHEN artefacts.is_offline THEN ended_tokens.offline_ended_before ELSE ended_tokens.ended_before END)`;

const hasGrant = `${hasPerson} AND ${hasPasskey} AND ${hasService} AND ${hasConsent} AND ${isSpared}`;

export const stands = `${hasSession} AND ${hasGrant}`;

/** Value: the time. Of the row itself, so that what writes an artefact can say in the same statement whether it stands. */
export const standing = `CASE WHEN NOT ${hasSession} THEN 'session-ended' WHEN artefacts.ended_at IS NULL AND ${hasGrant} THEN 'stands' ELSE 'grant-ended' END AS standing`;

/** Values: the time, the key. */
const readStanding = `SELECT ${standing} FROM artefacts WHERE artefacts.key = ?`;

/** What refuses a commit whose artefact does not stand; undefined where it does. */
export function toFailure(row: Row | undefined): CommitFailure | undefined {
  const found = row?.['standing'];
  if (found === 'stands') {
    return undefined;
  }
  return found === 'session-ended' ? 'session-ended' : 'grant-ended';
}

export function* checkStanding(now: number, key: string): Act<CommitFailure | undefined> {
  const [row] = yield { text: readStanding, values: [now, key] };
  return toFailure(row);
}
