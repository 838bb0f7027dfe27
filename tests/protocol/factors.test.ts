// What a service reads in `amr` of how somebody was verified: what the authenticator signed, else the one way that the metadata know of its attested model, else nothing.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { toLevel } from '../../src/domain/passkeys/authentication-facts.ts';
import { encodeCbor } from '../support/encode-cbor.ts';
import type { Encodable } from '../support/encode-cbor.ts';
import { readIdToken } from '../support/id-token.ts';
import { createMetadataSource, toEntry } from '../support/metadata/blob.ts';
import { importEdition } from '../support/metadata/import-edition.ts';
import { createMaker } from '../support/metadata/maker.ts';
import type { Maker } from '../support/metadata/maker.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import type { AuthenticatorSettings } from '../support/software-authenticator.ts';
import { inviteStrongly } from '../support/strong-passkey.ts';
import { createOtherBrowser, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const [fingerprint, passcode] = [2, 4];

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const create = async (settings: AuthenticatorSettings = {}): Promise<Traveller> => {
  const traveller = createTraveller(world.issuer, createSoftwareAuthenticator(settings));
  await enrol(traveller, await inviteStrongly(world, (await world.addPerson()).id));
  return traveller;
};
/** In a browser of their own, with an authenticator that signs these ways of `uvm` where there are any. */
const readFactors = async (person: Traveller, ways: readonly number[] = []): Promise<unknown> => {
  const uvm: Encodable = ways.map((way) => [way, 2, 2]);
  const signed = ways.length === 0 ? {} : { extensions: encodeCbor(new Map<string, Encodable>([['uvm', uvm]])) };
  const { authenticator } = person;
  const speaking = {
    ...authenticator,
    authenticate: (options: unknown, origin: string) => authenticator.authenticate(options, origin, signed),
  };
  const tokens = await obtainTokens(createOtherBrowser({ ...person, authenticator: speaking }), 'permit');
  return (await readIdToken(world.issuer, tokens.body['id_token']))['amr'];
};
const bound = { isBackupEligible: false, isBackedUp: false } as const;

it('a service reads what the authenticator signed of the factor, and the general words alone where it signed nothing', async () => {
  const person = await create({ ...bound });
  expect(await readFactors(person)).toEqual(['hwk', 'user', 'mfa']);
  expect(await readFactors(person, [fingerprint])).toEqual(['hwk', 'user', 'fpt', 'mfa']);
  expect(await readFactors(person, [passcode])).toEqual(['hwk', 'user', 'pin', 'mfa']);
  expect(await readFactors(person, [fingerprint, passcode])).toEqual(['hwk', 'user', 'fpt', 'pin', 'mfa']);
});

it('a service reads the one way that imported metadata know of an attested model, and no more once they know two', async () => {
  const maker = createMaker('Maker of readers');
  const source = createMetadataSource('Scheme of the factors');
  const importWays = async (no: number, of: Maker, userVerification: readonly (readonly string[])[]): Promise<void> =>
    importEdition(world.storage, source, { no, entries: [toEntry({ aaguid: of.aaguid, roots: [of.root], userVerification })] });
  await importWays(1, maker, [['fingerprint_internal']]);
  const person = await create({ ...bound, attestation: maker.packed() });
  expect(await readFactors(person)).toEqual(['hwk', 'user', 'fpt', 'mfa']);
  expect(await readFactors(person, [passcode])).toEqual(['hwk', 'user', 'pin', 'mfa']);
  // Who only says that it is of this model is of no model.
  const claiming = await create({ ...bound, attestation: 'none', aaguid: Buffer.from(maker.aaguid.replaceAll('-', ''), 'hex') });
  expect(await readFactors(claiming)).toEqual(['hwk', 'user', 'mfa']);
  await importWays(2, maker, [['fingerprint_internal'], ['passcode_internal']]);
  expect(await readFactors(person)).toEqual(['hwk', 'user', 'mfa']);
  const levels = await Promise.all(
    [person, claiming].map(async ({ authenticator }) => {
      const passkey = await world.storage.passkeys.findPasskey(authenticator.credentials[0]?.id ?? '');
      return passkey && toLevel(passkey);
    }),
  );
  expect(levels).toEqual(['high', 'substantial']);
});
