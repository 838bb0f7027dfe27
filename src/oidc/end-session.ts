// The end of a session, however it comes: its tombstone and its entry are one act, and its uid never comes back (security finding M4).

import { sealEvent } from '../domain/ledger/event.ts';
import { write } from './artefact-adapter.ts';
import type { AdapterNeeds } from './artefact-adapter.ts';
import type { EngineSession } from './store.ts';

/** `signed-out`: in the browser of the session. `ended-on-own-page`: from the list of sessions, there or elsewhere. */
export type SessionEnd = 'signed-out' | 'ended-on-own-page';

export async function endSession(needs: AdapterNeeds, session: EngineSession, reason: SessionEnd): Promise<void> {
  await write(needs, { kind: 'end-session', uid: session.uid, at: needs.clock.now() });
  if (session.personId !== null) {
    const event = sealEvent(needs, {
      type: 'session.ended',
      personRef: session.personId,
      actor: { kind: 'person', ref: null },
      reason,
      payload: { reach: 'everywhere' },
    });
    await write(needs, { kind: 'append-event', event });
  }
}
