// What an officer's enrolment link stands for, at this moment. Reading it changes nothing: a mail scanner that opens the link uses nothing up.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isToken, toDigest } from '../kernel/ids.ts';
import type { StaffNeeds } from './needs.ts';
import { isActive } from './officer.ts';
import type { Officer } from './officer.ts';

export type OfficerEnrolment = {
  readonly officer: Officer;
  /** How the store knows the invitation; also what its ceremonies are bound to. */
  readonly digest: string;
  readonly expiresAt: number;
};

/** One answer for every link that does not open an enrolment: unknown, used, replaced, expired, or of an officer who is not active. */
export async function findOfficerEnrolment(
  needs: Pick<StaffNeeds, 'clock' | 'staff'>,
  token: string,
): Promise<Outcome<OfficerEnrolment, 'officer/invalid-link'>> {
  if (!isToken(token)) {
    return refuse('officer/invalid-link', 'form');
  }
  const digest = toDigest(token);
  const invitation = await needs.staff.findInvitation(digest, needs.clock.now());
  if (invitation === undefined) {
    return refuse('officer/invalid-link', 'absent');
  }
  const officer = await needs.staff.findOfficer(invitation.officerId);
  return officer !== undefined && isActive(officer)
    ? succeed({ officer, digest, expiresAt: invitation.expiresAt })
    : refuse('officer/invalid-link', 'officer');
}
