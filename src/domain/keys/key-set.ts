// All keys of tokens at one version. Every change writes a new version in one act with what it changes, so that of two that change at once one wins.

import type { Millis } from '../kernel/clock.ts';
import { isPublished, toKeyState, tokenAlgorithms } from './token-key.ts';
import type { KeyState, TokenAlgorithm, TokenKey } from './token-key.ts';

export type KeySet = {
  /** 0: nothing was ever written. */
  readonly version: number;
  readonly keys: readonly TokenKey[];
};

/** `active` and `staged` do not depend on the time of day. */
export function findKey({ keys }: KeySet, alg: TokenAlgorithm, state: 'active' | 'staged'): TokenKey | undefined {
  return keys.find((key) => key.alg === alg && toKeyState(key, 0) === state);
}

/** Whether every algorithm has a key that signs and one that waits. */
export function isComplete(set: KeySet): boolean {
  return tokenAlgorithms.every((alg) => findKey(set, alg, 'active') !== undefined && findKey(set, alg, 'staged') !== undefined);
}

const order: Readonly<Record<KeyState, number>> = { active: 0, staged: 1, retiring: 2, revoked: 3, retired: 4 };

/** By algorithm, the one that signs first: the engine takes the first that fits. */
export function sortKeys(keys: readonly TokenKey[], now: Millis): readonly TokenKey[] {
  const toPlace = (key: TokenKey): number => tokenAlgorithms.indexOf(key.alg) * 10 + order[toKeyState(key, now)];
  return keys.toSorted((a, b) => toPlace(a) - toPlace(b) || b.stagedAt - a.stagedAt);
}

export function findPublished({ keys }: KeySet, now: Millis): readonly TokenKey[] {
  return sortKeys(
    keys.filter((key) => isPublished(key, now)),
    now,
  );
}
