// Keys of tokens for the database of a test, begun two days ago so that they can be rotated, and made once in a process: a key of RSA takes long to make.

import { generateKeyPairSync } from 'node:crypto';
import { deriveSealingKey } from '../../src/config/derive-keys.ts';
import type { Keys } from '../../src/config/keys.ts';
import { toFreshKey } from '../../src/domain/keys/create-token-key.ts';
import type { FreshKey } from '../../src/domain/keys/create-token-key.ts';
import { toStaged } from '../../src/domain/keys/needs.ts';
import { tokenAlgorithms } from '../../src/domain/keys/token-key.ts';
import type { TokenAlgorithm } from '../../src/domain/keys/token-key.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { days } from './shift-time.ts';

/** Smaller than those of the product. */
export function createTestKey(alg: TokenAlgorithm): FreshKey {
  return toFreshKey(
    alg,
    alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 }),
  );
}

let made: readonly FreshKey[] | undefined;

const getMade = (): readonly FreshKey[] => (made ??= [...tokenAlgorithms, ...tokenAlgorithms].map(createTestKey));

/** `now`: of the clock that the database lives by. */
export async function beginKeys({ keys }: Pick<Storage, 'keys'>, files: Keys, now = Date.now()): Promise<void> {
  const needs = { random: systemRandom, sealingKey: deriveSealingKey(files) };
  const begunAt = now - days(2);
  const begun = getMade().map((fresh, place) => ({
    ...toStaged(needs, fresh, begunAt),
    activeAt: place < tokenAlgorithms.length ? begunAt : null,
  }));
  await keys.saveKeys({ version: 0, keys: begun, events: [] });
}
