// A PostgreSQL server that answers, and takes its time for each answer: nobody waits for the sum of it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWire } from '../crash/postgres-place.ts';
import type { Wire } from '../crash/postgres-place.ts';
import type { Traveller } from '../support/person-journey.ts';
import { describeWithPostgres } from '../support/describe-with-postgres.ts';
import type { Binaries } from '../support/postgres-binaries.ts';
import { createCluster } from '../support/postgres-cluster.ts';
import { askSilently, createEnrolled, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type Timed = { readonly answer: Response; readonly took: number };

async function time(ask: () => Promise<Response>): Promise<Timed> {
  const began = performance.now();
  const answer = await ask();
  return { answer, took: performance.now() - began };
}

function describeSlow(binaries: Binaries): void {
  describe('a PostgreSQL server that takes a second for each answer', () => {
    const server = createCluster(binaries);
    let wire: Wire;
    let world: World;
    let traveller: Traveller;

    beforeAll(async () => {
      await server.start();
      wire = await startWire(server.socketFile);
      world = await createWorld({ database: `postgres://huwiya@127.0.0.1:${wire.port}/postgres` });
      traveller = await createEnrolled(world);
      await obtainTokens(traveller, 'permit');
      await openAccountPage(traveller);
    });

    afterAll(async () => {
      await world.close();
      await wire.close();
      await server.remove();
    });

    test('FT-09 keeps no request waiting for many of them: 503 with the time to ask again, not ready, and everything as before when it is quick', async () => {
      const account = async (): Promise<Response> => traveller.agent.send(`${world.issuer}/account`, {});
      expect((await account()).status).toBe(200);
      wire.delay = 1000;
      const fetchOwn = async (path: string): Promise<Timed> => time(async () => fetch(`${world.issuer}${path}`));
      const [page, ready, living] = await Promise.all([time(account), fetchOwn('/readyz'), fetchOwn('/healthz')]);
      expect([page.answer.status, Number(page.answer.headers.get('retry-after')) > 0]).toEqual([503, true]);
      expect(page.took).toBeLessThan(12_000);
      expect([ready.answer.status, await ready.answer.json()]).toMatchObject([503, { checks: { database: 'failed' } }]);
      expect(ready.took).toBeLessThan(3500);
      expect(living.answer.status).toBe(200);
      expect(living.took).toBeLessThan(1000);
      wire.delay = 0;
      await expect.poll(async () => (await fetch(`${world.issuer}/readyz`)).status, { timeout: 10_000, interval: 100 }).toBe(200);
      expect((await account()).status).toBe(200);
      await expect.poll(async () => (await askSilently(traveller, 'permit')).has('code'), { timeout: 10_000, interval: 100 }).toBe(true);
    });
  });
}

describeWithPostgres('a slow PostgreSQL', describeSlow);
