// What a monitor remembers between two looks, and over restarts. Everything it believes was signed; what it was told by others waits here until it can be compared.

import { z } from 'zod';
import { alarmCodes, isAlarmName } from './alarm.ts';
import type { AlarmName } from './alarm.ts';

const instant = z.int().nonnegative();

const stateForm = z.strictObject({
  format: z.literal('huwiya-monitor/1'),
  /** Name of the log. */
  origin: z.string(),
  /** The newest checkpoint that was verified, as it was served. */
  checkpoint: z.string().nullable(),
  size: z.int().nonnegative(),
  /** Changes of the key that were seen, oldest first. */
  changes: z.array(z.string()),
  /** Checkpoints of others that are longer than the log that is shown here. */
  waiting: z.array(z.object({ text: z.string(), from: z.string(), since: instant })),
  /** The smallest head that too few witnesses have gone along with, and since when; absent in the state of an earlier monitor. */
  unwitnessed: z.strictObject({ size: z.int().nonnegative(), since: instant }).nullable().default(null),
  /** When the log was last seen to grow, and last reached. */
  grownAt: instant,
  reachedAt: instant,
  /** How far the tree was rebuilt from every entry, and the hashes at its edge. */
  rebuilt: z.strictObject({ size: z.int().nonnegative(), hashes: z.array(z.string()) }),
  /** Alarms that stand, with the moment at which they began. */
  alarms: z.partialRecord(z.enum(Object.keys(alarmCodes)), instant),
});

export type MonitorState = z.infer<typeof stateForm>;

export function createState(origin: string, now: number): MonitorState {
  return {
    format: 'huwiya-monitor/1',
    origin,
    checkpoint: null,
    size: 0,
    changes: [],
    waiting: [],
    unwitnessed: null,
    grownAt: now,
    reachedAt: now,
    rebuilt: { size: 0, hashes: [] },
    alarms: {},
  };
}

/** `undefined` for anything that no monitor wrote. */
export function findState(text: string): MonitorState | undefined {
  try {
    const parsed = stateForm.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function toStanding(state: MonitorState): readonly AlarmName[] {
  return Object.keys(state.alarms).filter(isAlarmName);
}
