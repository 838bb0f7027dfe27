// The entries of a recovery. They name the recovery by its id and the way; never a code, a channel or a document.

import { sealEvent } from '../ledger/event.ts';
import type { Actor, EventType, SealNeeds, SealedEvent } from '../ledger/event.ts';
import type { Recovery, RecoveryEnd } from './recovery.ts';
import type { SealEnd } from './store.ts';

type RecoveryEventType = Extract<EventType, `recovery.${string}`>;

export type Told = Pick<Recovery, 'id' | 'personId' | 'way'> & {
  readonly type: RecoveryEventType;
  /** Absent: nobody of whom it is known who they are; a recovery proves that only at its end. */
  readonly actor?: Actor;
  readonly reason?: RecoveryEnd;
};

const nobodyKnown: Actor = { kind: 'system', ref: null };

export function sealRecovery(needs: SealNeeds, { id, personId, way, type, actor = nobodyKnown, reason }: Told): SealedEvent {
  return sealEvent(needs, { type, personRef: personId, actor, reason: reason ?? null, payload: { recovery: id, way } });
}

/** Of those that end with something else: their time passed, another recovery came to its end, or somebody closed every way in. */
export function toSealEnd(needs: SealNeeds): SealEnd {
  return ({ id, personId, way }, reason) =>
    sealRecovery(needs, { id, personId, way, type: reason === 'time' ? 'recovery.expired' : 'recovery.cancelled', reason });
}
