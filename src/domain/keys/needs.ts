// What changes the keys of tokens: time, randomness, the store, and what seals the private halves.

import type { KeyObject } from 'node:crypto';
import type { Clock, Millis } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import type { Actor } from '../ledger/event.ts';
import type { CreateTokenKey, FreshKey } from './create-token-key.ts';
import { sealPrivateKey } from './seal-private-key.ts';
import type { KeysStore } from './store.ts';
import type { TokenKey } from './token-key.ts';

export type KeyNeeds = {
  readonly keys: KeysStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly sealingKey: KeyObject;
  readonly createKey: CreateTokenKey;
  readonly actor: Actor;
};

/** A key that is published and signs nothing yet. */
export function toStaged(needs: Pick<KeyNeeds, 'random' | 'sealingKey'>, fresh: FreshKey, at: Millis): TokenKey {
  const { kid, alg, publicJwk, privateKey } = fresh;
  const times = { stagedAt: at, activeAt: null, endedAt: null, end: null, goneAt: null, retiredAt: null } as const;
  return { kid, alg, publicJwk, sealedKey: sealPrivateKey(needs, fresh, privateKey), ...times };
}
