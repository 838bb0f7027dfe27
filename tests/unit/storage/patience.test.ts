import { describe, expect, it } from 'vitest';
import { toTables } from '../../../src/storage/dialect.ts';
import type { Act, Engine } from '../../../src/storage/engine.ts';
import { limitPatience, runWithPatience } from '../../../src/storage/patience.ts';

const one = { text: 'SELECT 1 AS one', values: [] };
const over = { code: 'store/unavailable', detail: 'the database has kept this request waiting for 1000 milliseconds' };

/** Every answer takes as long as the clock says. */
function createSlow(): { readonly slow: Engine; readonly clock: { at: number; takes: number } } {
  const clock = { at: 0, takes: 0 };
  const engine: Engine = {
    dialect: 'postgres',
    tables: toTables('postgres'),
    read: async () => {
      clock.at += clock.takes;
      return [{ one: 1 }];
    },
    atomic: async (begin) => {
      clock.at += clock.takes;
      const running = begin();
      let turn = running.next([]);
      while (turn.done !== true) {
        turn = running.next([]);
      }
      return turn.value;
    },
    findForeignCommits: () => undefined,
    commits: () => 0,
    findFaults: async () => [],
    broken: new Promise(() => undefined),
    close: async () => undefined,
  };
  return { slow: limitPatience(engine, { steady: { now: () => clock.at }, mostMs: 1000 }), clock };
}

function* act(): Act<string> {
  yield one;
  return 'done';
}

describe('the patience of one request', () => {
  it('ends when its questions have taken so long together, and is whole again for the next one', async () => {
    const { slow, clock } = createSlow();
    clock.takes = 400;
    await runWithPatience(async () => {
      await Promise.all([slow.read(one), slow.read(one)]);
      expect(clock.at).toBe(800);
      await slow.read(one);
      await expect(slow.read(one)).rejects.toMatchObject(over);
      await expect(slow.atomic(act)).rejects.toMatchObject(over);
    });
    expect(clock.at).toBe(1200);
    expect(await runWithPatience(async () => slow.atomic(act))).toBe('done');
  });

  it('keeps nobody from writing on who has begun to, nor what belongs to no request', async () => {
    const { slow, clock } = createSlow();
    clock.takes = 2000;
    await runWithPatience(async () => {
      expect(await slow.atomic(act)).toBe('done');
      await expect(slow.read(one)).rejects.toMatchObject(over);
      expect(await slow.atomic(act)).toBe('done');
    });
    expect([await slow.read(one), await slow.read(one)]).toEqual([[{ one: 1 }], [{ one: 1 }]]);
  });

  it('does not count what a request does beside the database, and leaves alone what goes on after its end', async () => {
    const { slow, clock } = createSlow();
    let later: (() => Promise<unknown>) | undefined;
    await runWithPatience(async () => {
      await slow.read(one);
      clock.at += 60_000;
      expect(await slow.read(one)).toEqual([{ one: 1 }]);
      clock.takes = 2000;
      await slow.read(one);
      const { promise, resolve } = Promise.withResolvers<void>();
      const waiting = promise.then(async () => slow.read(one));
      later = async () => {
        resolve();
        return waiting;
      };
    });
    expect(await later?.()).toEqual([{ one: 1 }]);
  });
});
