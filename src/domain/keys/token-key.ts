// The keys that sign tokens, and what each may do when. A key's state follows from the times that are written of it, never from somebody having looked:
// no reader relies on upkeep. Owns no secret in clear: the private half is a sealed text here, and is destroyed when the key has signed for the last time.

import { dayMs } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';

/** In the order in which they are listed. Each has keys of its own: no key serves two algorithms. */
export const tokenAlgorithms = ['ES256', 'PS256', 'RS256'] as const;

export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** RFC 7517, the public members alone. */
export type PublicTokenJwk = Readonly<Record<string, string>>;

export const keyEnds = ['rotated', 'revoked'] as const;

export type TokenKey = {
  /** Thumbprint of RFC 7638, never chosen by hand. */
  readonly kid: string;
  readonly alg: TokenAlgorithm;
  readonly publicJwk: PublicTokenJwk;
  /** Sealed; empty once it has signed for the last time. */
  readonly sealedKey: string;
  /** In the published set since. */
  readonly stagedAt: Millis;
  readonly activeAt: Millis | null;
  /** Signs nothing new from here on. */
  readonly endedAt: Millis | null;
  readonly end: (typeof keyEnds)[number] | null;
  /** From here on it is not published, and what it signed is refused. */
  readonly goneAt: Millis | null;
  /** When the log was told that it is gone. */
  readonly retiredAt: Millis | null;
};

/** `revoked` from the moment of an emergency, also while it is still published for what is on its way. */
export type KeyState = 'staged' | 'active' | 'retiring' | 'revoked' | 'retired';

/** A copy of the published set that is a day old holds every key that signs, also one from a node that had not noticed a change yet. */
export const publishedBeforeMs = dayMs + 60_000;

/** A token lives minutes, but a service shows an ID token again (`id_token_hint`) when a person leaves it, which may be days later. */
export const retiringMs = 7 * dayMs;

/** Until every node has noticed, every token on its way has arrived, and clocks that differ by ten seconds agree. FT-14 allows a minute. */
export const revokedShownMs = 30_000;

/** What a request that began before the end of its key may still take to sign. */
export const finishingMs = 10_000;

export function toKeyState({ activeAt, endedAt, end, goneAt }: TokenKey, now: Millis): KeyState {
  if (endedAt === null) {
    return activeAt === null ? 'staged' : 'active';
  }
  const endedState = goneAt !== null && goneAt <= now ? 'retired' : 'retiring';
  return end === 'revoked' ? 'revoked' : endedState;
}

export function isPublished({ goneAt }: TokenKey, now: Millis): boolean {
  return goneAt === null || now < goneAt;
}

/** Whether a signature begun now or a moment ago may still be given. */
export function canSign({ activeAt, endedAt }: TokenKey, now: Millis): boolean {
  return activeAt !== null && (endedAt === null || now < endedAt + finishingMs);
}

/** When a staged key may sign without any service having to look for it. */
export function toReadyAt({ stagedAt }: Pick<TokenKey, 'stagedAt'>): Millis {
  return stagedAt + publishedBeforeMs;
}
