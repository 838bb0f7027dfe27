// Registered services as they were read last, for as long as the database says that they are as they were: an embedded one says whether anybody else has committed
// since, a server is asked for the seal of the rows at each use. Must never outlive a change: a service that was ended is ended at the next request, on every node.

import type { RegisteredService } from '../domain/agencies/agency.ts';
import type { Engine } from './engine.ts';
import type { RegisterSeals } from './register-seals.ts';

type Find = (clientId: string) => Promise<RegisteredService | undefined>;

type List = () => Promise<readonly RegisteredService[]>;

export type ServiceCache = { readonly find: Find; readonly list: List; readonly forget: () => void };

type Load = { readonly one: Find; readonly all: List };

type Sealed<T> = { readonly seal: string; readonly value: Promise<T> };

/** Past this many, what was used longest ago is read again: seals are asked for by name, so names of strangers never come here. */
const mostKept = 10_000;

/** For a database of one machine. Whoever writes the tables through this process calls `forget` after each act. */
export function createServiceCache(engine: Pick<Engine, 'findForeignCommits'>, load: Load): ServiceCache {
  let all: Promise<readonly RegisteredService[]> | undefined;
  let known = new Map<string, RegisteredService>();
  let commits: number | undefined;
  const forget = (): void => {
    // A new map and not an empty one: what is being loaded now lands in the old one and is not believed later.
    known = new Map();
    all = undefined;
  };
  /** What others have changed meanwhile is forgotten. */
  const look = (): void => {
    const committed = engine.findForeignCommits();
    if (committed !== commits) {
      commits = committed;
      forget();
    }
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
      look();
      const kept = known;
      const service = kept.get(clientId) ?? (await load.one(clientId));
      if (service !== undefined) {
        kept.set(clientId, service);
      }
      return service;
    },
    list: async () => {
      look();
      return (all ??= readAll());
    },
  };
}

/** For a database of several nodes: one short question at each use. It is asked before the rows are read, so they are as it says or newer, and newer ones are read once more. */
export function createSealedServiceCache(seals: RegisterSeals, load: Load): ServiceCache {
  let all: Sealed<readonly RegisteredService[]> | undefined;
  const known = new Map<string, Sealed<RegisteredService | undefined>>();
  const keep = (clientId: string, read: Sealed<RegisteredService | undefined>): void => {
    known.delete(clientId);
    known.set(clientId, read);
    const [oldest] = known.keys();
    if (known.size > mostKept && oldest !== undefined) {
      known.delete(oldest);
    }
  };
  return {
    forget: () => {
      known.clear();
      all = undefined;
    },
    find: async (clientId) => {
      const seal = await seals.ofService(clientId);
      if (seal === undefined) {
        known.delete(clientId);
        return undefined;
      }
      const read = toSealed(known.get(clientId), seal, async () => load.one(clientId));
      keep(clientId, read);
      return settle(read, () => {
        if (known.get(clientId) === read) {
          known.delete(clientId);
        }
      });
    },
    list: async () => {
      const read = toSealed(all, await seals.ofAll(), load.all);
      all = read;
      return settle(read, () => {
        all = all === read ? undefined : all;
      });
    },
  };
}

function toSealed<T>(kept: Sealed<T> | undefined, seal: string, load: () => Promise<T>): Sealed<T> {
  return kept?.seal === seal ? kept : { seal, value: load() };
}

/** A reading that failed is not kept. */
async function settle<T>({ value }: Sealed<T>, drop: () => void): Promise<T> {
  try {
    return await value;
  } catch (error) {
    drop();
    throw error;
  }
}
