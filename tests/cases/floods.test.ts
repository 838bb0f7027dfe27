// Floods by services that have proven who they are: what one of them leaves lying is bounded, and nobody else waits for it (security contract 2.13).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchWorld } from '../support/case-world.ts';
import type { Watch } from '../support/case-world.ts';
import { createTraveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { createAssertion, exchangeCode } from '../support/service.ts';
import { createEnrolled, createRequest, findStep, goThrough, places } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const most = 6;

describe('a flood', () => {
  let world: World;
  let watch: Watch;

  beforeAll(async () => {
    world = await createWorld({ env: { HUWIYA_LIMITS: `pushed.service=${most}` } });
    watch = watchWorld(world);
  });

  afterAll(async () => {
    watch.close();
    await world.close();
  });

  const countRows = (where: string): number => Number(watch.database.rows(`SELECT count(*) AS n FROM ${where}`)[0]?.['n']);
  const pushedRows = (): number => countRows("artefacts WHERE model = 'PushedAuthorizationRequest'");

  const removeAll = async (later: number): Promise<void> => {
    while ((await world.storage.removeExpired(world.clock.now() + later)) > 0) {
      // As often as there is something.
    }
  };

  const assert = (claims: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, string>> => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: createAssertion(world.issuer, claims),
  });

  const basic = { authorization: `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}` };

  type Pushed = { readonly response: Response; readonly verifier: string; readonly body: Readonly<Record<string, unknown>> };

  const push = async (place: Place = 'permit', changes: Readonly<Record<string, string>> = {}): Promise<Pushed> => {
    const { url, verifier } = createRequest(world.issuer, place);
    const own = place === 'permit' ? assert() : {};
    const body = new URLSearchParams({ ...Object.fromEntries(new URL(url).searchParams), ...own, ...changes });
    const response = await fetch(`${world.issuer}/request`, { method: 'POST', body, headers: place === 'permit' ? {} : basic });
    return { response, verifier, body: toObject(await response.text()) };
  };

  const follow = ({ body }: Pushed, place: Place = 'permit'): string =>
    `${world.issuer}/auth?${new URLSearchParams({ client_id: places[place].clientId, request_uri: String(body['request_uri']) }).toString()}`;

  test('RX-03 a flood of assertions fills the table of their names for as long as they live, and not longer', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const send = async (claims: Readonly<Record<string, unknown>>): Promise<number> => {
      const body = new URLSearchParams({ token: 'none', ...assert(claims) });
      return (await fetch(`${world.issuer}/token/revocation`, { method: 'POST', body })).status;
    };
    await removeAll(86_400_000 * 3);
    const before = countRows('replays');
    for (const exp of [seconds + 301 + 60, seconds + 86_400, seconds + 315_360_000]) {
      expect(await send({ exp })).toBe(401);
    }
    expect(countRows('replays')).toBe(before);
    expect(await send({ jti: 'x'.repeat(129) })).toBe(401);
    for (let sent = 0; sent < 20; sent += 1) {
      expect(await send({ exp: seconds + 290 })).toBe(200);
    }
    expect(countRows('replays')).toBe(before + 20);
    const [longest] = watch.database.rows('SELECT max(expires_at) AS at FROM replays');
    expect(Number(longest?.['at']) - world.clock.now()).toBeLessThanOrEqual(960_000);
    await removeAll(960_000 + 61_000);
    expect(countRows('replays')).toBe(0);
  });

  test('RX-03 names that were left by a flood go in small portions, and whoever signs in meanwhile waits for none', async () => {
    const flood = 20_000;
    const counting = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${flood}) SELECT 'flood-' || i, 1 FROM n`;
    watch.database.run(`INSERT INTO replays (key, expires_at) ${counting}`);
    const portions: number[] = [];
    const answers: number[] = [];
    for (let removed = await world.storage.removeExpired(world.clock.now()); removed > 0;) {
      portions.push(removed);
      answers.push((await createTraveller(world.issuer).agent.get(createRequest(world.issuer, 'permit').url)).status);
      removed = await world.storage.removeExpired(world.clock.now());
    }
    expect(Math.max(...portions)).toBeLessThanOrEqual(2000);
    expect(portions.length).toBeGreaterThan(10);
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(countRows("replays WHERE key LIKE 'flood-%'")).toBe(0);
  });

  describe('RX-02 of pushed requests', () => {
    test('never stops a service whose requests lead on', async () => {
      const traveller = await createEnrolled(world);
      for (let round = 0; round < 2 * most; round += 1) {
        const pushed = await push();
        const arrived = await goThrough(traveller, await traveller.agent.get(follow(pushed)));
        expect((await exchangeCode(world.issuer, arrived.url, pushed.verifier)).status).toBe(200);
      }
    });

    test('ends at the quota of its service, with an answer that says how long, and no row beyond; others go on', async () => {
      const answers: number[] = [];
      for (let sent = 0; sent < most; sent += 1) {
        answers.push((await push()).response.status);
      }
      expect(new Set(answers)).toEqual(new Set([201]));
      const before = pushedRows();
      const refused = await push();
      expect([refused.response.status, refused.body['error']]).toEqual([429, 'temporarily_unavailable']);
      expect(Number(refused.response.headers.get('retry-after'))).toBeGreaterThan(10);
      expect(pushedRows()).toBe(before);
      const other = await push('clinic');
      expect(other.response.status).toBe(201);
      expect(findStep(await createTraveller(world.issuer).agent.get(follow(other, 'clinic')))).toBe('sign-in');
      world.clock.advance(600_000);
      expect((await push()).response.status).toBe(201);
    });

    test('leaves nothing a minute after its last request ended', async () => {
      expect(pushedRows()).toBeGreaterThan(0);
      await removeAll(61_000);
      expect(pushedRows()).toBe(0);
    });
  });
});
