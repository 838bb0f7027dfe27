// How often a service leaves a trace: at once, and again for each minute that passes. Over a day this never comes to more than the share of the day, so that a
// flood in the morning leaves room in the afternoon.

import type { Clock, Millis } from '../kernel/clock.ts';
import type { TraceShare } from './store.ts';

/** Of steps and beginnings, one for each sign-in. */
const allowances: Readonly<Record<TraceShare, { readonly atOnce: number; readonly perMinute: number }>> = {
  proven: { atOnce: 200, perMinute: 1.25 },
  unproven: { atOnce: 60, perMinute: 1 },
  begun: { atOnce: 100, perMinute: 1 },
  steps: { atOnce: 100, perMinute: 1 },
};

/** A sign-in has six steps, and some more where the service calls UserInfo again. */
const mostStepsOfVisit = 20;
/** Sign-ins of which it is known that they are followed; the oldest are forgotten, and ask for room again. */
const mostFollowed = 10_000;

export type SignInStep = {
  readonly clientId: string;
  /** The sign-in that it is of. */
  readonly visit: string;
  /** Whether the service or a person who signed in sent it; anybody can begin a sign-in. */
  readonly isOwn: boolean;
};

export type TraceAllowances = {
  /** Whether this share of the service has room now, which is used up by asking. */
  readonly take: (clientId: string, share: TraceShare) => boolean;
  /** Of which share a step of a sign-in is; undefined where it is not followed, or no further. */
  readonly takeStep: (step: SignInStep) => Extract<TraceShare, 'steps' | 'begun'> | undefined;
};

type Allowance = { left: number; at: Millis };

type Shares = Pick<TraceAllowances, 'take'> & { readonly hasRoom: TraceAllowances['take'] };

function createShares(clock: Clock): Shares {
  const known = new Map<string, Allowance>();
  const find = (clientId: string, share: TraceShare): Allowance => {
    const { atOnce, perMinute } = allowances[share];
    const now = clock.now();
    const key = `${share}:${clientId}`;
    const allowance = known.get(key) ?? { left: atOnce, at: now };
    allowance.left = Math.min(atOnce, allowance.left + (Math.max(0, now - allowance.at) / 60_000) * perMinute);
    allowance.at = now;
    known.set(key, allowance);
    return allowance;
  };
  return {
    hasRoom: (clientId, share) => find(clientId, share).left >= 1,
    take: (clientId, share) => {
      const allowance = find(clientId, share);
      const isAllowed = allowance.left >= 1;
      allowance.left -= isAllowed ? 1 : 0;
      return isAllowed;
    },
  };
}

export function createTraceAllowances({ clock }: { readonly clock: Clock }): TraceAllowances {
  const { hasRoom, take } = createShares(clock);
  const followed = new Map<string, number>();
  const follow = (visit: string): void => {
    const oldest = followed.size < mostFollowed ? undefined : followed.keys().next().value;
    followed.delete(oldest ?? visit);
    followed.set(visit, 1);
  };
  return {
    take,
    takeStep: ({ clientId, visit, isOwn }) => {
      const steps = followed.get(visit);
      if (steps !== undefined) {
        followed.set(visit, steps + 1);
        return steps < mostStepsOfVisit ? 'steps' : undefined;
      }
      if (!isOwn) {
        // A beginning without more would look like a person who left.
        return hasRoom(clientId, 'steps') && take(clientId, 'begun') ? 'begun' : undefined;
      }
      if (!take(clientId, 'steps')) {
        return undefined;
      }
      follow(visit);
      return 'steps';
    },
  };
}
