// Showing who it is, to the auditor who asked and within the time. The entry is in the database before anything is shown.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import { keepBack } from './ask-unmask.ts';
import type { UnmaskNeeds } from './ask-unmask.ts';
import { sealCaseEvent } from './case-event.ts';
import type { OpenedCase } from './case.ts';
import { isUsable } from './unmask.ts';

export type UnmaskUsed = { readonly id: string; readonly officerId: string };

/** Whose name and number may be shown, once, for this entry. */
export async function useUnmask(
  needs: UnmaskNeeds,
  opened: OpenedCase,
  { id, officerId }: UnmaskUsed,
): Promise<Outcome<string, 'unmask/unknown' | 'unmask/over'>> {
  const unmasking = await needs.unmaskings.findUnmasking(id);
  if (unmasking?.caseId !== opened.id) {
    return refuse('unmask/unknown', 'none of this case');
  }
  if (unmasking.requestedBy !== officerId || !isUsable(unmasking, needs.clock.now())) {
    return refuse('unmask/over', unmasking.id);
  }
  const { personRef } = unmasking;
  const about = { type: 'unmask.used', officerId, about: opened, personRef } as const;
  const event = keepBack(sealCaseEvent(needs, about, { unmask: id, approved_by: unmasking.decidedBy }), unmasking);
  const saved = await needs.unmaskings.saveUsed({ id, officerId, event });
  return saved === 'saved' ? succeed(personRef) : refuse(saved, id);
}

/** What was not decided in time, or can no longer be used, ends with an entry. */
export async function expireUnmaskings(needs: Pick<UnmaskNeeds, 'clock' | 'random' | 'unmaskings'>): Promise<number> {
  return needs.unmaskings.expireUnmaskings(needs.clock.now(), (over) => {
    const payload = { case: over.number, unmask: over.id, uses: over.uses };
    const actor = { kind: 'system', ref: null } as const;
    return keepBack(sealEvent(needs, { type: 'unmask.expired', personRef: over.personRef, actor, actedBy: null, payload }), over);
  });
}
