// Whether the clock of this machine can be believed: against the database, against what was already written, and against itself. Asks nobody outside.

import { steadyClock, systemClock, toTimestamp } from '../../domain/kernel/clock.ts';
import { failed, passed, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

/** Nodes that are further apart disagree on what has expired. */
const largestSkewMs = 10_000;

/** What a steady clock and a wall clock may lose on each other while a command runs. */
const largestStepMs = 1000;

export type Watch = { readonly wall: number; readonly steady: number };

export const startWatch = (): Watch => ({ wall: systemClock.now(), steady: steadyClock.now() });

function checkStep(begun: Watch): readonly Finding[] {
  const step = systemClock.now() - begun.wall - (steadyClock.now() - begun.steady);
  const fix = 'See to it that the clock is slewed, not set (chrony, systemd-timesyncd)';
  return Math.abs(step) > largestStepMs ? [warned('clock', `was set by ${Math.round(step)} ms while doctor looked`, fix)] : [];
}

const toSeconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

function checkDatabaseClock(theirs: number | undefined): readonly Finding[] {
  const skew = theirs === undefined ? 0 : systemClock.now() - theirs;
  return Math.abs(skew) > largestSkewMs
    ? [failed('clock', `is ${toSeconds(skew)} apart from the clock of the database`, 'Set both by the same time servers')]
    : [];
}

async function checkNewest({ storage }: Ground): Promise<readonly Finding[]> {
  const newest = await storage?.ledger.findCheckpoint();
  const ahead = newest === undefined ? 0 : newest.at - systemClock.now();
  return ahead > largestStepMs
    ? [
        failed(
          'clock',
          `is ${toSeconds(ahead)} behind the newest checkpoint of the log`,
          'Set the clock of this machine before a node starts',
        ),
      ]
    : [];
}

/** Called last, so that the watch has run as long as it can. */
export async function checkClock(ground: Ground, begun: Watch): Promise<readonly Finding[]> {
  const isMigrated = (await ground.storage?.health.hasMigrations()) === true;
  const theirs = await ground.storage?.health.findClock();
  const found = [...checkStep(begun), ...checkDatabaseClock(theirs), ...(isMigrated ? await checkNewest(ground) : [])];
  const compared = isMigrated ? 'not behind what is written in the log' : 'compared with nothing, there being no log';
  return found.length > 0 ? found : [passed('clock', `${toTimestamp(systemClock.now())}, ${compared}`)];
}
