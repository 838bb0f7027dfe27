// A level that a service demands and a passkey does not reach: said once, after the ceremony, and never lowered in silence.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../support/person-journey.ts';
import { createEnrolled, createRequest, findStep, goThrough } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('a demanded level', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  const demand = (acr: object) => createRequest(world.issuer, 'permit', { claims: JSON.stringify({ id_token: { acr } }) });

  it('AZ-19 that no passkey here reaches ends the request after one ceremony', async () => {
    const traveller = await createEnrolled(world);
    const page = await traveller.agent.get(demand({ essential: true, value: 'urn:huwiya:loa:high' }).url);
    expect(findStep(page)).toBe('sign-in');
    const answer = new URL((await signIn(traveller, page)).url).searchParams;
    expect([answer.get('error'), answer.get('error_description')]).toEqual(['unmet_authentication_requirements', 'level_not_reached']);
  });

  it('that the passkey reaches, or that is only wished for, lets the person through', async () => {
    const traveller = await createEnrolled(world);
    const reached = demand({ essential: true, values: ['urn:huwiya:loa:high', 'urn:huwiya:loa:substantial'] });
    expect((await goThrough(traveller, await traveller.agent.get(reached.url))).url).toContain('code=');
    const wished = createRequest(world.issuer, 'permit', { acr_values: 'urn:huwiya:loa:high' });
    expect((await goThrough(traveller, await traveller.agent.get(wished.url))).url).toContain('code=');
  });
});
