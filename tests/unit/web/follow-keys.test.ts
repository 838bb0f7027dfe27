// With which keys a request is answered while the database is there, slow, or away.

import { describe, expect, it } from 'vitest';
import type { Published } from '../../../src/domain/keys/key-ring.ts';
import { createKeyFollower } from '../../../src/web/follow-keys.ts';

const createKeys = (): Published => ({ keys: [], goneKids: [] });

type Look = { readonly resolve: (found: Published) => void; readonly reject: (thrown: Error) => void };

/** A ring whose looks end when the test says so. */
function createScene() {
  const state: { fresh: Published | undefined; last: Published | undefined } = { fresh: undefined, last: undefined };
  const looks: Look[] = [];
  const faults: unknown[] = [];
  let reading: Promise<Published> | undefined;
  let endWait: () => void = () => undefined;
  const ring = {
    find: () => state.fresh,
    findLast: () => state.last,
    refresh: async () => {
      reading ??= new Promise<Published>((resolve, reject) => {
        looks.push({ resolve, reject });
      })
        .then((found) => {
          [state.fresh, state.last] = [found, found];
          return found;
        })
        .finally(() => {
          reading = undefined;
        });
      return reading;
    },
  };
  const sleep = async () =>
    new Promise<void>((resolve) => {
      endWait = resolve;
    });
  const find = createKeyFollower({ ring, sleep, log: { fault: (_, thrown) => void faults.push(thrown) } });
  return { state, looks, faults, find, endWait: () => endWait() };
}

const settle = async (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

describe('the keys of a request', () => {
  it('are those of the moment; who finds them old waits for one look that all share', async () => {
    const { looks, find } = createScene();
    const asked = [find('current'), find('current'), find('any')];
    const keys = createKeys();
    looks[0]?.resolve(keys);
    expect([await Promise.all(asked), looks.length]).toEqual([[keys, keys, keys], 1]);
    expect([await find('current'), looks.length]).toEqual([keys, 1]);
  });

  it('are those seen last, at once, for whoever comes after a look that failed, until one succeeds', async () => {
    const { state, looks, faults, find } = createScene();
    const old = createKeys();
    state.last = old;
    const first = find('current');
    looks[0]?.reject(new Error('away'));
    expect(await first).toBe(old);
    expect(await Promise.all([find('current'), find('current')])).toEqual([old, old]);
    looks[1]?.reject(new Error('away'));
    await settle();
    expect([await find('current'), looks.length, faults.length]).toEqual([old, 3, 1]);
    const renewed = createKeys();
    looks[2]?.resolve(renewed);
    await settle();
    expect(await find('current')).toBe(renewed);
    state.fresh = undefined;
    const again = find('current');
    const newest = createKeys();
    looks[3]?.resolve(newest);
    expect(await again).toBe(newest);
  });

  it('are those seen last for what is the same under every key, without waiting', async () => {
    const { state, looks, find } = createScene();
    state.last = createKeys();
    expect([await find('any'), looks.length]).toEqual([state.last, 1]);
  });

  it('are those seen last when a look takes longer than a second, and nobody waits behind it', async () => {
    const { state, looks, faults, find, endWait } = createScene();
    state.last = createKeys();
    const slow = find('current');
    await settle();
    endWait();
    expect([await slow, await find('current'), looks.length, faults.length]).toEqual([state.last, state.last, 1, 1]);
  });

  it('are none where this node has never seen any', async () => {
    const { looks, find } = createScene();
    const asked = find('any');
    looks[0]?.reject(new Error('away'));
    expect(await asked).toBeUndefined();
  });
});
