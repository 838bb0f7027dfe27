// The one-time enrolment link. Only the digest of its token is stored, so a copy of the database opens no enrolment.

import { succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createToken } from '../kernel/ids.ts';
import { makeInvitation } from './make-invitation.ts';
import type { InvitationAsked, InvitationNeeds, IssuedInvitation } from './make-invitation.ts';

export const defaultInvitationLifeSeconds = 24 * 60 * 60;

/** An older link of the same person stops working. Who is not active cannot be invited, and the answer does not say why. */
export async function createInvitation(
  needs: InvitationNeeds,
  asked: InvitationAsked,
): Promise<Outcome<IssuedInvitation, 'person/unknown'>> {
  const made = await makeInvitation(needs, asked, createToken(needs.random));
  if (made.ok) {
    await needs.people.saveInvitation(made.value.invitation, made.value.event);
  }
  return made.ok ? succeed(made.value.issued) : made;
}
