// The offer right after enrolment: a second passkey at once, in the same visit and the same browser. It is worth as much as the link was, for three minutes, once,
// and ends with the first sign-in: from then on the person adds passkeys on their own page, with a fresh ceremony.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createToken, isToken, toDigest } from '../kernel/ids.ts';
import { isActive } from '../people/person.ts';
import type { StoredPerson } from '../people/person.ts';
import type { Passkey } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import type { SpareOffer } from './store.ts';

export const offerLifeSeconds = 180;

export type IssuedOffer = {
  /** 256 bits, base64url; only the browser of the enrolment has it. */
  readonly token: string;
  readonly offer: SpareOffer;
};

/** `passkey`: the first one, just made by a link. The second may reach as far. */
export function createSpareOffer(needs: Pick<PasskeyNeeds, 'clock' | 'random'>, { personId, ceiling }: Passkey): IssuedOffer {
  const token = createToken(needs.random);
  const expiresAt = needs.clock.now() + offerLifeSeconds * 1000;
  return { token, offer: { digest: toDigest(token), personId, ceiling, expiresAt } };
}

export type OpenOffer = { readonly person: StoredPerson; readonly offer: SpareOffer };

/** One answer for every offer that does not stand: never made, used, skipped, too old, ended by a sign-in, or of somebody who is not active. */
export async function findSpareOffer(
  needs: Pick<PasskeyNeeds, 'clock' | 'people' | 'passkeys'>,
  token: string,
): Promise<Outcome<OpenOffer, 'enrolment/offer-ended'>> {
  const offer = isToken(token) ? await needs.passkeys.findOffer(toDigest(token), needs.clock.now()) : undefined;
  if (offer === undefined) {
    return refuse('enrolment/offer-ended', 'absent');
  }
  const person = await needs.people.findPerson(offer.personId);
  return person !== undefined && isActive(person) ? succeed({ person, offer }) : refuse('enrolment/offer-ended', 'person');
}
