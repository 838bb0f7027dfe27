// The end of a session, however it comes: its tombstone and its entry are one act, and its uid never comes back (security finding M4).

import { sealEvent } from '../domain/ledger/event.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import { write } from './artefact-adapter.ts';
import type { AdapterNeeds } from './artefact-adapter.ts';
import type { EngineSession } from './store.ts';

/**
 * `signed-out`: in the browser of the session. `ended-on-own-page`: from the list of sessions, there or elsewhere. `too-many-sessions`: by a sign-in elsewhere
 * that needed its room.
 */
export type SessionEnd = 'signed-out' | 'ended-on-own-page' | 'too-many-sessions';

export function sealSessionEnd(needs: AdapterNeeds, personRef: string, reason: SessionEnd): SealedEvent {
  // This one session, with every service in it; sessions in other browsers go on.
  const payload = { reach: 'whole-session' };
  const kind = reason === 'too-many-sessions' ? 'system' : 'person';
  return sealEvent(needs, { type: 'session.ended', personRef, actor: { kind, ref: null }, reason, payload });
}

export async function endSession(needs: AdapterNeeds, session: EngineSession, reason: SessionEnd): Promise<void> {
  const { uid, personId } = session;
  const told = personId === null ? null : sealSessionEnd(needs, personId, reason);
  await write(needs, { kind: 'end-session', uid, at: needs.clock.now(), told });
}
