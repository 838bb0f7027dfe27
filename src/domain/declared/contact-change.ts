// A change that waits for its code: which channel, the new address under seal, the code as a keyed digest, and the session that asked.

import type { Millis } from '../kernel/clock.ts';
import type { SealedData } from '../people/person.ts';
import type { Channel } from './channel.ts';

export type ContactChange = {
  readonly id: string;
  readonly personId: string;
  readonly channel: Channel;
  /** Of the session in which the person confirmed with a passkey: the code counts nowhere else. */
  readonly sessionDigest: string;
  readonly destination: SealedData;
  readonly codeDigest: string;
  /** Codes tried so far, the one on its way included. */
  readonly tries: number;
  /** When the person gave the address; a new code for it does not begin anew. */
  readonly begunAt: Millis;
  readonly sentAt: Millis;
  readonly expiresAt: Millis;
};

export const mostTries = 5;
export const codeLifeMs = 600_000;
/** For how long new codes can be had without giving the address again, which needs a fresh passkey. */
export const changeLifeMs = 1_800_000;

export const resendPauseMs = 60_000;

/** How often codes are sent: counted by the person on one channel, by the person on all, and by the address whoever asks. */
export type CodeLimit = { readonly by: 'channel' | 'person' | 'destination'; readonly withinMs: number; readonly most: number };

const hour = 3_600_000;

export const codeLimits: readonly CodeLimit[] = [
  { by: 'channel', withinMs: resendPauseMs, most: 1 },
  { by: 'person', withinMs: hour, most: 5 },
  { by: 'person', withinMs: 24 * hour, most: 10 },
  { by: 'destination', withinMs: hour, most: 3 },
  { by: 'destination', withinMs: 24 * hour, most: 6 },
];

export const longestWindowMs = 24 * hour;
