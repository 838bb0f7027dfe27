// What the rules find without anybody asking, as bare counts for the first page of a desk: nobody and no entry stand in them. Whoever wants to see more opens the
// page of anomalies, and that is a look. Counted at most every ten minutes for each mandate, however many desks are opened.

import type { Clock, Millis } from '../../kernel/clock.ts';
import { dayMs } from '../../kernel/clock.ts';
import { findAnomalies } from './find-anomalies.ts';
import type { AnomalyPorts, RuleName } from './rule.ts';

export const watchedDays = 30;
const freshMs: Millis = 600_000;

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

export function createAnomalyWatch(needs: WatchNeeds): AnomalyWatch {
  const known = new Map<string, { readonly since: Millis; readonly watched: Promise<Watched> }>();
  return {
    read: async (services) => {
      const key = services === null ? '*' : JSON.stringify(services.toSorted());
      const now = needs.clock.now();
      const held = known.get(key);
      if (held !== undefined && now - held.since < freshMs) {
        return held.watched;
      }
      const watched = count(needs, services);
      known.set(key, { since: now, watched });
      // What failed is not kept: the next desk tries again.
      watched.catch(() => known.delete(key));
      return watched;
    },
  };
}
