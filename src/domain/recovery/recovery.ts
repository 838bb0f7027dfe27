// Coming back after the passkeys are lost. Two ways: by waiting, with the person's own channel told at every step, and at a counter, where two officers look.
// Owns the states and what may befall each. Must never rest on a page having been shown: what is stored decides (ADR-0078).

import type { Millis } from '../kernel/clock.ts';
import type { Level } from '../kernel/levels.ts';
import type { SealedData } from '../people/person.ts';

export const recoveryWays = ['waiting', 'counter'] as const;
export type RecoveryWay = (typeof recoveryWays)[number];

/**
 * `begun` waits for a second officer, `waiting` for time to pass, `ready` for the new passkey; the others are ends. Which follows which is said where nothing gets past
 * it: each step is one conditional statement, and triggers of both databases hold the whole table (migration `recoveries`, EN-11).
 */
export const recoveryStates = ['begun', 'waiting', 'ready', 'completed', 'cancelled', 'expired', 'refused'] as const;
export type RecoveryState = (typeof recoveryStates)[number];

/** Why it came to an end other than by a new passkey. */
export const recoveryEnds = ['link', 'passkey', 'officer', 'evidence', 'status', 'superseded', 'time'] as const;
export type RecoveryEnd = (typeof recoveryEnds)[number];

/** Whose status lets them come back, by any way. */
export const recoverableStatuses = ['active', 'frozen'] as const;
export type RecoverableStatus = (typeof recoverableStatuses)[number];

/**
 * And by which. Somebody frozen has no session in which they could say no, and whoever reads their mail can freeze them: time alone MUST NOT let anybody in then.
 * Two officers see the person.
 */
export const statusesByWay: Readonly<Record<RecoveryWay, readonly RecoverableStatus[]>> = {
  waiting: ['active'],
  counter: recoverableStatuses,
};

/** How far the new passkey may reach: no further than the way by which it came (decision 7). */
export const ceilings: Readonly<Record<RecoveryWay, Level>> = { waiting: 'substantial', counter: 'high' };

export type Recovery = {
  /** UUIDv7. */
  readonly id: string;
  readonly personId: string;
  readonly way: RecoveryWay;
  readonly state: RecoveryState;
  /** A freeze that comes later ends it: then somebody says that something is wrong. */
  readonly begunStatus: RecoverableStatus;
  readonly begunAt: Millis;
  /** By waiting: before this moment nothing can be prepared. */
  readonly readyAt: Millis | null;
  /** The end whatever happens. */
  readonly expiresAt: Millis;
  readonly preparedAt: Millis | null;
  /** Of the code that binds the new passkey; only where it is ready. */
  readonly codeDigest: string | null;
  readonly codeUntil: Millis | null;
  /** Keyed digest of the channel that began it: the second code goes to the same one or nowhere. */
  readonly destinationDigest: string | null;
  /** Digest of the token in the link that cancels it. */
  readonly cancelDigest: string;
  /** At a counter: the officer who opened it, with which passkey, and what they saw, sealed for this person. */
  readonly openedBy: string | null;
  readonly openedWith: string | null;
  readonly seen: SealedData | null;
  readonly endedAt: Millis | null;
  readonly endReason: RecoveryEnd | null;
};

/** The second officer's word. */
export type RecoveryApproval = {
  readonly recoveryId: string;
  readonly officerId: string;
  readonly passkeyId: string;
  /** What they saw themselves; from then on it is how the person’s identity was last checked. */
  readonly proofingId: string;
  readonly approvedAt: Millis;
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** For the second officer. */
export const approvalLifeMs = hour;
/** For binding the new passkey, once everything else is done. */
export const bindingLifeMs = 15 * minute;
/** By waiting: how long after the waiting time somebody can still come back. */
export const lateMs = 7 * day;
/** A channel counts for a recovery only when it has been the person's for so long: whoever just took over a session must not bring one along. */
export const settledChannelMs = 7 * day;

/** By waiting it can be begun so often; afterwards only a counter helps. The person cannot be harassed, and is never shut out: a counter is always open. */
export const begunLimit = { withinMs: 30 * day, most: 3 } as const;
/** After somebody with a settled passkey said no, nobody begins by waiting for so long. */
export const refusedPauseMs = 7 * day;

/** In its own life a code is sent once: who asks again meanwhile is answered by the letter that is there. Many askers in a day get longer lives, not more letters. */
export function toCodeLifeMs(sentInDay: number): Millis {
  return sentInDay < 3 ? 30 * minute : 6 * hour;
}
