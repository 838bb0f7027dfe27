// What somebody is about to do, and how it differs from what others do.

import type { Level } from '../../src/domain/kernel/levels.ts';

/** How a planted visit differs from others; absent: it does not. */
export type Twist = {
  readonly group?: string;
  /** Which of the entries belong to the group; all, where nothing is said. */
  readonly marks?: readonly ('sign-in' | 'decision' | 'entering' | 'release' | 'over-ask')[];
  /** Of the release, where more leaves than was granted. */
  readonly beyondGroup?: string;
  readonly level?: Level;
  readonly passkey?: string;
  readonly isSharedComputer?: true;
  readonly readsForMs?: number;
  readonly answer?: 'given' | 'refused' | 'deferred';
  readonly extra?: string;
  readonly overAsk?: string;
  readonly record?: string;
  /** Of the purpose, that the release names. */
  readonly version?: number;
  /** Releases under what stands, although it does not cover what is asked now. */
  readonly isUnasked?: true;
};

export type Wish = { readonly clientId: string; readonly purposeId: string; readonly twist?: Twist };

export type Marked = NonNullable<Twist['marks']>[number];
