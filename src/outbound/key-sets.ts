// The keys that services publish at an address of theirs. Read through the guarded fetch, kept for as long as they say and never longer than a rotated-out
// key may live (RG-12, TK-31); an address that fails is left alone for a while, so that nobody can make us knock at it with every request (RG-11, M20).

import { isUsableKey, maxKeys } from '../domain/agencies/check-keys.ts';
import type { Jwk } from '../domain/agencies/proposal.ts';
import { parseJson } from '../domain/kernel/canonical.ts';
import type { Clock, Millis } from '../domain/kernel/clock.ts';
import type { GuardedAnswer, GuardedFetch, OutboundFailure } from './guarded-fetch.ts';

export type KeySetFailure = OutboundFailure | `status-${number}` | 'no-key-set' | 'too-many-keys' | 'no-usable-key';

type KeySet = { readonly ok: true; readonly keys: readonly Jwk[] } | { readonly ok: false; readonly failure: KeySetFailure };

export type KeySetNeeds = {
  readonly fetch: GuardedFetch;
  readonly clock: Clock;
  /** Each attempt that failed, for the operator's log. */
  readonly tell: (url: string, failure: KeySetFailure) => void;
};

/** A key that was taken out is refused after 15 minutes, whatever happens. */
const longestUseMs = 900_000;
const shortestUseMs = 60_000;
const failureKeptMs = 30_000;
/** Addresses that nobody asked for are forgotten beyond this many. */
const mostKept = 2000;

type Kept = {
  /** The last good answer. */
  readonly keys: readonly Jwk[] | undefined;
  readonly fetchedAt: Millis;
  readonly askAgainAt: Millis;
};

const none: Kept = { keys: undefined, fetchedAt: 0, askAgainAt: 0 };

function isObject(value: unknown): value is Jwk {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What cannot prove anything is left out (RG-13); a set beyond the number that may be registered is none. */
function parseKeySet({ status, body }: GuardedAnswer): KeySet {
  if (status !== 200) {
    return { ok: false, failure: `status-${status}` };
  }
  const set = parseJson(body);
  const listed: unknown = isObject(set) ? set['keys'] : undefined;
  if (!Array.isArray(listed)) {
    return { ok: false, failure: 'no-key-set' };
  }
  if (listed.length > maxKeys) {
    return { ok: false, failure: 'too-many-keys' };
  }
  const keys = listed.filter(isObject).filter(isUsableKey);
  return keys.length === 0 ? { ok: false, failure: 'no-usable-key' } : { ok: true, keys };
}

/** RFC 9111 §5.2.2.1, within our own bounds; without it, the least. */
function toUseMs(cacheControl: string): number {
  const [, seconds = '0'] = /(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])/i.exec(cacheControl) ?? [];
  return Math.min(Math.max(Number(seconds) * 1000, shortestUseMs), longestUseMs);
}

type Fetched = { readonly set: KeySet; readonly useMs: number };

async function fetchKeySet({ fetch }: KeySetNeeds, url: string): Promise<Fetched> {
  const answered = await fetch({ url, method: 'GET', headers: { accept: 'application/jwk-set+json, application/json' } });
  return answered.ok ? { set: parseKeySet(answered.value), useMs: toUseMs(answered.value.cacheControl) } : { set: answered, useMs: 0 };
}

function toKept(before: Kept, { set, useMs }: Fetched, now: Millis): Kept {
  return set.ok ? { keys: set.keys, fetchedAt: now, askAgainAt: now + useMs } : { ...before, askAgainAt: now + failureKeptMs };
}

/** An address that does not answer is no reason to stop a service whose keys were read minutes ago. */
function findUsable({ keys, fetchedAt }: Kept, now: Millis): readonly Jwk[] | undefined {
  return now < fetchedAt + longestUseMs ? keys : undefined;
}

/** Undefined where there is nothing to believe. */
export function createKeySets(needs: KeySetNeeds): (url: string) => Promise<readonly Jwk[] | undefined> {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<void>>();

  const refresh = async (url: string): Promise<void> => {
    const fetched = await fetchKeySet(needs, url);
    if (!fetched.set.ok) {
      needs.tell(url, fetched.set.failure);
    }
    const next = toKept(kept.get(url) ?? none, fetched, needs.clock.now());
    kept.delete(url);
    kept.set(url, next);
    [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept)).forEach((oldest) => kept.delete(oldest));
  };

  return async (url) => {
    if (needs.clock.now() >= (kept.get(url)?.askAgainAt ?? 0)) {
      const asking = underWay.get(url) ?? refresh(url).finally(() => underWay.delete(url));
      underWay.set(url, asking);
      await asking;
    }
    return findUsable(kept.get(url) ?? none, needs.clock.now());
  };
}
