// Whether keys sign and wait, how long they have done so, and whether they are rotated in time.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deriveSealingKey } from '../../config/derive-keys.ts';
import { earlierFileNames } from '../../config/keys.ts';
import type { Keys } from '../../config/keys.ts';
import { findKey } from '../../domain/keys/key-set.ts';
import type { KeySet } from '../../domain/keys/key-set.ts';
import { unsealPrivateKey } from '../../domain/keys/seal-private-key.ts';
import { findNextRotation } from '../../domain/keys/tend-keys.ts';
import { tokenAlgorithms } from '../../domain/keys/token-key.ts';
import { dayMs, systemClock, toTimestamp } from '../../domain/kernel/clock.ts';
import { warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

/** A running node rotates within a minute of the day. */
const lateMs = dayMs;

function describe(set: KeySet, rotationAt: number): string {
  const ages = tokenAlgorithms.map((alg) => {
    const key = findKey(set, alg, 'active');
    return `${alg} ${key?.kid.slice(0, 8)} for ${Math.floor((systemClock.now() - (key?.activeAt ?? 0)) / dayMs)} days`;
  });
  return `those of tokens are in the database (${ages.join(', ')}), rotated next on ${toTimestamp(rotationAt)}`;
}

/** Throws where a key does not open. */
function openAll(set: KeySet, keys: Keys): void {
  const sealingKey = deriveSealingKey(keys);
  set.keys.filter(({ sealedKey }) => sealedKey !== '').forEach((key) => unsealPrivateKey(sealingKey, key));
}

function checkEarlierFiles(folder: string): readonly Finding[] {
  const left = earlierFileNames.filter((name) => existsSync(join(folder, name)));
  return left.map((name) =>
    warned('keys', `${name} is of no more use: its key lives in the database now`, 'Destroy the file and its copies'),
  );
}

/** `said` continues the line of the key files; `findings` are what is wrong. */
export type TokenKeysReport = { readonly said: string; readonly findings: readonly Finding[] };

export async function checkTokenKeys({ storage, keys, config, locations }: Ground): Promise<TokenKeysReport> {
  if (storage === undefined || !keys.ok || !config.ok || !(await storage.health.hasMigrations())) {
    return { said: 'those of tokens were not looked at', findings: [] };
  }
  const set = await storage.keys.readKeys();
  const rotationAt = findNextRotation(set, config.value.tokenKeyDays * dayMs);
  if (rotationAt === undefined) {
    return { said: 'those of tokens are made by the first start of a node', findings: [] };
  }
  openAll(set, keys.value);
  const isLate = rotationAt + lateMs < systemClock.now();
  const fix = 'See to it that a node runs, or run "huwiya keys rotate"';
  const late = isLate ? [warned('keys', `the keys of tokens were to be rotated on ${toTimestamp(rotationAt)}`, fix)] : [];
  return { said: describe(set, rotationAt), findings: [...late, ...checkEarlierFiles(locations.keysFolder ?? '')] };
}
