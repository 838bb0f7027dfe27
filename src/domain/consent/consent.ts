// What a person lets a service see, for one purpose. A record is a data-sharing authorisation; consent is one of its legal bases (decision 12).
// Never holds a value of personal data, only names of attributes.

import type { LegalBasis } from '../agencies/agency.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Language } from '../people/person.ts';

export const storedStates = ['given', 'notified', 'refused', 'withdrawn'] as const;
/** As stored. `expired` is never stored: validity is computed at read time from `expiresAt`. */
export type StoredState = (typeof storedStates)[number];
export type ConsentState = StoredState | 'expired';

export type AttributeDecision = {
  readonly name: string;
  readonly necessity: 'required' | 'optional';
  readonly decision: 'granted' | 'declined' | 'notified';
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
  readonly attributes: readonly AttributeDecision[];
  readonly basis: LegalBasis['type'];
  readonly language: Language;
  readonly actedBy: 'self';
  readonly createdAt: Millis;
  readonly decidedAt: Millis;
  readonly expiresAt: Millis;
};

export function toState(consent: Consent, now: Millis): ConsentState {
  const runs = consent.state === 'given' || consent.state === 'notified';
  return runs && consent.expiresAt <= now ? 'expired' : consent.state;
}

/** Whether attributes may leave under this record at `now`. */
export function isValid(consent: Consent, now: Millis): boolean {
  const state = toState(consent, now);
  return state === 'given' || state === 'notified';
}

/** Names of the attributes the person granted, or was notified of. */
export function toGranted(consent: Consent): readonly string[] {
  return consent.attributes.filter((attribute) => attribute.decision !== 'declined').map((attribute) => attribute.name);
}
