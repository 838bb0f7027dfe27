// What a command needs that looks at the keys of tokens or changes them.

import { deriveSealingKey } from '../config/derive-keys.ts';
import type { Parts } from '../app.ts';
import { completeKeys, toGivenKeys } from '../domain/keys/complete-keys.ts';
import type { CompletionNeeds } from '../domain/keys/complete-keys.ts';
import { createTokenKey } from '../domain/keys/create-token-key.ts';
import { isComplete } from '../domain/keys/key-set.ts';
import type { KeySet } from '../domain/keys/key-set.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { systemRandom } from '../domain/kernel/ids.ts';

export function toKeyNeeds({ keys, storage }: Pick<Parts, 'keys' | 'storage'>): CompletionNeeds {
  return {
    keys: storage.keys,
    clock: systemClock,
    random: systemRandom,
    sealingKey: deriveSealingKey(keys),
    createKey: createTokenKey,
    actor: { kind: 'operator', ref: null },
    given: toGivenKeys(keys.earlierTokens),
  };
}

/** Begins them in a database that no node has started on. */
export async function readWholeSet(needs: CompletionNeeds): Promise<KeySet> {
  const set = await needs.keys.readKeys();
  return isComplete(set) ? set : completeKeys(needs, set);
}
