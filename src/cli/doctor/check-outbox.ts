// How much waits to leave, since when, and whether anything was given up.

import { systemClock } from '../../domain/kernel/clock.ts';
import { passed, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

/** A recipient that is away for a moment is no matter for an operator. */
const longestWaitMs = 3_600_000;

const fix = '"huwiya outbox list" names recipients and failures; "huwiya outbox retry" sends again what was given up';

export async function checkOutbox({ storage }: Ground): Promise<readonly Finding[]> {
  if (storage === undefined || !(await storage.health.hasMigrations())) {
    return [warned('outbox', 'not looked at', 'Repair the database first')];
  }
  const { waiting, dead, oldestWaitingAt } = await storage.outbox.measure();
  const waited = oldestWaitingAt === null ? 0 : systemClock.now() - oldestWaitingAt;
  const detail = `${waiting} waiting${waiting === 0 ? '' : `, the oldest for ${Math.round(waited / 60_000)} min`}; ${dead} given up`;
  return dead > 0 || waited > longestWaitMs ? [warned('outbox', detail, fix)] : [passed('outbox', detail)];
}
