// What a balancer learns from /healthz and /readyz, and that a probe can neither ask too much nor be told too much.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemSleep } from '../../src/domain/ledger/sleep.ts';
import { createReadiness } from '../../src/web/readiness.ts';
import type { ReadinessNeeds } from '../../src/web/readiness.ts';
import { damageDatabase } from '../support/damage-database.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

describe('readiness of a node', () => {
  let world: World;
  let metricsPort: number;

  beforeAll(async () => {
    metricsPort = await findFreePort();
    world = await createWorld({ env: { HUWIYA_METRICS_LISTEN: `127.0.0.1:${metricsPort}` } });
  });

  afterAll(async () => {
    await world.close();
  });

  const ask = async (): Promise<readonly [number, unknown]> => {
    const answer = await fetch(`${world.issuer}/readyz`);
    return [answer.status, await answer.json()];
  };

  it('names its checks and nothing of the inside', async () => {
    const checks = { accepting: 'ok', database: 'ok', migrations: 'ok', clock: 'ok', sequencer: 'ok', outbox: 'ok' };
    expect(await ask()).toEqual([200, { status: 'ok', checks }]);
    expect(await (await fetch(`${world.issuer}/healthz`)).json()).toEqual({ status: 'ok' });
  });

  it('says that the database cannot be written, and goes on living', async () => {
    const path = world.config.database.kind === 'sqlite' ? world.config.database.path : '';
    damageDatabase(path, 'ALTER TABLE replays RENAME TO replays_away', []);
    await sleep(1100);
    expect(await ask()).toMatchObject([503, { status: 'unavailable', checks: { database: 'failed', sequencer: 'ok' } }]);
    expect((await fetch(`${world.issuer}/healthz`)).status).toBe(200);
    const numbers = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(numbers).toMatch(/^huwiya_ready 0$[^]*^huwiya_store_writable 0$[^]*^process_cpu_seconds_total \d/m);
    damageDatabase(path, 'ALTER TABLE replays_away RENAME TO replays', []);
    await sleep(1100);
    expect((await ask())[0]).toBe(200);
  });

  it('says that a migration is missing', async () => {
    const path = world.config.database.kind === 'sqlite' ? world.config.database.path : '';
    damageDatabase(path, 'UPDATE migrations SET number = -number', []);
    await sleep(1100);
    expect(await ask()).toMatchObject([503, { checks: { database: 'ok', migrations: 'failed' } }]);
    damageDatabase(path, 'UPDATE migrations SET number = -number', []);
  });
});

describe('readiness', () => {
  const create = (given: Partial<ReadinessNeeds>): ReturnType<typeof createReadiness> =>
    createReadiness({
      steady: { now: () => 0 },
      sleep: systemSleep,
      isDraining: () => false,
      probeWrite: async () => undefined,
      hasMigrations: async () => true,
      findSkew: async () => 0,
      tellSkew: () => undefined,
      caughtUpAt: () => 0,
      outboxLookedAt: () => 0,
      ...given,
    });

  it('asks the database once a second, however often it is asked', async () => {
    let now = 0;
    let asked = 0;
    const find = create({
      steady: { now: () => now },
      probeWrite: async () => {
        asked += 1;
      },
    });
    await Promise.all(Array.from({ length: 50 }, find));
    now = 999;
    await find();
    expect(asked).toBe(1);
    now = 1000;
    await find();
    expect(asked).toBe(2);
  });

  it('FT-09 ends while the database takes longer than two seconds for its answers, says so by then, and asks one question at a time', async () => {
    let now = 0;
    let asked = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const find = create({
      steady: { now: () => now },
      sleep: async (milliseconds) => {
        now += asked === 1 ? milliseconds : 0;
        await (asked === 1 ? undefined : sleep(50));
      },
      probeWrite: async () => {
        asked += 1;
        await promise;
      },
    });
    expect((await find()).database).toBe(false);
    now += 1000;
    expect([(await find()).database, asked]).toEqual([false, 1]);
    resolve();
    await sleep(0);
    now += 1000;
    expect([(await find()).database, asked]).toEqual([true, 2]);
  });

  it('is over the moment draining begins, whatever was found a moment ago', async () => {
    let isDraining = false;
    const find = create({ isDraining: () => isDraining });
    expect((await find()).accepting).toBe(true);
    isDraining = true;
    expect((await find()).accepting).toBe(false);
  });

  it('FT-11 ends while the clock is more than ten seconds from that of the database, and the operator is told once each time', async () => {
    let now = 0;
    let skew = 10_000;
    const told: number[] = [];
    const find = create({ steady: { now: () => now }, findSkew: async () => skew, tellSkew: (apart) => void told.push(apart) });
    const look = async (apart: number): Promise<boolean> => {
      skew = apart;
      now += 1000;
      return (await find()).clock;
    };
    expect([await look(10_000), await look(10_001), await look(300_000), await look(0), await look(30_000)]).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(told).toEqual([10_001, 30_000]);
  });

  it('ends when nothing was numbered for ten seconds, and is not there before the first round', async () => {
    let now = 9_999;
    const find = create({ steady: { now: () => now }, caughtUpAt: () => 0 });
    expect((await find()).sequencer).toBe(true);
    now = 10_000;
    expect((await find()).sequencer).toBe(false);
    expect((await create({ caughtUpAt: () => Number.NEGATIVE_INFINITY })()).sequencer).toBe(false);
  });
});
