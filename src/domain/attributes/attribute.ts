// What can be shared about a person: the words for it, where it comes from and the claims it becomes on the wire.
// Consent page, claims, ledger entries and agency documents are all printed from this catalogue, so that they cannot disagree.
// Must never hold a person's value, and must never decide whether something is shared. `sub` is no attribute: it is not asked for.

import type { Json } from '../kernel/canonical.ts';

export type Wording = { readonly ar: string; readonly en: string };

export const scopes = ['profile', 'email', 'phone', 'address'] as const;
/** The scopes of OIDC Core 1.0 §5.4 that stand for attributes. */
export type Scope = (typeof scopes)[number];

export type Source = { readonly id: string; readonly labels: Wording };

export const sensitivities = ['normal', 'sensitive', 'special'] as const;
export type Sensitivity = (typeof sensitivities)[number];

export const forms = ['raw', 'derived', 'masked', 'yes_no'] as const;
/** How much of the value leaves: the value itself, something computed from it, a part of it, or an answer. */
export type Form = (typeof forms)[number];

/** When a value becomes new: with the register it comes from, when the person changes it, or at each release. */
export type Refresh = 'register' | 'person' | 'release';

export type Basis = 'consent' | 'contract' | 'legal_obligation' | 'public_task' | 'vital' | 'legitimate';

export type Format =
  | 'text'
  | 'identifier'
  | 'identifiers'
  | 'choice'
  | 'date'
  | 'hijri_date'
  | 'yes_no'
  | 'count'
  | 'email'
  | 'phone'
  | 'url'
  | 'address'
  | 'place'
  | 'countries'
  | 'locale'
  | 'zoneinfo'
  | 'moment';

export type Attribute = {
  readonly name: string;
  readonly labels: Wording;
  readonly explanation: Wording;
  readonly format: Format;
  /** The values of `choice`, with the words for each. */
  readonly choices: Readonly<Record<string, Wording>>;
  /** Whether values carry a language tag, such as `given_name#ar` (OIDC Core 1.0 §5.2). */
  readonly isTagged: boolean;
  /** `either`: computed where the register gives no value. */
  readonly origin: 'stored' | 'computed' | 'either';
  /** Every member of UserInfo this attribute may become. */
  readonly claims: readonly string[];
  readonly scope: Scope | null;
  readonly source: Source;
  readonly sensitivity: Sensitivity;
  readonly forms: readonly Form[];
  readonly bases: readonly Basis[];
  /** Typical time an agency keeps it, ISO 8601 duration. */
  readonly retention: string;
  /** Names of attributes that say less and often do as well. */
  readonly alternatives: readonly string[];
  readonly refresh: Refresh;
  /** Whether the request brings something to compare with, as `value` (OIDC Core 1.0 §5.5.1), and gets yes or no. */
  readonly isCompared: boolean;
  readonly example: Json;
  /** From this day, `YYYY-MM-DD`, no new purpose may ask for it; null for none. */
  readonly deprecatedAt: string | null;
};

const anyBasis: readonly Basis[] = ['consent', 'contract', 'legal_obligation', 'public_task', 'vital', 'legitimate'];
const narrowBases: readonly Basis[] = ['consent', 'legal_obligation', 'public_task', 'vital'];

/** Attributes that never leave without saying whether somebody checked them (OIDC Core 1.0 §5.1). */
const verifiedNames: readonly string[] = ['email', 'phone_number'];

export function hasVerifiedCompanion(name: string): boolean {
  return verifiedNames.includes(name);
}

type Needed = 'name' | 'labels' | 'explanation' | 'format' | 'source' | 'example';
export type AttributeDraft = Pick<Attribute, Needed> & Partial<Omit<Attribute, Needed | 'claims'>>;

/** Fills in what most attributes have in common. */
export function createAttribute(draft: AttributeDraft): Attribute {
  const sensitivity = draft.sensitivity ?? 'normal';
  const isTagged = draft.isTagged ?? false;
  return {
    choices: {},
    origin: 'stored',
    scope: null,
    forms: ['raw'],
    bases: sensitivity === 'normal' ? anyBasis : narrowBases,
    retention: 'P1Y',
    alternatives: [],
    refresh: toRefresh(draft),
    isCompared: false,
    deprecatedAt: null,
    ...draft,
    sensitivity,
    isTagged,
    claims: toClaims(draft.name, isTagged),
  };
}

function toRefresh({ origin, source }: AttributeDraft): Refresh {
  if (origin === 'computed') {
    return 'release';
  }
  return source.id === 'self' ? 'person' : 'register';
}

function toClaims(name: string, isTagged: boolean): readonly string[] {
  const tagged = isTagged ? [`${name}#ar`, `${name}#en`] : [];
  const companion = hasVerifiedCompanion(name) ? [`${name}_verified`] : [];
  return [name, ...tagged, ...companion];
}
