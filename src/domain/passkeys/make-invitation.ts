// An enrolment link or code before it is saved: the secret for whoever hands it over, its digest for the database, and the entry of it.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toDigest } from '../kernel/ids.ts';
import type { Level } from '../kernel/levels.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor, SealedEvent } from '../ledger/event.ts';
import { toReason, toReferencePayload } from '../people/operators-word.ts';
import type { OperatorsWord } from '../people/operators-word.ts';
import { isActive } from '../people/person.ts';
import type { Invitation } from '../people/store.ts';
import type { PasskeyNeeds } from './relying-party.ts';

export type InvitationNeeds = Pick<PasskeyNeeds, 'clock' | 'random' | 'people'> & { readonly invitationLifeSeconds: number };

export type InvitationAsked = {
  readonly personId: string;
  /** Who invites: an operator, a member of staff, or the system for a provider that checked the person. */
  readonly actor: Actor;
  readonly ceiling: Level;
  /** The person has a passkey, or had one: the entry says so, and the person is told. */
  readonly isReturning?: boolean;
  /** Why an operator makes it. */
  readonly word?: OperatorsWord;
};

export type IssuedInvitation = {
  /** A token of 256 bits, base64url, or a one-time code; goes to the person and nowhere else. */
  readonly token: string;
  readonly expiresAt: number;
};

export type SealedInvitation = {
  readonly issued: IssuedInvitation;
  readonly invitation: Invitation;
  readonly event: SealedEvent;
};

/** Says nothing of whether there is such a person: whoever saves it MUST ask. */
export function sealInvitation(needs: Omit<InvitationNeeds, 'people'>, asked: InvitationAsked, token: string): SealedInvitation {
  const createdAt = needs.clock.now();
  const expiresAt = createdAt + needs.invitationLifeSeconds * 1000;
  const event = sealEvent(needs, {
    type: 'person.invited',
    personRef: asked.personId,
    actor: asked.actor,
    reason: asked.word === undefined ? null : toReason(asked.word),
    payload: { expires_at: expiresAt, returning: asked.isReturning === true, ...toReferencePayload(asked.word ?? {}) },
  });
  const invitation = { digest: toDigest(token), personId: asked.personId, createdAt, expiresAt, ceiling: asked.ceiling };
  return { issued: { token, expiresAt }, invitation, event };
}

export async function makeInvitation(
  needs: InvitationNeeds,
  asked: InvitationAsked,
  token: string,
): Promise<Outcome<SealedInvitation, 'person/unknown'>> {
  const person = await needs.people.findPerson(asked.personId);
  if (person === undefined || !isActive(person)) {
    return refuse('person/unknown', person === undefined ? 'absent' : 'not-active');
  }
  return succeed(sealInvitation(needs, asked, token));
}
