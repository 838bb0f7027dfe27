// The entries of what ends with a status: an operator or the register said the word, and each session and each open recovery ends by it.

import { sealEvent } from '../ledger/event.ts';
import type { SealNeeds } from '../ledger/event.ts';
import type { StatusEnds } from './store.ts';

export function toStatusEnds(needs: SealNeeds): StatusEnds {
  const said = { actor: { kind: 'operator', ref: null }, reason: 'status' } as const;
  return {
    sealSessionEnd: (personId) =>
      sealEvent(needs, { type: 'session.ended', personRef: personId, ...said, actedBy: null, payload: { reach: 'whole-session' } }),
    sealRecoveryEnd: ({ id, personId, way }) =>
      sealEvent(needs, { type: 'recovery.cancelled', personRef: personId, ...said, payload: { recovery: id, way, by: 'status' } }),
  };
}
