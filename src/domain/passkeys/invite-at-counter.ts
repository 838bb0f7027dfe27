// An officer hands an enrolment link to a person who stands at the counter. Only to somebody without a passkey: for everybody else a link is a recovery,
// and one officer alone must never be able to let somebody in as another person.

import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createInvitation } from './create-invitation.ts';
import type { InvitationNeeds, IssuedInvitation } from './create-invitation.ts';
import type { PasskeysStore } from './store.ts';

export type CounterNeeds = InvitationNeeds & { readonly passkeys: Pick<PasskeysStore, 'listPasskeys'> };

export type HandedOver = { readonly personId: string; readonly officerId: string };

export async function inviteAtCounter(
  needs: CounterNeeds,
  { personId, officerId }: HandedOver,
): Promise<Outcome<IssuedInvitation, 'person/unknown' | 'person/enrolled'>> {
  const passkeys = await needs.passkeys.listPasskeys(personId);
  return passkeys.length > 0
    ? refuse('person/enrolled', 'has a passkey')
    : createInvitation(needs, { personId, actor: { kind: 'officer', ref: officerId } });
}
