// The end of every sign-in of a person up to a moment: of the sessions that are open, and of answers that wait in a browser and have begun none yet.

import type { EngineWrite } from '../oidc/store.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { endEngineSession } from './end-engine-session.ts';
import { lockPerson } from './lock-person.ts';

/** For an act that has locked the person. Values that a clock put back would lower stay. */
export function endAnswers(personId: string, at: number): Statement {
  return {
    text: 'UPDATE people SET sign_ins_since = ? WHERE id = ? AND (sign_ins_since IS NULL OR sign_ins_since < ?)',
    values: [at, personId, at],
  };
}

/** Values: when the ceremony was answered, the session. One that outlived the end takes an answer that was given in it. */
export const isSinceEnd = `(people.sign_ins_since IS NULL OR people.sign_ins_since < ? OR EXISTS (SELECT 1 FROM sessions
  WHERE sessions.uid = ? AND sessions.person_id = people.id AND sessions.ended_at IS NULL))`;

const others = `SELECT uid FROM sessions WHERE person_id = ? AND ended_at IS NULL AND expires_at > ?
  AND last_seen_at >= CASE WHEN is_shared THEN CAST(? AS bigint) ELSE CAST(? AS bigint) END AND uid <> ? ORDER BY uid`;

export function* endSignIns(engine: Engine, write: Extract<EngineWrite, { readonly kind: 'end-sign-ins' }>): Act<void> {
  const { personId, except, at, seenSince, sharedSeenSince, seal } = write;
  yield lockPerson(personId);
  yield endAnswers(personId, at);
  for (const row of yield { text: others, values: [personId, at, sharedSeenSince, seenSince, except ?? ''] }) {
    yield* endEngineSession(engine, { kind: 'end-session', uid: String(row['uid']), at, told: seal() });
  }
}
