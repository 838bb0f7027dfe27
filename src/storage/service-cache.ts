// Registered services as they were read last, for as long as the database says that nobody else has committed since. Their three tables are written by
// agencies-store.ts, and their status by audit-suspensions.ts; both forget what is here after each of their acts. Must never outlive a change: a service that was ended is ended at the next request.

import type { RegisteredService } from '../domain/agencies/agency.ts';
import type { Engine } from './engine.ts';

type Find = (clientId: string) => Promise<RegisteredService | undefined>;

type List = () => Promise<readonly RegisteredService[]>;

export type ServiceCache = { readonly find: Find; readonly list: List; readonly forget: () => void };

export function createServiceCache(engine: Engine, load: { readonly one: Find; readonly all: List }): ServiceCache {
  let all: Promise<readonly RegisteredService[]> | undefined;
  let known = new Map<string, RegisteredService>();
  let commits: number | undefined;
  const forget = (): void => {
    // A new map and not an empty one: what is being loaded now lands in the old one and is not believed later.
    known = new Map();
    all = undefined;
  };
  /** Whether what was read is believed at all; what others have changed meanwhile is forgotten. */
  const isKept = (): boolean => {
    const committed = engine.findForeignCommits();
    if (committed !== commits) {
      commits = committed;
      forget();
    }
    return committed !== undefined;
  };
  const readAll = (): Promise<readonly RegisteredService[]> => {
    const reading = load.all();
    reading.catch(() => {
      all = all === reading ? undefined : all;
    });
    return reading;
  };
  return {
    forget,
    find: async (clientId) => {
      if (!isKept()) {
        return load.one(clientId);
      }
      const kept = known;
      const service = kept.get(clientId) ?? (await load.one(clientId));
      if (service !== undefined) {
        kept.set(clientId, service);
      }
      return service;
    },
    list: async () => (isKept() ? (all ??= readAll()) : load.all()),
  };
}
