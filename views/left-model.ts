// What became of telling the services that a session has ended: the hand-over between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';

export type LeftService = {
  readonly name: string;
  readonly state: 'told' | 'trying' | 'failed' | 'untold';
};

/** One session that ended, with the services that were entered in it. */
export type LeftSession = { readonly endedAt: Millis; readonly services: readonly LeftService[] };
