// Somebody who has a passkey already was seen by a registration officer: evidence, level code and entries in one act. The code opens nothing by itself, and so one
// officer is enough for it (ADR-0083): it is worth something only to whoever is signed in as this person with a passkey of theirs.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createUuid, toDigest } from '../kernel/ids.ts';
import { createOneTimeCode } from '../kernel/one-time-code.ts';
import { sealEvent } from '../ledger/event.ts';
import type { IssuedInvitation } from '../passkeys/make-invitation.ts';
import type { StoredPerson } from '../people/person.ts';
import { sealProofed } from './enrol-proven.ts';
import type { CheckedIdentity, EnrolNeeds } from './enrol-proven.ts';
import { sealProofing } from './proofing.ts';
import type { ProofingStore } from './store.ts';

export type ProveNeeds = Omit<EnrolNeeds, 'proofings' | 'people'> & { readonly proofings: Pick<ProofingStore, 'saveLevelCode'> };

export async function proveLevel(
  needs: ProveNeeds,
  person: StoredPerson,
  given: Omit<CheckedIdentity, 'personId'>,
): Promise<Outcome<IssuedInvitation, 'person/unknown' | 'person/without-passkey' | 'proofing/evidence-incomplete'>> {
  const checked = { ...given, personId: person.id };
  if (!checked.isHigh) {
    return refuse('proofing/evidence-incomplete', 'a level code rests on a face that was compared with a picture');
  }
  const now = needs.clock.now();
  const token = createOneTimeCode(needs.random);
  const expiresAt = now + needs.invitationLifeSeconds * 1000;
  const proofing = sealProofing(needs, person, { id: createUuid(needs.random, now), ...checked });
  const made = sealEvent(needs, {
    type: 'person.level_code_made',
    personRef: person.id,
    actor: { kind: 'officer', ref: checked.by.ref },
    payload: { expires_at: expiresAt },
  });
  const code = { digest: toDigest(token), personId: person.id, expiresAt };
  const saved = await needs.proofings.saveLevelCode({ proofing, code, events: [sealProofed(needs, checked), made] });
  return saved === 'saved' ? succeed({ token, expiresAt }) : refuse(saved, 'a level code');
}
