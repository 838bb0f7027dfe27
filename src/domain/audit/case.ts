// A case: by whose authority, on what basis, over what and until when an auditor looks at people. Inside it everybody stands under a case pseudonym, which is
// another one in every other case (ADR-0095). Never here: a name, a number, or a way from a pseudonym to them.

import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { dayMs } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';

export const caseBases = ['complaint', 'inspection', 'court_order', 'breach', 'internal_audit'] as const;
/** Why the case may look at people: on whose word or by which duty. */
export type CaseBasis = (typeof caseBases)[number];

/** `person`: only people who were found within the case, by their own receipt or by a registrar who had them before them. */
export type CaseScope = { readonly kind: 'all' } | { readonly kind: 'agency'; readonly agencyId: string } | { readonly kind: 'person' };

export const caseScopeKinds = ['all', 'agency', 'person'] as const;

export type AuditCase = {
  readonly id: string;
  /** As on the paper: 1 to 40 of A-Z, a-z, 0-9, dot, slash, hyphen. */
  readonly number: string;
  /** Who ordered it, in words; shown to its members, never in an entry. */
  readonly authority: string;
  readonly basis: CaseBasis;
  readonly scope: CaseScope;
  /** The time that the case is about, where it is about one; `to` is exclusive. */
  readonly covers: { readonly from: Millis | null; readonly to: Millis | null };
  readonly openedBy: string;
  readonly openedAt: Millis;
  /** At most `longestCaseMs` after the opening. */
  readonly endsAt: Millis;
  readonly closedAt: Millis | null;
  /** 32 random bytes, sealed; empty once destroyed. */
  readonly sealedKey: string;
};

/** A case that its reader may look through now. `agencyId`: the mandate of the reader, where it is one agency. */
export type OpenedCase = AuditCase & { readonly key: KeyObject; readonly agencyId: string | null };

export type CaseMember = {
  readonly caseId: string;
  readonly officerId: string;
  readonly addedBy: string;
  readonly addedAt: Millis;
};

export const longestCaseMs = 366 * dayMs;

/** After its end the key is kept for so long, so that what was exported can still be argued about; then it is destroyed. */
export const keyRetentionMs = 180 * dayMs;

export function isCaseOver({ endsAt, closedAt }: Pick<AuditCase, 'endsAt' | 'closedAt'>, now: Millis): boolean {
  return closedAt !== null || endsAt <= now;
}

/** When the key goes, as things stand. */
export function toKeyEnd({ endsAt, closedAt }: Pick<AuditCase, 'endsAt' | 'closedAt'>): Millis {
  return Math.min(closedAt ?? endsAt, endsAt) + keyRetentionMs;
}

// Crockford's base 32.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const pseudonymLetters = 12;

/** 'P-' and 12 characters: 60 bits of HMAC-SHA-256(case key, person). Without the key nobody can tell whose it is, or that two are of one person. */
export function toCasePseudonym({ key }: Pick<OpenedCase, 'key'>, personRef: string): string {
  const digest = createHmac('sha256', key).update(`case-pseudonym:${personRef}`).digest();
  const bits = [...digest.subarray(0, 8)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: pseudonymLetters }, (_, at) => alphabet.charAt(Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)));
  return `P-${letters.join('')}`;
}

const pseudonymPattern = /^P-[0-9A-HJKMNP-TV-Z]{12}$/;

export function isCasePseudonym(text: string): boolean {
  return pseudonymPattern.test(text);
}
