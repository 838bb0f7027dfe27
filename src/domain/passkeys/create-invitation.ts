// The one-time enrolment link. Only the digest of its token is stored, so a copy of the database opens no enrolment.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createToken, toDigest } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor } from '../ledger/event.ts';
import { isActive } from '../people/person.ts';
import type { PasskeyNeeds } from './relying-party.ts';

export const defaultInvitationLifeSeconds = 24 * 60 * 60;

export type InvitationNeeds = Pick<PasskeyNeeds, 'clock' | 'random' | 'people'> & { readonly invitationLifeSeconds: number };

export type InvitationAsked = {
  readonly personId: string;
  /** Who invites: an operator or a member of staff. */
  readonly actor: Actor;
};

export type IssuedInvitation = {
  /** 256 bits, base64url; goes into the link and nowhere else. */
  readonly token: string;
  readonly expiresAt: number;
};

/** An older link of the same person stops working. Who is not active cannot be invited, and the answer does not say why. */
export async function createInvitation(
  needs: InvitationNeeds,
  asked: InvitationAsked,
): Promise<Outcome<IssuedInvitation, 'person/unknown'>> {
  const person = await needs.people.findPerson(asked.personId);
  if (person === undefined || !isActive(person)) {
    return refuse('person/unknown', person === undefined ? 'absent' : 'not-active');
  }
  const token = createToken(needs.random);
  const createdAt = needs.clock.now();
  const expiresAt = createdAt + needs.invitationLifeSeconds * 1000;
  const event = sealEvent(needs, {
    type: 'person.invited',
    personRef: person.id,
    actor: asked.actor,
    payload: { expires_at: expiresAt },
  });
  await needs.people.saveInvitation({ digest: toDigest(token), personId: person.id, createdAt, expiresAt }, event);
  return succeed({ token, expiresAt });
}
