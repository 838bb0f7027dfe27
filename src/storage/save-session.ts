// How a commit writes a session: whole, or that it was seen. One that ended never comes back.

import type { CommitFailure, EngineWrite } from '../oidc/store.ts';
import { holdSessions } from './advisory-locks.ts';
import { capSessions } from './cap-sessions.ts';
import { forShare } from './dialect.ts';
import { isSinceEnd } from './end-sign-ins.ts';
import { toSessionRow } from './engine-rows.ts';
import type { Act, Engine } from './engine.ts';
import { endOffers } from './spare-offers.ts';
import { insertInto } from './statements.ts';

type Failure = CommitFailure | undefined;
type Write<Kind extends EngineWrite['kind']> = Extract<EngineWrite, { readonly kind: Kind }>;

// A request that still holds the key before the last rotation must not bring it back.
const saveSession = `ON CONFLICT (uid) DO UPDATE SET
  key = CASE WHEN excluded.key = sessions.previous_key THEN sessions.key ELSE excluded.key END,
  previous_key = CASE WHEN excluded.key IN (sessions.key, sessions.previous_key) THEN sessions.previous_key ELSE sessions.key END,
  previous_until = CASE WHEN excluded.key IN (sessions.key, sessions.previous_key) THEN sessions.previous_until ELSE excluded.previous_until END,
  started_at = CASE WHEN sessions.person_id IS NOT DISTINCT FROM excluded.person_id THEN sessions.started_at ELSE excluded.started_at END,
  device = CASE WHEN sessions.person_id IS NOT DISTINCT FROM excluded.person_id THEN sessions.device ELSE excluded.device END,
  is_shared = excluded.is_shared OR (sessions.is_shared AND sessions.person_id IS NOT DISTINCT FROM excluded.person_id), passkey_id = excluded.passkey_id,
  payload = excluded.payload, person_id = excluded.person_id, expires_at = excluded.expires_at, last_seen_at = excluded.last_seen_at
  WHERE sessions.ended_at IS NULL RETURNING uid`;

const touchSession = `UPDATE sessions SET last_seen_at = CASE WHEN last_seen_at < ? THEN ? ELSE last_seen_at END
  WHERE uid = ? AND ended_at IS NULL RETURNING uid`;

export function* saveEngineSession(engine: Engine, write: Write<'save-session'>): Act<Failure> {
  const { personId } = write.session;
  const signedIn = write.isSignIn ? personId : null;
  if (signedIn !== null) {
    yield* holdSessions(engine, signedIn);
  }
  if (write.isSignIn && !(yield* holdPasskey(engine, write))) {
    return 'session-ended';
  }
  const saved = yield insertInto(engine.tables.sessions, toSessionRow(write), saveSession);
  if (saved.length === 0) {
    return 'session-ended';
  }
  if (signedIn !== null) {
    yield endOffers(signedIn);
    yield* capSessions(engine, write);
  }
  return undefined;
}

/** Until the commit, so that the end of the passkey, or a freeze of its person, comes wholly before or wholly after. */
function* holdPasskey(engine: Engine, { session, answeredAt = 0 }: Write<'save-session'>): Act<boolean> {
  const lock = forShare(engine.dialect);
  const text = `SELECT id FROM passkeys WHERE id = ? AND ended_at IS NULL AND EXISTS (SELECT 1 FROM people
    WHERE people.id = passkeys.person_id AND people.status = 'active' AND ${isSinceEnd}${lock})${lock}`;
  const held = yield { text, values: [session.passkeyId, answeredAt, session.uid] };
  return held.length === 1;
}

export function* touchEngineSession({ at, isNeeded, uid }: Write<'touch-session'>): Act<Failure> {
  const seen = yield { text: touchSession, values: [at, at, uid] };
  return isNeeded && seen.length === 0 ? 'session-ended' : undefined;
}
