// For whom a passkey is being registered: by a one-time link, by the offer right after it, or by a session that is open already.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Level } from '../kernel/levels.ts';
import { isActive } from '../people/person.ts';
import type { StoredPerson } from '../people/person.ts';
import { findEnrolment } from './find-enrolment.ts';
import type { CeremonyPurpose } from './passkey.ts';
import { findLevelCode } from './level-code.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import { findSpareOffer } from './spare-offer.ts';

/** Where it happens: the kind of device in words of a closed list, for the person's own notice. */
type Place = { readonly device?: string };

export type Registering =
  | (Place & { readonly purpose: 'enrol'; readonly token: string })
  | (Place & { readonly purpose: 'enrol-spare'; readonly token: string })
  | (Place & {
      readonly purpose: 'add-passkey';
      readonly personId: string;
      /** The session it happens in: looked at again when the passkey is stored. */
      readonly sessionUid: string;
      /** Digest of that session and its person. */
      readonly binding: string;
      /** The level of the fresh ceremony of that session, where it was more than substantial: no way to a passkey is stronger than the one it came by. */
      readonly ceiling?: Level;
      /** A level code, as typed: the passkey then has to be one that reaches `high`. */
      readonly code?: string;
    });

export type Registrant = {
  readonly person: StoredPerson;
  readonly purpose: CeremonyPurpose;
  readonly binding: string;
  /** How far the passkey may reach. */
  readonly ceiling: Level;
  readonly invitationDigest: string | null;
  readonly offerDigest: string | null;
  readonly sessionUid: string | null;
  /** Of the level code by which it is added. */
  readonly codeDigest: string | null;
};

export type RegistrantRefusal = 'enrolment/invalid-link' | 'enrolment/offer-ended' | 'session/ended' | 'level-code/refused';

type RegistrantNeeds = Pick<PasskeyNeeds, 'clock' | 'people' | 'passkeys'>;
type Found<Refusal extends RegistrantRefusal> = Promise<Outcome<Registrant, Refusal>>;

async function findByLink(needs: RegistrantNeeds, token: string): Found<'enrolment/invalid-link'> {
  const enrolment = await findEnrolment(needs, token);
  if (!enrolment.ok) {
    return enrolment;
  }
  const { person, digest, ceiling } = enrolment.value;
  const right = { purpose: 'enrol', ceiling, invitationDigest: digest, offerDigest: null, sessionUid: null, codeDigest: null } as const;
  return succeed({ person, binding: digest, ...right });
}

async function findByOffer(needs: RegistrantNeeds, token: string): Found<'enrolment/offer-ended'> {
  const open = await findSpareOffer(needs, token);
  if (!open.ok) {
    return open;
  }
  const { person, offer } = open.value;
  const right = { purpose: 'enrol-spare', invitationDigest: null, offerDigest: offer.digest, sessionUid: null, codeDigest: null } as const;
  return succeed({ person, binding: offer.digest, ceiling: offer.ceiling, ...right });
}

type BySession = Extract<Registering, { readonly purpose: 'add-passkey' }>;

async function findBySession(needs: RegistrantNeeds, by: BySession): Found<'session/ended' | 'level-code/refused'> {
  const person = await needs.people.findPerson(by.personId);
  if (person === undefined || !isActive(person)) {
    return refuse('session/ended', 'person');
  }
  const { purpose, binding, sessionUid, ceiling = 'substantial', code } = by;
  const right = { person, purpose, binding, sessionUid, invitationDigest: null, offerDigest: null } as const;
  if (code === undefined) {
    return succeed({ ...right, ceiling, codeDigest: null });
  }
  const found = await findLevelCode(needs, { personId: person.id, code });
  return found.ok ? succeed({ ...right, ceiling: 'high', codeDigest: found.value.digest }) : found;
}

export async function findRegistrant(needs: RegistrantNeeds, by: Registering): Found<RegistrantRefusal> {
  if (by.purpose === 'add-passkey') {
    return findBySession(needs, by);
  }
  return by.purpose === 'enrol' ? findByLink(needs, by.token) : findByOffer(needs, by.token);
}
