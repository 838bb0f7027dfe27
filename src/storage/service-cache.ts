// Registered services as they were read last, for as long as the database says that nobody else has committed since. Their three tables are written by
// agencies-store.ts alone, which forgets what is here after each of its acts. Must never outlive a change: a service that was ended is ended at the next request.

import type { RegisteredService } from '../domain/agencies/agency.ts';
import type { Engine } from './engine.ts';

type Find = (clientId: string) => Promise<RegisteredService | undefined>;

export type ServiceCache = { readonly find: Find; readonly forget: () => void };

export function createServiceCache(engine: Engine, load: Find): ServiceCache {
  let known = new Map<string, RegisteredService>();
  let commits: number | undefined;
  const forget = (): void => {
    // A new map and not an empty one: what is being loaded now lands in the old one and is not believed later.
    known = new Map();
  };
  return {
    forget,
    find: async (clientId) => {
      const committed = engine.findForeignCommits();
      if (committed === undefined) {
        return load(clientId);
      }
      if (committed !== commits) {
        commits = committed;
        forget();
      }
      const kept = known;
      const service = kept.get(clientId) ?? (await load(clientId));
      if (service !== undefined) {
        kept.set(clientId, service);
      }
      return service;
    },
  };
}
