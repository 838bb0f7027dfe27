// What the pages need on which a level code leads to a passkey of the level `high`.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { CeremonyTarget, FormTarget, Passkey } from './models.ts';

/** `typed`: what comes back with the form, to whoever sent it. */
export type LevelCodePage = { readonly form: FormTarget; readonly error: 'level-code/refused' | null; readonly typed: string };

export type LevelPage = {
  readonly expiresAt: Millis;
  /** Of the person's passkeys those that an answer of theirs raises; empty where a new one is added. */
  readonly raisable: readonly Passkey[];
  /** Of the one that is raised, or the new one. */
  readonly ceremony: CeremonyTarget;
  /** There is no room for a new one. */
  readonly isFull: boolean;
  /** To a new passkey in the place of one that is there. */
  readonly newUrl: string | null;
};
