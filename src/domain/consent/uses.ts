// How often a record was used and may be. The count lies beside the record, not in it: a release is no decision, and its entries prove each one.

import type { AccessTerms } from '../agencies/agency.ts';
import type { Millis } from '../kernel/clock.ts';
import { addDuration } from '../kernel/clock.ts';
import type { Usage } from './consent.ts';
import type { NowAsked } from './superseded.ts';

function toMost({ fetch, maxUses }: AccessTerms): number {
  return Math.min(fetch === 'once' ? 1 : Infinity, maxUses ?? Infinity);
}

/** Releases over the life of the record, by what was agreed to and by what is registered now; Infinity for any number. */
export function toMostUses({ agreed, purpose }: Pick<NowAsked, 'agreed' | 'purpose'>): number {
  return Math.min(toMost(purpose.terms), agreed === undefined ? Infinity : toMost(agreed.terms));
}

export function isUsedUp({ uses }: Usage, asked: Pick<NowAsked, 'agreed' | 'purpose'>): boolean {
  return uses >= toMostUses(asked);
}

/** Releases in the present period of its frequency; kept with the count of uses. */
export type Period = { readonly from: Millis; readonly uses: number };

export type UseLimits = {
  /** Null for any number. */
  readonly mostUses: number | null;
  /** At most `times` within `perMillis` from the first of them; null for any. */
  readonly frequency: { readonly times: number; readonly perMillis: Millis } | null;
};

export type UseHindrance = { readonly reason: 'used-up' } | { readonly reason: 'too-often'; readonly until: Millis };

/** What the commit of the next release would refuse, told before anybody tries. The commit counts again: this is an answer, no promise. */
export function findUseHindrance(used: Usage & { readonly period: Period }, limits: UseLimits, now: Millis): UseHindrance | undefined {
  if (limits.mostUses !== null && used.uses >= limits.mostUses) {
    return { reason: 'used-up' };
  }
  const { frequency } = limits;
  const until = used.period.from + (frequency?.perMillis ?? 0);
  return frequency !== null && until > now && used.period.uses >= frequency.times ? { reason: 'too-often', until } : undefined;
}

/** What the release itself is held to, inside its own commit. */
export function toUseLimits({ agreed, purpose }: Pick<NowAsked, 'agreed' | 'purpose'>): UseLimits {
  const most = toMostUses({ agreed, purpose });
  const { frequency } = purpose.terms;
  return {
    mostUses: most === Infinity ? null : most,
    frequency: frequency === null ? null : { times: frequency.times, perMillis: addDuration(0, frequency.per) },
  };
}
