// The second of the two people: another member, by another name and with another passkey, agrees or refuses.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Officer } from '../staff/officer.ts';
import { isSameName } from '../staff/spellings.ts';
import { keepBack } from './ask-unmask.ts';
import type { UnmaskNeeds } from './ask-unmask.ts';
import { sealCaseEvent } from './case-event.ts';
import type { OpenedCase } from './case.ts';
import { isUndecided } from './unmask.ts';
import type { Unmasking } from './unmask.ts';

export type UnmaskJudged = {
  readonly id: string;
  readonly officer: Pick<Officer, 'id' | 'name'>;
  readonly passkeyId: string;
  readonly decision: 'approve' | 'deny';
};

type Refusal = 'unmask/unknown' | 'unmask/own' | 'unmask/decided';

type Decider = Pick<UnmaskJudged, 'officer' | 'passkeyId'>;

/** Two accounts of one human are one person here, as far as a name can tell. */
export async function isOwnRequest(
  needs: Pick<UnmaskNeeds, 'staff'>,
  { requestedBy, requestedWith }: Pick<Unmasking, 'requestedBy' | 'requestedWith'>,
  { officer, passkeyId }: Decider,
): Promise<boolean> {
  const asker = await needs.staff.findOfficer(requestedBy);
  return requestedBy === officer.id || requestedWith === passkeyId || asker === undefined || isSameName(asker.name, officer.name);
}

const outcomes = {
  approve: { state: 'approved', type: 'unmask.approved' },
  deny: { state: 'denied', type: 'unmask.denied' },
} as const;

export async function decideUnmask(needs: UnmaskNeeds, opened: OpenedCase, judged: UnmaskJudged): Promise<Outcome<Unmasking, Refusal>> {
  const now = needs.clock.now();
  const unmasking = await needs.unmaskings.findUnmasking(judged.id);
  if (unmasking?.caseId !== opened.id) {
    return refuse('unmask/unknown', 'none of this case');
  }
  if (await isOwnRequest(needs, unmasking, judged)) {
    return refuse('unmask/own', unmasking.id);
  }
  if (!isUndecided(unmasking, now)) {
    return refuse('unmask/decided', unmasking.id);
  }
  const { state, type } = outcomes[judged.decision];
  const usableUntil = state === 'approved' ? Math.min(now + unmasking.minutes * 60_000, opened.endsAt) : null;
  const about = { type, officerId: judged.officer.id, about: opened, personRef: unmasking.personRef } as const;
  const event = keepBack(sealCaseEvent(needs, about, { unmask: unmasking.id, until: usableUntil }), unmasking);
  const { passkeyId: decidedWith, officer } = judged;
  const saved = await needs.unmaskings.saveDecided({ id: unmasking.id, state, decidedBy: officer.id, decidedWith, usableUntil, event });
  return saved === 'saved' ? succeed({ ...unmasking, state, usableUntil }) : refuse(saved, unmasking.id);
}
