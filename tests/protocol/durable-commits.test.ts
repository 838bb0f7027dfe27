// What a remembered sign-in costs: durable commits are what limits a node, and each of them is a wait for the disk.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCountingNode } from '../support/counting-node.ts';
import type { CountingNode } from '../support/counting-node.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { createAssertion } from '../support/service.ts';
import { asBrowser, createPost, fire } from '../support/two-doors.ts';
import type { Shot } from '../support/two-doors.ts';
import { createEnrolled, createRequest, obtainTokens, places } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('a remembered sign-in (a live session and a standing consent)', () => {
  let world: World;
  let node: CountingNode;
  let database: OpenDatabase;
  let traveller: Traveller;

  beforeAll(async () => {
    world = await createWorld();
    node = await startCountingNode(world);
    database = openWorldDatabase(world);
    traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await obtainTokens(traveller, 'clinic');
  });

  afterAll(async () => {
    database.close();
    await node.close();
    await world.close();
  });

  /** Commits of one request, and its answer. */
  const count = async (shot: Shot): Promise<{ readonly commits: number; readonly answer: Awaited<ReturnType<typeof fire>>['answer'] }> => {
    const before = node.commits();
    const { answer } = await fire(node.port, shot);
    return { commits: node.commits() - before, answer };
  };

  const authorize = (place: Place): { readonly shot: Shot; readonly verifier: string } => {
    const request = createRequest(world.issuer, place);
    const { pathname, search } = new URL(request.url);
    const shot = asBrowser(traveller.agent, { path: `${pathname}${search}`, headers: { host: new URL(world.issuer).host } });
    return { shot, verifier: request.verifier };
  };

  const exchange = (place: Place, location: string, verifier: string): Shot => {
    const basic = `Basic ${Buffer.from(`${places.clinic.clientId}:${clinicSecret}`).toString('base64')}`;
    const fields = {
      grant_type: 'authorization_code',
      code: new URL(location).searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: places[place].redirectUri,
    };
    if (place === 'permit') {
      const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      return createPost(world.issuer, '/token', {
        ...fields,
        client_assertion_type: type,
        client_assertion: createAssertion(world.issuer),
      });
    }
    const post = createPost(world.issuer, '/token', fields);
    return { ...post, headers: { ...post.headers, authorization: basic } };
  };

  it.each(['permit', 'clinic'] as const)('takes at most two durable commits, evidence included, at the %s service', async (place) => {
    for (let round = 0; round < 3; round += 1) {
      const entered = (): number => database.rows("SELECT id FROM entries WHERE type = 'service.entered'").length;
      const before = entered();
      const { shot, verifier } = authorize(place);
      const asked = await count(shot);
      const exchanged = await count(exchange(place, String(asked.answer.headers.location), verifier));
      expect(toObject(exchanged.answer.body)).toHaveProperty('id_token');
      expect(asked.commits + exchanged.commits).toBeLessThanOrEqual(2);
      expect(asked.commits + exchanged.commits).toBeGreaterThan(0);
      expect(entered()).toBe(before + 1);
    }
  });

  it('takes one more for the attributes, which are one entry', async () => {
    const { shot, verifier } = authorize('permit');
    const asked = await count(shot);
    const exchanged = await count(exchange('permit', String(asked.answer.headers.location), verifier));
    const token = toObject(exchanged.answer.body)['access_token'];
    const headers = { host: new URL(world.issuer).host, authorization: `Bearer ${typeof token === 'string' ? token : ''}` };
    const released = await count({ path: '/me', headers });
    expect([released.answer.status, released.commits]).toEqual([200, 1]);
  });
});
