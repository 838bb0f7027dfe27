// The engine's clients, each made once for each reading of its service. The engine keeps a hundred, finds them by a digest of all their metadata, and makes
// every other one anew at each look-up, which takes a fifth of a sign-in; no setting of its own changes it (ADR-0118).

import type { AdapterPayload, Provider } from 'oidc-provider';

type Client = InstanceType<Provider['Client']>;

/**
 * `find` answers as the engine's client adapter does: with the same frozen object for as long as a service stands as it was read. What comes as a new object
 * each time (keys that are published elsewhere) is made by the engine as before.
 */
export function keepClients(provider: Provider, find: (id: string) => Promise<AdapterPayload | undefined>): void {
  const { Client } = provider;
  const make = Client.find.bind(Client);
  const kept = new WeakMap<AdapterPayload, Client>();
  Client.find = async (id) => {
    const metadata = typeof id === 'string' && id !== '' ? await find(id) : undefined;
    const known = metadata && kept.get(metadata);
    if (known !== undefined) {
      return known;
    }
    const client = await make(id);
    if (client !== undefined && metadata !== undefined && Object.isFrozen(metadata)) {
      kept.set(metadata, client);
    }
    return client;
  };
}
