// Time is all that tells of silence: a log promises to sign what was entered within a second, and cannot promise that anything is entered.
// So how long a silence is too long is said by whoever watches. Alarms that stand are remembered with their beginning.

import type { Clock, Millis } from '../domain/kernel/clock.ts';
import { lastingAlarms } from './alarm.ts';
import type { Alarm, AlarmName } from './alarm.ts';
import { toStanding } from './monitor-state.ts';
import type { MonitorState } from './monitor-state.ts';
import type { Published } from './read-published.ts';

type Looked = { readonly state: MonitorState; readonly alarms: readonly Alarm[] };

type GrowthNeeds = { readonly published: Published; readonly clock: Clock; readonly patience: Millis };

function findSilence({ published, clock, patience }: GrowthNeeds, state: MonitorState): readonly Alarm[] {
  const lost = published.lost();
  const now = clock.now();
  if (lost !== undefined) {
    const isLong = now - state.reachedAt > patience;
    return isLong ? [{ name: 'unreachable', detail: `since ${new Date(state.reachedAt).toISOString()}: ${lost}`, proof: [] }] : [];
  }
  const isQuiet = now - state.grownAt > patience;
  const detail = `${state.size} entries since ${new Date(state.grownAt).toISOString()}`;
  return isQuiet ? [{ name: 'silence', detail, proof: state.checkpoint === null ? [] : [state.checkpoint] }] : [];
}

/** What stands: what was found now, and what lasts. */
function toAlarms(before: MonitorState, found: readonly AlarmName[], now: Millis): MonitorState['alarms'] {
  const names = new Set([...toStanding(before).filter((name) => lastingAlarms.has(name)), ...found]);
  return Object.fromEntries([...names].map((name) => [name, before.alarms[name] ?? now]));
}

export function watchGrowth(needs: GrowthNeeds, { state, alarms }: Looked): Looked {
  const now = needs.clock.now();
  const reached = needs.published.lost() === undefined ? { ...state, reachedAt: now } : state;
  const all = [...alarms, ...findSilence(needs, reached)];
  const names = all.map(({ name }) => name);
  return { state: { ...reached, alarms: toAlarms(state, names, now) }, alarms: all };
}
