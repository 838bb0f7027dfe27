import type { KeyObject } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import type { Channel } from './channel.ts';
import type { DeclaredStore } from './store.ts';

/** Where a letter for an address of the channel goes, as an email address; null where nothing is sent to that channel. */
export type Doors = { readonly [Name in Channel]: ((address: string) => string) | null };

export type DeclaredNeeds = {
  readonly declared: DeclaredStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly dataKey: KeyObject;
  readonly lookupKey: KeyObject;
  readonly doors: Doors;
};
