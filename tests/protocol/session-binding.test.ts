// A decision belongs to the session that was asked for it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { allow, createTraveller, enrol, signIn } from '../support/person-journey.ts';
import { createEnrolled, createRequest, findStep, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('a decision', () => {
  let world: World;
  let database: OpenDatabase;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  it('is not taken from a session that was never asked, though the interaction of another was planted in its browser', async () => {
    const [asked, other] = [await createEnrolled(world), await createEnrolled(world)];
    await openAccountPage(asked);
    await openAccountPage(other);
    const page = await asked.agent.get(createRequest(world.issuer, 'clinic').url);
    expect(findStep(page)).toBe('decide');
    for (const [key, cookie] of asked.agent.cookies) {
      if (cookie.path.startsWith('/interaction/')) {
        other.agent.cookies.set(key, cookie);
      }
    }
    expect((await other.agent.get(page.url)).body).toContain('data-error="interaction/session-changed"');
    const answer = await allow(other, page);
    expect(answer.body).toContain('data-error="interaction/session-changed"');
    expect(database.rows('SELECT id FROM consents')).toEqual([]);
    await allow(asked, page);
    expect(database.rows('SELECT id FROM consents').length).toBe(1);
  });
});

describe('a passkey that opens nothing', () => {
  it('is refused in one way, whether its person is frozen or it was never registered', async () => {
    const world = await createWorld();
    const person = await world.addPerson();
    const frozen = createTraveller(world.issuer);
    await enrol(frozen, await world.invite(person));
    const elsewhere = await createWorld();
    const stranger = createTraveller(elsewhere.issuer);
    await enrol(stranger, await elsewhere.invite(await elsewhere.addPerson()));
    await setPersonStatus(world, person, 'frozen');
    for (const traveller of [frozen, createTraveller(world.issuer, stranger.authenticator)]) {
      const page = await traveller.agent.get(createRequest(world.issuer, 'permit').url);
      await expect(signIn(traveller, page)).rejects.toThrow(/400 .*"code":"passkey\/refused"/);
    }
    await elsewhere.close();
    await world.close();
  });
});
