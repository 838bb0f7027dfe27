// After an older backup was restored, accounts that were closed since are open again. What their persons once did with a passkey an operator repeats here, by
// the internal ids that a newer copy of the database remembers; nothing leads from these to anybody.

import { endByAuthority } from '../consent/end-by-authority.ts';
import type { AuthorityNeeds } from '../consent/end-by-authority.ts';
import { endAndErase } from './close-account.ts';
import type { ErasingNeeds } from './close-account.ts';

export type CloseAgainNeeds = AuthorityNeeds & ErasingNeeds;

/** `unknown`: began after the backup. */
export type ClosedAgain = 'closed' | 'already' | 'unknown';

/** Consents are revoked and not withdrawn: the person's own withdrawals were in the time that is lost, and the record says who acted now. */
export async function closeAgain(needs: CloseAgainNeeds, personId: string): Promise<ClosedAgain> {
  const person = await needs.people.findPerson(personId);
  if (person === undefined) {
    return 'unknown';
  }
  if (person.status === 'closed') {
    return 'already';
  }
  const actor = { kind: 'operator', ref: null } as const;
  const act = { reason: 'The account was closed before a backup was restored.', reference: 'restored backup', actor };
  await endAndErase(needs, { personId, actor, end: async ({ id }) => endByAuthority(needs, { record: id, end: 'revoke', act }) });
  return 'closed';
}
