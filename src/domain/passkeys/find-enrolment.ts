// What an enrolment link or code stands for, at this moment. Reading it changes nothing: a mail scanner that opens the link uses nothing up.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isToken, toDigest } from '../kernel/ids.ts';
import type { Level } from '../kernel/levels.ts';
import { findOneTimeCode } from '../kernel/one-time-code.ts';
import { isActive } from '../people/person.ts';
import type { StoredPerson } from '../people/person.ts';
import type { PasskeyNeeds } from './relying-party.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

export type Enrolment = {
  readonly person: StoredPerson;
  /** How the store knows the invitation; also what its ceremonies are bound to. */
  readonly digest: string;
  readonly expiresAt: number;
  readonly ceiling: Level;
  /** Only an operator makes a token; whoever had the person's identity checked has a code that can be typed. */
  readonly madeBy: 'operator' | 'check';
};

const toMaker = (token: string): Enrolment['madeBy'] => (isToken(token) ? 'operator' : 'check');

/** One answer for every link that does not open an enrolment: unknown, used, replaced, expired, or of somebody who is not active. */
export async function findEnrolment(
  needs: Pick<PasskeyNeeds, 'clock' | 'people'>,
  token: string,
): Promise<Outcome<Enrolment, 'enrolment/invalid-link'>> {
  const secret = isToken(token) ? token : findOneTimeCode(token);
  if (secret === undefined) {
    return refuse('enrolment/invalid-link', 'form');
  }
  const digest = toDigest(secret);
  const invitation = await needs.people.findInvitation(digest, needs.clock.now());
  // Looked for also where there is no invitation, so that the time tells nobody whose code it was.
  const person = await needs.people.findPerson(invitation?.personId ?? nobody);
  if (invitation === undefined) {
    return refuse('enrolment/invalid-link', 'absent');
  }
  if (person === undefined || !isActive(person)) {
    return refuse('enrolment/invalid-link', 'person');
  }
  const { expiresAt, ceiling } = invitation;
  return succeed({ person, digest, expiresAt, ceiling, madeBy: toMaker(token) });
}
