// An officer hands an enrolment link to a person who stands at the counter. Only to somebody without a passkey: for everybody else a link is a recovery,
// and one officer alone must never be able to let somebody in as another person.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { makeInvitation } from './make-invitation.ts';
import type { InvitationNeeds, IssuedInvitation } from './make-invitation.ts';

export type HandedOver = { readonly personId: string; readonly officerId: string };

export async function inviteAtCounter(
  needs: InvitationNeeds,
  { personId, officerId }: HandedOver,
): Promise<Outcome<IssuedInvitation, 'person/unknown' | 'person/enrolled'>> {
  const made = await makeInvitation(needs, { personId, actor: { kind: 'officer', ref: officerId }, ceiling: 'substantial' });
  if (!made.ok) {
    return made;
  }
  const { issued, invitation, event } = made.value;
  const saved = await needs.people.saveFirstInvitation(invitation, event);
  return saved === 'saved' ? succeed(issued) : refuse(saved, 'has a passkey');
}
