// What the rules find without anybody asking, as bare counts for the first page of a desk: nobody and no entry stand in them. Whoever wants to see more opens the
// page of anomalies, and that is a look. However many desks are opened, counting takes a hundredth of a thread's time for each mandate.

import type { Clock, Millis } from '../../kernel/clock.ts';
import { dayMs } from '../../kernel/clock.ts';
import { findAnomalies } from './find-anomalies.ts';
import type { AnomalyPorts, RuleName } from './rule.ts';

export const watchedDays = 30;
/** A count is kept this many times as long as it took: where the log is short a desk sees at once what is new, where it is long counting stays cheap. */
const keptFold = 100;
const leastKeptMs: Millis = 2000;
const mostKeptMs: Millis = 600_000;

export type Watched = {
  readonly at: Millis;
  /** Rules that found something. */
  readonly found: readonly { readonly name: RuleName; readonly mustBeZero: boolean; readonly count: number }[];
};

export type AnomalyWatch = {
  /** `services`: those of a mandate; null for all. Of several who ask at once one counts for all. */
  readonly read: (services: readonly string[] | null) => Promise<Watched>;
};

type WatchNeeds = AnomalyPorts & { readonly clock: Clock };

async function count(needs: WatchNeeds, services: readonly string[] | null): Promise<Watched> {
  const at = needs.clock.now();
  const { findings } = await findAnomalies(needs, { from: at - watchedDays * dayMs, to: at, services, most: 1 });
  const found = findings.filter(({ anomalies }) => anomalies.length > 0);
  return { at, found: found.map(({ rule: { name, mustBeZero }, anomalies }) => ({ name, mustBeZero, count: anomalies.length })) };
}

type Held = { readonly watched: Promise<Watched>; until: Millis };

export function createAnomalyWatch(needs: WatchNeeds): AnomalyWatch {
  const known = new Map<string, Held>();
  const begin = (key: string, services: readonly string[] | null): Promise<Watched> => {
    const since = needs.clock.now();
    const held: Held = { watched: count(needs, services), until: since + mostKeptMs };
    known.set(key, held);
    held.watched.then(
      () => {
        const now = needs.clock.now();
        held.until = now + Math.min(mostKeptMs, Math.max(leastKeptMs, (now - since) * keptFold));
      },
      // What failed is not kept: the next desk tries again.
      () => known.delete(key),
    );
    return held.watched;
  };
  return {
    read: async (services) => {
      const key = services === null ? '*' : JSON.stringify(services.toSorted());
      const held = known.get(key);
      return held !== undefined && needs.clock.now() < held.until ? held.watched : begin(key, services);
    },
  };
}
