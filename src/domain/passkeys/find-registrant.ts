// For whom a passkey is being registered: by a one-time link, or by a session that is open already.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Level } from '../kernel/levels.ts';
import { isActive } from '../people/person.ts';
import type { StoredPerson } from '../people/person.ts';
import { findEnrolment } from './find-enrolment.ts';
import type { CeremonyPurpose } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';

export type Registering =
  | { readonly purpose: 'enrol'; readonly token: string }
  | { readonly purpose: 'add-passkey'; readonly personId: string; /** Digest of the session it happens in. */ readonly binding: string };

export type Registrant = {
  readonly person: StoredPerson;
  readonly purpose: CeremonyPurpose;
  readonly binding: string;
  readonly invitationDigest: string | null;
  /** How far the passkey may reach. */
  readonly ceiling: Level;
};

export type RegistrantRefusal = 'enrolment/invalid-link' | 'session/ended';

export async function findRegistrant(
  needs: Pick<PasskeyNeeds, 'clock' | 'people'>,
  by: Registering,
): Promise<Outcome<Registrant, RegistrantRefusal>> {
  if (by.purpose === 'enrol') {
    const enrolment = await findEnrolment(needs, by.token);
    return enrolment.ok
      ? succeed({
          person: enrolment.value.person,
          purpose: by.purpose,
          binding: enrolment.value.digest,
          invitationDigest: enrolment.value.digest,
          ceiling: enrolment.value.ceiling,
        })
      : enrolment;
  }
  const person = await needs.people.findPerson(by.personId);
  return person !== undefined && isActive(person)
    ? succeed({ person, purpose: by.purpose, binding: by.binding, invitationDigest: null, ceiling: 'substantial' })
    : refuse('session/ended', 'person');
}
