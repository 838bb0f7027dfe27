// Another request that is always a moment faster, so that a test of a lost race needs no luck.

import type { EngineStore, EngineWrite } from '../../src/oidc/store.ts';
import type { World } from './world.ts';

/** What somebody else writes before this write is made. */
export type Toward = (write: EngineWrite) => readonly EngineWrite[];

/** Runs `work`, and is faster at each of its commits. */
export async function whileOutrun<T>(world: World, toward: Toward, work: () => Promise<T>): Promise<T> {
  const { engine } = world.storage;
  const { commit } = engine;
  const outrun: Pick<EngineStore, 'commit'> = {
    commit: async (writes, now) => {
      const taken = writes.flatMap(toward);
      if (taken.length > 0) {
        await commit(taken, now);
      }
      return commit(writes, now);
    },
  };
  Object.assign(engine, outrun);
  try {
    return await work();
  } finally {
    Object.assign(engine, { commit });
  }
}
