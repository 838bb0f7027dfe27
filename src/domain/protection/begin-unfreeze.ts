import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Json } from '../kernel/canonical.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor } from '../ledger/event.ts';
import { isSeenInPresence } from '../proofing/evidence.ts';
import type { Evidence } from '../proofing/evidence.ts';
import type { UnfreezeWay } from './freeze.ts';
import type { ProtectionNeeds } from './needs.ts';
import type { AwaitedEnd } from './store.ts';
import { shortestUnfreezeMs } from './unfreeze-delay.ts';

export type UnfreezeNeeds = ProtectionNeeds & {
  /** Between the asking and the opening; a shorter one than `shortestUnfreezeMs` does not count. */
  readonly unfreezeDelayMs: number;
};

export type UnfreezeAsked = {
  readonly personId: string;
  readonly by: UnfreezeWay;
  readonly actor: Actor;
  /** What an officer saw in presence. Its kind and how it was checked go into the entry, and nothing that names the person. */
  readonly evidence?: Evidence | undefined;
};

const isSeen = (evidence: Evidence | undefined): boolean => evidence !== undefined && isSeenInPresence(evidence);

function toSeen(evidence: Evidence | undefined): { readonly [member: string]: Json } {
  return evidence === undefined
    ? {}
    : { evidence: evidence.document_details.type, methods: evidence.check_details.map(({ check_method: method }) => method) };
}

/** The caller MUST have seen the person: by a ceremony that reached `high`, or an officer at the counter, who confirmed it. Asked again, the delay that runs goes on. */
export async function beginUnfreeze(
  needs: UnfreezeNeeds,
  { personId, by, actor, evidence }: UnfreezeAsked,
): Promise<Outcome<AwaitedEnd, 'freeze/ordered' | 'freeze/none' | 'proofing/evidence-incomplete'>> {
  if (by === 'counter' && !isSeen(evidence)) {
    return refuse('proofing/evidence-incomplete', 'no document whose picture was compared with the face');
  }
  const at = needs.clock.now();
  const dueAt = at + Math.max(needs.unfreezeDelayMs, shortestUnfreezeMs);
  const payload = { by, from: dueAt, ...toSeen(evidence) };
  const actedBy = by === 'passkey' ? 'self' : 'office_clerk';
  const event = sealEvent(needs, { type: 'person.unfreeze_begun', personRef: personId, actor, actedBy, payload });
  const answer = await needs.protection.beginUnfreeze({ personId, by, at, dueAt, event });
  switch (answer.begun) {
    case 'ordered':
      return refuse('freeze/ordered', 'an operator or a court ordered it');
    case 'not-frozen':
      return refuse('freeze/none', 'no freeze stands');
    case 'begun':
    case 'waits':
      return succeed({ freezeId: answer.freezeId, dueAt: answer.dueAt });
  }
}
