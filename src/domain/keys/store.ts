// The port that storage implements for the keys of tokens. Several nodes share it.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { KeySet } from './key-set.ts';
import type { TokenKey } from './token-key.ts';

export type KeyChange = {
  /** The version that was read before. */
  readonly version: number;
  /** Whole rows, new or changed. */
  readonly keys: readonly TokenKey[];
  readonly events: readonly SealedEvent[];
};

export type KeysStore = {
  /** Asked for often: MUST cost next to nothing. 0 where nothing was written yet. */
  readonly findVersion: () => Promise<number>;
  /** Keys at least as new as the version that comes with them, the retired ones of which the log knows included. */
  readonly readKeys: () => Promise<KeySet>;
  /** MUST be atomic with its events, and MUST change nothing where the version is another one by now. */
  readonly saveKeys: (change: KeyChange) => Promise<'saved' | 'conflict'>;
  /** Notes that the log was told; `unchanged` where it was told before. */
  readonly saveRetired: (kid: string, at: Millis, event: SealedEvent) => Promise<'saved' | 'unchanged'>;
};
