// The port that storage implements for reading how services were told. The rows are written by the acts themselves: entering a service, and every way in
// which a session ends (see the ports of the engine, of people and of erasures), each with its messages.

import type { Millis } from '../kernel/clock.ts';
import type { ServiceSession } from './service-session.ts';

export type LogoutsStore = {
  /** Of those of these sessions that have ended, in the order of entering. */
  readonly listOfSessions: (sessionUids: readonly string[]) => Promise<readonly ServiceSession[]>;
  /** Of this person's sessions that ended since then, the last ended first. */
  readonly listOfPerson: (personId: string, since: Millis) => Promise<readonly ServiceSession[]>;
};
