// A store of keys in memory, and nodes on it whose clocks a test moves.

import { generateKeyPairSync, createSecretKey } from 'node:crypto';
import { createKeyRing } from '../../src/domain/keys/key-ring.ts';
import type { KeyRing } from '../../src/domain/keys/key-ring.ts';
import { toFreshKey } from '../../src/domain/keys/create-token-key.ts';
import type { FreshKey } from '../../src/domain/keys/create-token-key.ts';
import type { CompletionNeeds } from '../../src/domain/keys/complete-keys.ts';
import type { KeySet } from '../../src/domain/keys/key-set.ts';
import type { KeysStore } from '../../src/domain/keys/store.ts';
import type { TokenAlgorithm } from '../../src/domain/keys/token-key.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import { now } from './store-samples.ts';

/** A real key of the right kind for nobody to sign with: an elliptic one for every algorithm, because those of RSA take long to make. */
const createKey = async (alg: TokenAlgorithm): Promise<FreshKey> => toFreshKey(alg, generateKeyPairSync('ec', { namedCurve: 'P-256' }));

export type KeyWorld = {
  readonly needs: CompletionNeeds;
  readonly read: () => KeySet;
  readonly events: readonly SealedEvent[];
  readonly wait: (milliseconds: number) => void;
  /** How often anything but the version was read. */
  readonly reads: () => number;
  readonly cutOff: () => void;
  readonly createNode: () => KeyRing;
};

export function createKeyWorld(): KeyWorld {
  let set: KeySet = { version: 0, keys: [] };
  let time = now;
  let reads = 0;
  let isCutOff = false;
  const events: SealedEvent[] = [];
  const assertReachable = (): void => {
    if (isCutOff) {
      throw new Error('the store cannot be reached');
    }
  };
  const keys: KeysStore = {
    findVersion: async () => {
      assertReachable();
      return set.version;
    },
    readKeys: async () => {
      reads += 1;
      return set;
    },
    saveKeys: async (change) => {
      if (change.version !== set.version) {
        return 'conflict';
      }
      const kept = set.keys.filter((key) => change.keys.every(({ kid }) => kid !== key.kid));
      set = { version: set.version + 1, keys: [...kept, ...change.keys] };
      events.push(...change.events);
      return 'saved';
    },
    saveRetired: async (kid, at, event) => {
      set = { ...set, keys: set.keys.map((key) => (key.kid === kid ? { ...key, retiredAt: at } : key)) };
      events.push(event);
      return 'saved';
    },
  };
  const clock = { now: () => time };
  const sealingKey = createSecretKey(Buffer.alloc(32, 7));
  const needs: CompletionNeeds = {
    keys,
    clock,
    random: systemRandom,
    sealingKey,
    createKey,
    actor: { kind: 'system', ref: null },
    given: [],
  };
  return {
    needs,
    events,
    read: () => set,
    wait: (milliseconds) => {
      time += milliseconds;
    },
    reads: () => reads,
    cutOff: () => {
      isCutOff = true;
    },
    createNode: () => createKeyRing({ ...needs, steady: clock }),
  };
}
