// What a person lets a service see, for one purpose. A record is a data-sharing authorisation; consent is one of its legal bases (decision 12).
// Never holds a value of personal data, only names of attributes.

import type { LegalBasis } from '../agencies/agency.ts';
import type { Level } from '../kernel/levels.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Language, PersonKind } from '../people/person.ts';

export const storedStates = [
  'given',
  'notified',
  'refused',
  'deferred',
  'paused',
  'withdrawn',
  'revoked',
  'invalidated',
  'unknown',
] as const;
/** As stored. `expired` is never stored: validity is computed at read time from `expiresAt`. `unknown` stands only where a record was taken over from elsewhere. */
export type StoredState = (typeof storedStates)[number];
export type ConsentState = StoredState | 'expired';

export const changes = [
  'given',
  'notified',
  'refused',
  'deferred',
  'renewed',
  'narrowed',
  'paused',
  'resumed',
  'withdrawn',
  'revoked',
  'invalidated',
] as const;
/** What made a version of a record; the entry of that version is of the type `consent.` and this word. */
export type Change = (typeof changes)[number];

export type AttributeDecision = {
  readonly name: string;
  readonly necessity: 'required' | 'optional';
  readonly decision: 'granted' | 'declined' | 'notified';
  /** When a choice was declined: it stays declined without asking for a while. */
  readonly declinedAt?: Millis;
};

/** The current projection of one record: one person × one service × one purpose. */
export type Consent = {
  readonly id: string;
  readonly personId: string;
  readonly clientId: string;
  readonly purposeId: string;
  readonly purposeVersion: number;
  /** Grows by one with every decision about this record. */
  readonly version: number;
  readonly state: StoredState;
  /** What made this version. A refusal or a "later" beside what stands leaves the state as it was. */
  readonly change: Change;
  readonly attributes: readonly AttributeDecision[];
  readonly basis: LegalBasis['type'];
  readonly language: Language;
  /** Of the person when they were asked. */
  readonly personKind: PersonKind;
  /** That the sign-in reached with which it was decided. */
  readonly level: Level;
  /** Whether the service may come back while the person is away (OIDC Core 1.0 §11). */
  readonly isOffline: boolean;
  /** Who made this version: the person, or an authority that ended the record. */
  readonly actedBy: 'self' | 'authority';
  readonly createdAt: Millis;
  readonly decidedAt: Millis;
  readonly expiresAt: Millis;
};

/** How often attributes left under a record since it was last agreed to, and when last. */
export type Usage = { readonly uses: number; readonly lastUsedAt: Millis | null };

export type StoredConsent = Consent & Usage;

const standingStates: ReadonlySet<StoredState> = new Set(['given', 'notified', 'paused']);

/** Stored as standing: there is one such record for a person, service and purpose. A paused one stands and releases nothing. */
export function isStanding({ state }: Pick<Consent, 'state'>): boolean {
  return standingStates.has(state);
}

export function toState(consent: Pick<Consent, 'state' | 'expiresAt'>, now: Millis): ConsentState {
  return isStanding(consent) && consent.expiresAt <= now ? 'expired' : consent.state;
}

/** Whether attributes may leave under this record at `now`. */
export function isValid(consent: Pick<Consent, 'state' | 'expiresAt'>, now: Millis): boolean {
  const state = toState(consent, now);
  return state === 'given' || state === 'notified';
}

/** Names of the attributes the person granted, or was notified of. */
export function toGranted(consent: Pick<Consent, 'attributes'>): readonly string[] {
  return consent.attributes.filter((attribute) => attribute.decision !== 'declined').map((attribute) => attribute.name);
}
