// How many sessions of one person can be open at a time: a sign-in beyond that ends the one that was unused for longest, in the same act. A list that nobody can
// survey would hide a stranger's session (SE-07).

import type { EngineWrite } from '../oidc/store.ts';
import { endEngineSession } from './end-engine-session.ts';
import type { Act, Engine } from './engine.ts';

// Those that have run out unused are gone already, and take nobody's room.
const tooMany = `SELECT uid FROM sessions WHERE person_id = ? AND ended_at IS NULL AND expires_at > ?
  AND last_seen_at >= CASE WHEN is_shared THEN CAST(? AS bigint) ELSE CAST(? AS bigint) END
  ORDER BY CASE WHEN uid = ? THEN 0 ELSE 1 END, last_seen_at DESC, uid LIMIT 1000 OFFSET ?`;

/** For an act that holds the sessions of the person. */
export function* capSessions(engine: Engine, write: Extract<EngineWrite, { readonly kind: 'save-session' }>): Act<void> {
  const { session, room, at } = write;
  if (room === undefined) {
    return;
  }
  const { most, seenSince, sharedSeenSince, seal } = room;
  const rows = yield { text: tooMany, values: [session.personId, at, sharedSeenSince, seenSince, session.uid, most] };
  for (const row of rows) {
    yield* endEngineSession(engine, { kind: 'end-session', uid: String(row['uid']), at, told: seal() });
  }
}
