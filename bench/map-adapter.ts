// The cheapest adapter that is still right for one process: a Map per model, payloads kept as they come.

import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

export type MapStore = {
  readonly createAdapter: AdapterFactory;
  /** Puts a payload where the engine will find it. */
  readonly seed: (model: string, payload: AdapterPayload) => void;
  /** Forgets what earlier rounds left, so that the heap of a long run does not count against it. */
  readonly tidy: () => void;
};

export function createMapStore(): MapStore {
  const models = new Map<string, Map<string, AdapterPayload>>();
  const byUid = new Map<string, string>();
  const seeded = new Set<string>();
  const getModel = (name: string): Map<string, AdapterPayload> => {
    const known = models.get(name) ?? new Map<string, AdapterPayload>();
    models.set(name, known);
    return known;
  };
  const createAdapter = (name: string): Adapter => {
    const items = getModel(name);
    return {
      upsert: async (id, payload) => {
        items.set(id, payload);
        if (payload.uid !== undefined) {
          byUid.set(payload.uid, id);
        }
      },
      find: async (id) => items.get(id),
      findByUid: async (uid) => items.get(byUid.get(uid) ?? ''),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const payload = items.get(id);
        if (payload !== undefined) {
          payload.consumed = Math.floor(Date.now() / 1000);
        }
      },
      destroy: async (id) => {
        items.delete(id);
      },
      revokeByGrantId: async (grantId) => {
        for (const [id, payload] of items) {
          if (payload.grantId === grantId) {
            items.delete(id);
          }
        }
      },
    };
  };
  return {
    createAdapter,
    seed: (model, payload) => {
      getModel(model).set(payload.jti ?? '', payload);
      seeded.add(payload.jti ?? '');
      if (payload.uid !== undefined) {
        byUid.set(payload.uid, payload.jti ?? '');
      }
    },
    tidy: () => {
      for (const items of models.values()) {
        for (const id of items.keys()) {
          if (!seeded.has(id)) {
            items.delete(id);
          }
        }
      }
      for (const [uid, id] of byUid) {
        if (!seeded.has(id)) {
          byUid.delete(uid);
        }
      }
    },
  };
}
