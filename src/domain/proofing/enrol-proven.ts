// Somebody whose identity was just checked is let in: evidence, one-time code and entries in one act. Whoever checks comes through here, the counter and the
// statements of registered issuers alike (ADR-0072), and nobody who has a passkey: for them it would be a recovery.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createUuid } from '../kernel/ids.ts';
import { createOneTimeCode } from '../kernel/one-time-code.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor, SealedEvent } from '../ledger/event.ts';
import { sealInvitation } from '../passkeys/make-invitation.ts';
import type { InvitationNeeds, IssuedInvitation } from '../passkeys/make-invitation.ts';
import type { SealNeeds } from '../people/seal-data.ts';
import { createStranger } from '../people/stranger.ts';
import { sealProofing } from './proofing.ts';
import type { Proofing } from './proofing.ts';
import type { ProofingStore, ServedOnce } from './store.ts';

export type CheckedIdentity = Omit<Proofing, 'id'>;

export type EnrolNeeds = InvitationNeeds & SealNeeds & { readonly proofings: Pick<ProofingStore, 'saveEnrolment'> };

export type HandedOver = IssuedInvitation & Pick<Proofing, 'isHigh'>;

/** Whether somebody may be let in is decided by the one act that does it, after the same work for everybody. */
export async function enrolProven(
  needs: EnrolNeeds,
  given: CheckedIdentity,
  once: ServedOnce | null,
): Promise<Outcome<HandedOver, 'person/unknown' | 'person/enrolled' | 'proofing/statement-refused'>> {
  const stranger = createStranger(needs, {});
  const person = (await needs.people.findPerson(given.personId)) ?? stranger;
  const checked = { ...given, personId: person.id };
  const { isHigh } = checked;
  const actor = toActor(checked);
  const asked = { personId: person.id, actor, ceiling: isHigh ? 'high' : 'substantial' } as const;
  const { issued, invitation, event } = sealInvitation(needs, asked, createOneTimeCode(needs.random));
  const proofing = sealProofing(needs, person, { id: createUuid(needs.random, needs.clock.now()), ...checked });
  const events = [sealProofed(needs, checked), event];
  const saved = await needs.proofings.saveEnrolment({ proofing, invitation, events, once });
  return saved === 'saved' ? succeed({ ...issued, isHigh }) : refuse(saved, 'at the counter or by a statement');
}

function toActor({ by: { kind, ref } }: CheckedIdentity): Actor {
  return kind === 'officer' ? { kind, ref } : { kind: 'system', ref: null };
}

export function sealProofed(needs: Pick<EnrolNeeds, 'clock' | 'random'>, checked: CheckedIdentity): SealedEvent {
  const { personId, evidence, trustFramework, assuranceLevel, isHigh, by } = checked;
  return sealEvent(needs, {
    type: 'person.proofed',
    personRef: personId,
    actor: toActor(checked),
    payload: {
      issuer: by.kind === 'issuer' ? by.ref : null,
      documents: evidence.map(({ document_details: document }) => document.type),
      methods: evidence.flatMap(({ check_details: checks }) => checks.map(({ check_method: method }) => method)),
      trust_framework: trustFramework,
      assurance_level: assuranceLevel,
      high: isHigh,
    },
  });
}
