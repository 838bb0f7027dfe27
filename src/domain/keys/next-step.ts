// Where a key stands and what happens to it next, for whoever looks after it.

import type { Millis } from '../kernel/clock.ts';
import { toKeyState, toReadyAt } from './token-key.ts';
import type { KeyState, TokenKey } from './token-key.ts';

/** `sign`: from then on it may take over. `rotate`: the next one takes over by itself. `disappear`: it is no longer published, and what it signed is refused. */
export type NextStep = { readonly step: 'sign' | 'rotate' | 'disappear'; readonly at: Millis };

export type Standing = { readonly state: KeyState; readonly since: Millis; readonly next: NextStep | null };

export type Moment = { readonly now: Millis; readonly rotationAt: Millis | undefined };

function toEnded(key: TokenKey, state: KeyState, now: Millis): Standing {
  const { endedAt, goneAt, stagedAt } = key;
  const next = goneAt !== null && goneAt > now ? ({ step: 'disappear', at: goneAt } as const) : null;
  return { state, since: (state === 'retired' ? goneAt : endedAt) ?? stagedAt, next };
}

export function toStanding(key: TokenKey, { now, rotationAt }: Moment): Standing {
  const state = toKeyState(key, now);
  if (state === 'staged') {
    return { state, since: key.stagedAt, next: { step: 'sign', at: toReadyAt(key) } };
  }
  if (state === 'active') {
    return { state, since: key.activeAt ?? key.stagedAt, next: rotationAt === undefined ? null : { step: 'rotate', at: rotationAt } };
  }
  return toEnded(key, state, now);
}
