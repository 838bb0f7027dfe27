// The case behind "it was not me": opened in the act that closes everything, seen by registration officers, who say by one of a few words what was done and close it.
// No words of their own: nothing personal can slip into the log, and the person reads each step in their own language.

import { sealEvent } from '../ledger/event.ts';
import type { ProtectionNeeds } from './needs.ts';
import type { SecurityNotice } from './notice.ts';

export const caseSteps = ['spoke', 'devices', 'agencies', 'authority', 'mistake'] as const;
export type CaseStep = (typeof caseSteps)[number];

export function findCaseStep(text: string | undefined): CaseStep | undefined {
  return caseSteps.find((step) => step === text);
}

export type CaseNoted = { readonly officerId: string; readonly step: CaseStep; readonly isEnd: boolean };

/** False, and nothing changed, where the case was closed already. */
export async function noteCase(
  needs: ProtectionNeeds,
  { personId, caseNumber }: Pick<SecurityNotice, 'personId'> & { readonly caseNumber: string },
  { officerId, step, isEnd }: CaseNoted,
): Promise<boolean> {
  const event = sealEvent(needs, {
    type: isEnd ? 'case.closed' : 'case.noted',
    personRef: personId,
    actor: { kind: 'officer', ref: officerId },
    actedBy: null,
    payload: { case: caseNumber, step },
  });
  return needs.protection.saveCaseStep({ caseNumber, closedAt: isEnd ? needs.clock.now() : null, event });
}
