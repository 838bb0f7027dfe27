// A passkey that reaches `high`: bound to its person as strongly as at a counter, and of a model that the metadata vouch for.

import { getValue } from '../../src/domain/kernel/errors.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { createInvitation } from '../../src/domain/passkeys/create-invitation.ts';
import type { Standing } from '../../src/domain/passkeys/passkey.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { createTraveller, enrol } from './person-journey.ts';
import type { Traveller } from './person-journey.ts';
import { createSoftwareAuthenticator } from './software-authenticator.ts';
import type { AuthenticatorSettings } from './software-authenticator.ts';
import { createEnrolledPerson } from './visits.ts';
import type { World } from './world.ts';

export type BothKinds = {
  readonly person: StoredPerson;
  /** With the passkey that stays below, in a browser of their own. */
  readonly weak: Traveller;
  /** The same person in the same browser, with the other passkey in the hand. */
  readonly strong: Traveller;
  readonly strongId: string;
};

/** What metadata would say of the model of this one passkey. */
export async function setStanding({ storage }: World, id: string, standing: Standing): Promise<void> {
  await storage.passkeys.saveStandings([{ id, standing }]);
}

/** Adds it by a link of its own, as from a counter. */
export async function addStrongPasskey(
  world: World,
  person: StoredPerson,
  settings: AuthenticatorSettings = {},
): Promise<{ readonly traveller: Traveller; readonly id: string }> {
  const traveller = createTraveller(world.issuer, createSoftwareAuthenticator(settings));
  const needs = { clock: world.clock, random: systemRandom, people: world.storage.people, invitationLifeSeconds: 3600 };
  const asked = { personId: person.id, actor: { kind: 'operator', ref: 'test' }, ceiling: 'high' } as const;
  const { token } = getValue(await createInvitation(needs, asked));
  await enrol(traveller, `${world.issuer}/enrol/${token}`);
  const id = traveller.authenticator.credentials[0]?.id ?? '';
  await setStanding(world, id, 'trusted');
  return { traveller, id };
}

export async function createBothKinds(world: World, settings?: AuthenticatorSettings): Promise<BothKinds> {
  const { traveller: weak, person } = await createEnrolledPerson(world);
  const { traveller, id } = await addStrongPasskey(world, person, settings);
  return { person, weak, strong: { ...weak, authenticator: traveller.authenticator }, strongId: id };
}
