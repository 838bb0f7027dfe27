// How often the register is read for the origins of browser applications, and how late a change can be noticed.

import { describe, expect, it } from 'vitest';
import { createOriginCache } from '../../../src/storage/origin-cache.ts';

function createScene(commits: number | undefined) {
  const state = { now: 0, commits, reads: 0, fails: false };
  const engine = { findForeignCommits: () => state.commits };
  const cache = createOriginCache({ engine, steady: { now: () => state.now } }, async () => {
    state.reads += 1;
    await Promise.resolve();
    if (state.fails) {
      throw new Error('away');
    }
    return new Set([`https://read-${state.reads}.example`]);
  });
  const look = async (): Promise<string | undefined> => [...(await cache.list())][0];
  return { state, cache, look };
}

describe('the origins of browser applications', () => {
  it('are read once for all who ask within a second, also at the same time', async () => {
    const { state, look } = createScene(undefined);
    await Promise.all(Array.from({ length: 50 }, look));
    state.now = 999;
    await look();
    expect(state.reads).toBe(1);
    state.now = 1000;
    expect([await look(), state.reads]).toEqual(['https://read-2.example', 2]);
  });

  it('stand for as long as the database says that nobody else committed', async () => {
    const { state, look } = createScene(7);
    await look();
    state.now = 3_600_000;
    expect([await look(), state.reads]).toEqual(['https://read-1.example', 1]);
    state.commits = 8;
    expect([await look(), state.reads]).toEqual(['https://read-2.example', 2]);
  });

  it('are read again at once after a change of our own, also one that came while they were being read', async () => {
    const { state, cache, look } = createScene(7);
    const early = look();
    cache.forget();
    expect([await early, await look(), state.reads]).toEqual(['https://read-1.example', 'https://read-2.example', 2]);
  });

  it('are asked for again after a look that failed', async () => {
    const { state, look } = createScene(7);
    state.fails = true;
    await expect(look()).rejects.toThrow('away');
    state.fails = false;
    expect(await look()).toBe('https://read-2.example');
  });
});
