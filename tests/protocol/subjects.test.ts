// Who somebody is to a service: a name of their own in each sector, the same for ever, and never the national number.

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAttributeValues } from '../../src/domain/attributes/parse-values.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { importPeople } from '../../src/domain/people/import-people.ts';
import type { GivenLine } from '../../src/domain/people/import-people.ts';
import { readIdToken } from '../support/id-token.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createEnrolled, createOtherBrowser, obtainTokens, signOut } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('the subject of a person', () => {
  let world: World;
  let first: Traveller;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    first = await createEnrolled(world);
  });

  beforeEach(async () => {
    traveller = await createEnrolled(world);
  });

  afterAll(async () => {
    await world.close();
  });

  const claimsAt = async (person: Traveller, place: Place) => {
    const tokens = await obtainTokens(person, place);
    const idToken = await readIdToken(world.issuer, tokens.body['id_token']);
    const info = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    expect(info.body['sub']).toBe(idToken['sub']);
    return idToken;
  };

  it('differs between sectors and between persons, and is the same at every visit', async () => {
    const [permit, clinic] = [await claimsAt(traveller, 'permit'), await claimsAt(traveller, 'clinic')];
    const other = await claimsAt(first, 'permit');
    expect(new Set([permit['sub'], clinic['sub'], other['sub']]).size).toBe(3);
    expect((await claimsAt(createOtherBrowser(traveller), 'permit'))['sub']).toBe(permit['sub']);
  });

  it('is neither the number of the registry nor anything made of it in the open', async () => {
    const { sub } = await claimsAt(first, 'permit');
    expect(String(sub)).not.toContain('1000000008');
    expect(String(sub)).toMatch(/^[\w-]{20,}$/);
  });

  it('stays the same after the person is imported again', async () => {
    const before = await claimsAt(first, 'permit');
    const { id: _id, ...known } = sampleData;
    const data = { ...known, 'given_name#en': 'Sarah' };
    const lines: readonly GivenLine[] = [{ number: 1, ok: true, given: { id: '1000000008', kind: 'citizen', status: null, data } }];
    const imported = await importPeople(
      {
        people: world.storage.people,
        dataKey: world.keys.data.encryption,
        lookupKey: world.keys.data.lookup,
        clock: world.clock,
        random: systemRandom,
        parseValues: parseAttributeValues,
        onProgress: () => undefined,
      },
      async function* () {
        yield* lines;
      },
    );
    expect(imported).toEqual({ ok: true, added: 0, changed: 1, unchanged: 0, statusChanged: 0 });
    expect((await claimsAt(first, 'permit'))['sub']).toBe(before['sub']);
  });

  it('comes with facts of the authentication, and nothing else, in the ID token', async () => {
    const tokens = await obtainTokens(traveller, 'permit', { extra: { nonce: randomBytes(8).toString('hex') } });
    const claims = await readIdToken(world.issuer, tokens.body['id_token']);
    const allowed = ['acr', 'amr', 'at_hash', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'];
    expect(Object.keys(claims).filter((name) => !allowed.includes(name))).toEqual([]);
    expect(claims).toMatchObject({ acr: 'urn:huwiya:loa:substantial', aud: 'mol-work-permit', iss: world.issuer });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(300);
  });

  it('comes with a session id of its own at each service, new after signing out', async () => {
    const permit = await claimsAt(traveller, 'permit');
    const clinic = await claimsAt(traveller, 'clinic');
    expect((await claimsAt(traveller, 'permit'))['sid']).toBe(permit['sid']);
    expect(clinic['sid']).not.toBe(permit['sid']);
    expect(String(permit['sid']).length).toBeGreaterThanOrEqual(20);
    await signOut(traveller, 'permit', 'everywhere');
    expect((await claimsAt(traveller, 'permit'))['sid']).not.toBe(permit['sid']);
  });

  it('is made for the person, not for the browser: somebody else on the same device is somebody else', async () => {
    const before = await claimsAt(traveller, 'permit');
    await signOut(traveller, 'permit', 'everywhere');
    const guest = createTraveller(world.issuer);
    await enrol(guest, await world.invite(await world.addPerson()));
    const shared: Traveller = { ...guest, agent: traveller.agent };
    expect((await claimsAt(shared, 'permit'))['sub']).not.toBe(before['sub']);
  });
});
