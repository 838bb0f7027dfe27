// A passkey that reaches `high`: bound to its person as strongly as at a counter, and of a model that the metadata vouch for.

import { randomBytes } from 'node:crypto';
import { getValue } from '../../src/domain/kernel/errors.ts';
import { createToken, systemRandom } from '../../src/domain/kernel/ids.ts';
import { makeInvitation } from '../../src/domain/passkeys/make-invitation.ts';
import type { Standing } from '../../src/domain/passkeys/passkey.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { createEvent } from './store-samples.ts';
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

let editions = 0;

/** As if an edition of metadata had come that says so of the model of this one passkey. */
export async function setStanding({ storage, clock }: World, id: string, standing: Standing): Promise<void> {
  const { aaguid = '' } = (await storage.passkeys.findPasskey(id)) ?? {};
  editions += 1;
  const source = { source: `of ${aaguid}`, name: 'test', number: editions, nextUpdate: clock.now(), digest: '', importedAt: clock.now() };
  const named = { source: source.source, aaguid, description: 'Key of the test', isListed: true, status: null, statusSince: null };
  const said = { roots: [], userVerification: [], keyProtection: ['hardware'], attestationTypes: [] };
  const model = { ...named, ...said, isWarned: standing === 'revoked' };
  await storage.metadata.saveEdition({ source, models: [model], event: createEvent('metadata.imported') });
  // Later than any version of a model: nobody judges it anew.
  const version = 1_000_000 + editions;
  await storage.metadata.saveJudged([{ id, holder: 'person', version, isTrusted: standing === 'trusted' }]);
}

/** A link as from a counter: nothing but the passkey itself then stands between the person and `high`. */
export async function inviteStrongly(world: World, personId: string): Promise<string> {
  const needs = { clock: world.clock, random: systemRandom, people: world.storage.people, invitationLifeSeconds: 3600 };
  const asked = { personId, actor: { kind: 'operator', ref: 'test' }, ceiling: 'high' } as const;
  const token = createToken(systemRandom);
  const { invitation, event } = getValue(await makeInvitation(needs, asked, token));
  await world.storage.people.saveInvitation(invitation, event);
  return `${world.issuer}/enrol/${token}`;
}

/** Adds it by a link of its own. */
export async function addStrongPasskey(
  world: World,
  person: StoredPerson,
  settings: AuthenticatorSettings = {},
): Promise<{ readonly traveller: Traveller; readonly id: string }> {
  const traveller = createTraveller(world.issuer, createSoftwareAuthenticator({ aaguid: randomBytes(16), ...settings }));
  await enrol(traveller, await inviteStrongly(world, person.id));
  const id = traveller.authenticator.credentials[0]?.id ?? '';
  await setStanding(world, id, 'trusted');
  return { traveller, id };
}

export async function createBothKinds(world: World, settings?: AuthenticatorSettings): Promise<BothKinds> {
  const { traveller: weak, person } = await createEnrolledPerson(world);
  const { traveller, id } = await addStrongPasskey(world, person, settings);
  return { person, weak, strong: { ...weak, authenticator: traveller.authenticator }, strongId: id };
}
