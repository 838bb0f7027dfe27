// How much waits to leave, since when, and whether anything was given up.

import { systemClock } from '../../domain/kernel/clock.ts';
import type { Millis } from '../../domain/kernel/clock.ts';
import type { OutboxDepth } from '../../domain/outbox/store.ts';
import { failed, passed, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A recipient that is away for a moment is no matter for an operator. */
const warnedAfterMs = hourMs;

/** By then a sign-out is given up, and an agency still uses what was taken back from it yesterday. */
const failedAfterMs = 24 * hourMs;

const fix = '"huwiya outbox list" names recipients and failures; "huwiya outbox retry" sends again what was given up';

const toAge = (ms: number): string => (ms < 2 * hourMs ? `${Math.round(ms / minuteMs)} min` : `${Math.round(ms / hourMs)} h`);

export function toOutboxFinding({ waiting, dead, oldestWaitingAt }: OutboxDepth, now: Millis): Finding {
  const waited = oldestWaitingAt === null ? 0 : Math.max(0, now - oldestWaitingAt);
  const detail = `${waiting} waiting${waiting === 0 ? '' : `, the oldest for ${toAge(waited)}`}; ${dead} given up`;
  if (waited > failedAfterMs) {
    return failed('outbox', `${detail}; more than a day is too long`, fix);
  }
  return dead > 0 || waited > warnedAfterMs ? warned('outbox', detail, fix) : passed('outbox', detail);
}

export async function checkOutbox({ storage }: Ground): Promise<readonly Finding[]> {
  if (storage === undefined || !(await storage.health.hasMigrations())) {
    return [warned('outbox', 'not looked at', 'Repair the database first')];
  }
  return [toOutboxFinding(await storage.outbox.measure(), systemClock.now())];
}
