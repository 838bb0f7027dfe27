// The port that storage implements for reading how services were told. The acts that enter a service or end a session write the rows themselves.

import type { Millis } from '../kernel/clock.ts';
import type { ServiceSession } from './service-session.ts';

export type LogoutsStore = {
  /** Those that have ended, in the order of entering. */
  readonly listOfSessions: (sessionUids: readonly string[]) => Promise<readonly ServiceSession[]>;
  /** Of this person's sessions that ended since then, the last ended first. */
  readonly listOfPerson: (personId: string, since: Millis) => Promise<readonly ServiceSession[]>;
  readonly listAllOfPerson: (personId: string) => Promise<readonly ServiceSession[]>;
};
