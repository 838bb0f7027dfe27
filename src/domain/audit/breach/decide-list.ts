// The second of the two people, as of a single unmasking: another member, by another name and with another passkey.

import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import type { OpenedCase } from '../case.ts';
import { isOwnRequest } from '../decide-unmask.ts';
import type { UnmaskJudged } from '../decide-unmask.ts';
import { isUndecided } from '../unmask.ts';
import { sealBreachEvent } from './ask-list.ts';
import type { BreachNeeds } from './ask-list.ts';
import type { BreachList } from './list.ts';

const outcomes = {
  approve: { state: 'approved', type: 'unmask.approved' },
  deny: { state: 'denied', type: 'unmask.denied' },
} as const;

type Refusal = 'unmask/unknown' | 'unmask/own' | 'unmask/decided';

export async function decideBreachList(
  needs: BreachNeeds,
  opened: OpenedCase,
  { id, officer, passkeyId, decision }: UnmaskJudged,
): Promise<Outcome<BreachList, Refusal>> {
  const now = needs.clock.now();
  const list = await needs.breaches.findBreachList(id);
  if (list?.caseId !== opened.id) {
    return refuse('unmask/unknown', 'none of this case');
  }
  if (await isOwnRequest(needs, list, { officer, passkeyId })) {
    return refuse('unmask/own', id);
  }
  if (!isUndecided(list, now)) {
    return refuse('unmask/decided', id);
  }
  const { state, type } = outcomes[decision];
  const usableUntil = state === 'approved' ? Math.min(now + list.minutes * 60_000, opened.endsAt) : null;
  const event = sealBreachEvent(needs, { type, officerId: officer.id, number: opened.number }, list);
  const decided = { id, state, decidedBy: officer.id, decidedWith: passkeyId, usableUntil, event };
  const saved = await needs.breaches.saveBreachDecided(decided);
  return saved === 'saved' ? succeed({ ...list, state, usableUntil }) : refuse(saved, id);
}
