// How often something may fail before whoever does it has to wait. Counts failures, tries of codes, and what was begun and left lying; never a sign-in that
// succeeds. Must never let one person, service or address be stopped by what another does (ADR-0081).

import type { Millis } from '../kernel/clock.ts';

/** What is counted of anybody by their address: tries of codes, recoveries and requests and ceremonies that were begun, and ceremonies that failed. */
export type AddressRule = 'enrolment-code' | 'freeze-code' | 'recovery-code' | 'recovery-begun' | 'sign-in' | 'ceremony' | 'request';

/** `counter-freeze`: identities that one officer closed with a press alone; beyond it their passkey is asked for (ADR-0077). `counter-document`: documents that one officer wrote down for one person, and that were not theirs (ADR-0085). */
/** `pushed`: requests that a service pushed and that led nowhere yet. */
export type LimitRule = AddressRule | 'counter-freeze' | 'counter-document' | 'pushed' | AuditRule;

/**
 * `client`: a service and an address together, so that nobody can stop a service for others. `service`: one that has proven who it is. `ipv6`: a network of 64 bits, as
 * one household is given.
 */
export type SubjectKind = 'client' | 'service' | 'ipv4' | 'ipv6' | 'officer';

/** Of auditors: tries of registrars' codes, unmaskings that one asked for, and looks (ADR-0096). */
export type AuditRule = 'case-code' | 'unmask' | 'audit-look';

/** `name` is kept nowhere as it is. */
export type Subject = { readonly kind: SubjectKind; readonly name: string };

/** So many at once; then again one each `withinSeconds / most`. */
type Limit = { readonly most: number; readonly withinSeconds: number };

/** By `rule.kind`. A kind that is not named is not limited by the rule. */
export type LimitRules = ReadonlyMap<string, Limit>;

export type LimitState = { readonly isOpen: true } | { readonly isOpen: false; readonly retryAfterSeconds: number };

/**
 * A vessel that leaks: `most` go in, and each is gone after `stepMs`. One moment says how full it is: the one at which it will be empty. So within any time
 * at most `most + time / stepMs` are counted, and one who waits is never kept out for longer than a step.
 */
export type Count = { readonly key: string; readonly most: number; readonly stepMs: Millis };

export function toCount(key: string, { most, withinSeconds }: Limit): Count {
  return { key, most, stepMs: Math.ceil((withinSeconds * 1000) / most) };
}

/** A moment that no vessel can reach was written under a clock that was put back since: it counts for nothing. */
export function toPossible({ most, stepMs }: Count, emptyAt: Millis, now: Millis): Millis {
  return emptyAt - now > most * stepMs ? now : emptyAt;
}

export function toState(waits: readonly Millis[]): LimitState {
  const longest = Math.max(0, ...waits);
  return longest === 0 ? { isOpen: true } : { isOpen: false, retryAfterSeconds: Math.ceil(longest / 1000) };
}
