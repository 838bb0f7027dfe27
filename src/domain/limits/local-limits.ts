// What one node remembers by itself, in bounded room: what was begun here, which keys the store said are full, and failures while it cannot be reached.

import type { Millis } from '../kernel/clock.ts';
import { toPossible } from './limit.ts';
import type { Count } from './limit.ts';

export type LocalLimits = {
  /** 0 where it was counted, else how long until there is room. */
  readonly count: (count: Count, now: Millis) => Millis;
  /** What was begun came to its end. */
  readonly giveBack: (count: Count, now: Millis) => void;
  /** What was counted for something that goes on, so that the very same is given back when it ends, from whatever address. */
  readonly note: (occasion: string, counts: readonly Count[]) => void;
  /** The last that was noted, or all of it; undefined where nothing of it was begun on this node, or too long ago. */
  readonly takeNoted: (occasion: string, reach: 'last' | 'all') => readonly Count[] | undefined;
  readonly close: (count: Count, until: Millis) => void;
  readonly findWait: (count: Count, now: Millis) => Millis;
};

const usualKeys = 50_000;

/** Of one occasion: a page that is left open asks for a new challenge every few minutes. */
const mostNoted = 32;

/** The oldest goes where there is no more room: memory stays bounded whoever comes from wherever. */
function keep<T>(map: Map<string, T>, mostKeys: number, [key, kept]: readonly [string, T]): void {
  map.delete(key);
  for (const oldest of map.keys()) {
    if (map.size < mostKeys) {
      break;
    }
    map.delete(oldest);
  }
  map.set(key, kept);
}

type Noting = Pick<LocalLimits, 'note' | 'takeNoted'>;

function createNoting(mostKeys: number): Noting {
  const noted = new Map<string, readonly (readonly Count[])[]>();
  return {
    note: (occasion, counts) => keep(noted, mostKeys, [occasion, [...(noted.get(occasion) ?? []), counts].slice(-mostNoted)]),
    takeNoted: (occasion, reach) => {
      const all = noted.get(occasion);
      const rest = reach === 'all' ? [] : (all ?? []).slice(0, -1);
      if (rest.length > 0) {
        noted.set(occasion, rest);
      } else {
        noted.delete(occasion);
      }
      return reach === 'all' ? all?.flat() : all?.at(-1);
    },
  };
}

export function createLocalLimits(mostKeys = usualKeys): LocalLimits {
  const emptyAt = new Map<string, Millis>();
  const closedUntil = new Map<string, Millis>();
  return {
    ...createNoting(mostKeys),
    count: (count, now) => {
      const { key, most, stepMs } = count;
      const filled = Math.max(toPossible(count, emptyAt.get(key) ?? 0, now), now);
      const wait = filled - now - (most - 1) * stepMs;
      if (wait > 0) {
        return wait;
      }
      keep(emptyAt, mostKeys, [key, filled + stepMs]);
      return 0;
    },
    giveBack: ({ key, stepMs }, now) => {
      const rest = (emptyAt.get(key) ?? 0) - stepMs;
      if (rest > now) {
        emptyAt.set(key, rest);
      } else {
        emptyAt.delete(key);
      }
    },
    close: ({ key }, until) => keep(closedUntil, mostKeys, [key, until]),
    findWait: (count, now) => {
      const { key } = count;
      const wait = Math.max(0, toPossible({ ...count, most: 1 }, closedUntil.get(key) ?? 0, now) - now);
      if (wait === 0) {
        closedUntil.delete(key);
      }
      return wait;
    },
  };
}
