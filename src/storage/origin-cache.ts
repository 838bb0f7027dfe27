// The origins of browser applications as they were read last: nearly every request of a script asks for them, and finding them means reading every service. Must
// never be the only thing that stands between a script and data: for a second it may be behind what another process changed.

import type { Clock, Millis } from '../domain/kernel/clock.ts';
import type { Engine } from './engine.ts';

type Origins = ReadonlySet<string>;

export type OriginCache = { readonly list: () => Promise<Origins>; readonly forget: () => void };

type Needs = { readonly engine: Pick<Engine, 'findForeignCommits'>; readonly steady: Clock };

type Known = { readonly origins: Promise<Origins>; readonly at: Millis; readonly commits: number | undefined };

const behindMs = 1000;

export function createOriginCache({ engine, steady }: Needs, load: () => Promise<Origins>): OriginCache {
  let known: Known | undefined;
  const isStillSo = ({ at, commits }: Known): boolean =>
    steady.now() - at < behindMs || (commits !== undefined && commits === engine.findForeignCommits());
  const read = (): Known => {
    // Both before the reading: what is found may be newer than they say, never older.
    const reading = { at: steady.now(), commits: engine.findForeignCommits(), origins: load() };
    reading.origins.catch(() => {
      known = known === reading ? undefined : known;
    });
    return reading;
  };
  return {
    forget: () => {
      known = undefined;
    },
    list: async () => {
      known = known !== undefined && isStillSo(known) ? known : read();
      return known.origins;
    },
  };
}
