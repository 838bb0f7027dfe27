// The one-time enrolment link of an operator. Only the digest of its token is stored, so a copy of the database opens no enrolment. Nobody saw the person: what is
// bound by it never reaches further than `substantial`, and somebody who has a passkey, or had one, is told of it at once (ADR-0082).

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createToken } from '../kernel/ids.ts';
import { makeInvitation } from './make-invitation.ts';
import type { InvitationAsked, InvitationNeeds, IssuedInvitation } from './make-invitation.ts';
import type { PasskeysStore } from './store.ts';

export type OperatorInvitationNeeds = InvitationNeeds & { readonly passkeys: Pick<PasskeysStore, 'listPasskeys' | 'listEndedPasskeys'> };

/** `isReturning`: the link lets somebody in as a person who has a passkey, or had one. */
export type OperatorInvitation = IssuedInvitation & { readonly isReturning: boolean };

/** An older link of the same person stops working. Who is not active cannot be invited, and the answer does not say why. */
export async function createInvitation(
  needs: OperatorInvitationNeeds,
  { personId, actor, word }: Pick<InvitationAsked, 'personId' | 'actor' | 'word'>,
): Promise<Outcome<OperatorInvitation, 'person/unknown'>> {
  const isReturning = await hasEverEnrolled(needs, personId);
  const made = await makeInvitation(
    needs,
    { personId, actor, ceiling: 'substantial', isReturning, ...(word === undefined ? {} : { word }) },
    createToken(needs.random),
  );
  if (!made.ok) {
    return made;
  }
  const { invitation, event, issued } = made.value;
  const saved = await needs.people.saveInvitation(invitation, event);
  return saved === 'saved' ? succeed({ ...issued, isReturning }) : refuse(saved, 'not active any more');
}

/** Ended passkeys stay as records. */
export async function hasEverEnrolled({ passkeys }: Pick<OperatorInvitationNeeds, 'passkeys'>, personId: string): Promise<boolean> {
  return (await passkeys.listPasskeys(personId)).length > 0 || (await passkeys.listEndedPasskeys(personId)).length > 0;
}
