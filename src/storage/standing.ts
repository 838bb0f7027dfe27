// Whether an artefact still stands on what it rests on, in SQL, once: reads and commits use the same words.

export const joinParents = `LEFT JOIN people ON people.id = artefacts.person_id
  LEFT JOIN services ON services.client_id = artefacts.client_id
  LEFT JOIN consents ON consents.id = artefacts.consent_id
  LEFT JOIN sessions ON sessions.uid = artefacts.session_uid
  LEFT JOIN ended_tokens ON ended_tokens.session_uid = artefacts.session_uid AND ended_tokens.client_id = artefacts.client_id`;

const hasSession = '(artefacts.session_uid IS NULL OR artefacts.is_offline OR (sessions.uid IS NOT NULL AND sessions.ended_at IS NULL))';

// A service without a row is one of our own, built into the engine's configuration; registered ones are retired, never deleted.
// One value for the time of asking.
const hasGrant = `(artefacts.person_id IS NULL OR people.status = 'active')
  AND (services.client_id IS NULL OR services.status = 'active')
  AND (artefacts.consent_id IS NULL
    OR (consents.state IN ('given', 'notified') AND consents.run = artefacts.consent_run AND consents.expires_at > ?))
  AND (ended_tokens.client_id IS NULL
    OR artefacts.created_at > CASE WHEN artefacts.is_offline THEN ended_tokens.offline_ended_before ELSE ended_tokens.ended_before END)`;

export const stands = `${hasSession} AND ${hasGrant}`;

/** Values: the time, the key. */
export const readStanding = `SELECT CASE WHEN NOT ${hasSession} THEN 'session-ended' WHEN ${hasGrant} THEN 'stands' ELSE 'grant-ended' END AS standing
  FROM artefacts ${joinParents} WHERE artefacts.key = ?`;
