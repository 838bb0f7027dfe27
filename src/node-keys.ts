// The keys of tokens as one node holds them, made of its parts.

import { deriveSealingKey } from './config/derive-keys.ts';
import type { Keys } from './config/keys.ts';
import type { Clock } from './domain/kernel/clock.ts';
import { steadyClock } from './domain/kernel/clock.ts';
import { systemRandom } from './domain/kernel/ids.ts';
import { toGivenKeys } from './domain/keys/complete-keys.ts';
import { createTokenKey } from './domain/keys/create-token-key.ts';
import type { CreateTokenKey } from './domain/keys/create-token-key.ts';
import { createKeyRing } from './domain/keys/key-ring.ts';
import type { KeyRing } from './domain/keys/key-ring.ts';
import type { KeyNeeds } from './domain/keys/needs.ts';
import type { Storage } from './storage/open-storage.ts';

type Given = { readonly keys: Keys; readonly storage: Pick<Storage, 'keys'>; readonly createKey?: CreateTokenKey };

export function createRing(
  { keys, storage, createKey = createTokenKey }: Given,
  clock: Clock,
): { readonly ring: KeyRing; readonly keyNeeds: KeyNeeds } {
  const actor = { kind: 'system', ref: null } as const;
  const keyNeeds = { keys: storage.keys, clock, random: systemRandom, sealingKey: deriveSealingKey(keys), createKey, actor };
  return { ring: createKeyRing({ ...keyNeeds, given: toGivenKeys(keys.earlierTokens), steady: steadyClock }), keyNeeds };
}
