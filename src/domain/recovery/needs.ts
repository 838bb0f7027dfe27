// What every use case of this folder takes from outside. Letters come in composed: no words live here.

import type { KeyObject } from 'node:crypto';
import type { Doors } from '../declared/needs.ts';
import type { LetterWords } from '../declared/letter.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import type { PasskeysStore } from '../passkeys/store.ts';
import type { PasskeyNeeds, RelyingParty } from '../passkeys/relying-party.ts';
import type { StoredPerson } from '../people/person.ts';
import type { PeopleStore } from '../people/store.ts';
import type { RecoveryWay } from './recovery.ts';
import type { OwnLifting, RecoveriesStore } from './store.ts';

export type BegunLetter = {
  readonly way: RecoveryWay;
  readonly at: Millis;
  /** By waiting: when it can go on. */
  readonly readyAt: Millis | null;
  /** Opens a page where it is cancelled; opening it changes nothing. */
  readonly cancelToken: string;
};

export type RecoveryLetters = {
  readonly toCode: (person: StoredPerson, code: string) => LetterWords;
  readonly toBegun: (person: StoredPerson, channel: 'email' | 'phone', begun: BegunLetter) => LetterWords;
  /** The waiting time is over; somebody can come back until `until`. */
  readonly toDue: (person: StoredPerson, until: Millis) => LetterWords;
};

export type RecoveryNeeds = {
  readonly clock: Clock;
  readonly random: Random;
  readonly recoveries: RecoveriesStore;
  readonly people: PeopleStore;
  readonly passkeys: PasskeysStore;
  readonly metadata: PasskeyNeeds['metadata'];
  readonly relyingParty: RelyingParty;
  readonly dataKey: KeyObject;
  readonly lookupKey: KeyObject;
  readonly doors: Doors;
  readonly letters: RecoveryLetters;
  /** Made where freezes are known: how the person's own one ends with a recovery at a counter. */
  readonly toLifting: (personId: string) => OwnLifting;
  /** How long somebody waits who comes back by waiting; never less than a day. */
  readonly waitMs: Millis;
};
