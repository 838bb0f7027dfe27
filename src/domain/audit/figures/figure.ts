// What is published about each month: how many people something happened to, by agency. People are counted and not acts, so that one person moves each
// number by one at the most; that is what the protection in protect.ts rests on (ADR-0100).

import type { EventType } from '../../ledger/event.ts';

/** Each counts people with at least one such entry in the month. The order is that of the page. */
export const figureTypes = {
  asked: ['consent.requested'],
  agreed: ['consent.given', 'consent.renewed'],
  refused: ['consent.refused'],
  overAsked: ['data.over_ask'],
  released: ['data.released'],
  signedIn: ['service.entered'],
  withdrawn: ['consent.withdrawn', 'consent.narrowed'],
  answered: ['rp.erased', 'rp.kept_by_law'],
  /** Of them those that came before their day. */
  answeredInTime: ['rp.erased', 'rp.kept_by_law'],
  overdue: ['rp.overdue'],
  reported: ['complaint.opened'],
  reportAnswered: ['complaint.closed'],
} as const satisfies Readonly<Record<string, readonly EventType[]>>;

export type Figure = keyof typeof figureTypes;

function isFigure(name: string): name is Figure {
  return Object.hasOwn(figureTypes, name);
}

export const figures: readonly Figure[] = Object.keys(figureTypes).filter(isFigure);

export type Protection = {
  /** The noise has a probability in proportion to e^(−|x|/scale); a person changes no probability of what is published by more than e^(1/scale). */
  readonly scale: number;
  /** Numbers are rounded to a multiple of it. */
  readonly step: number;
  /** What is less is not shown: it would be noise more than number. */
  readonly below: number;
};

/** Of every number about an agency. */
export const agencyProtection: Protection = { scale: 20, step: 10, below: 200 };
/** Of people who were uncovered, in the whole state and by agency: they are few, and what is counted weighs more. */
export const stateProtection: Protection = { scale: 3, step: 1, below: 15 };

export type Counts<T> = Readonly<Record<Figure, T>>;

export function toCounts<T>(count: (figure: Figure) => T): Counts<T> {
  return {
    asked: count('asked'),
    agreed: count('agreed'),
    refused: count('refused'),
    overAsked: count('overAsked'),
    released: count('released'),
    signedIn: count('signedIn'),
    withdrawn: count('withdrawn'),
    answered: count('answered'),
    answeredInTime: count('answeredInTime'),
    overdue: count('overdue'),
    reported: count('reported'),
    reportAnswered: count('reportAnswered'),
  };
}

export type Named = { readonly id: string; readonly name: { readonly ar: string; readonly en: string } };

export type Uncovered<T> = { readonly agency: string | null; readonly people: T };

/** What the log says, exactly. MUST NOT leave the domain. */
export type MonthCounts = {
  /** Every agency that the register knows, also one that nobody dealt with: being listed says nothing. */
  readonly agencies: readonly (Named & { readonly counts: Counts<number> })[];
  /** People whose identity was uncovered within a case. */
  readonly unmasked: number;
  /** Of them those of cases over one agency; null for cases over all, or about single people. Every agency of the register, and one null. */
  readonly unmaskedBy: readonly Uncovered<number>[];
};

/** A number that was moved at random and rounded, or how much it is less than. */
export type Shown = number | { readonly below: number };

export type ShownCounts = {
  readonly agencies: readonly (Named & { readonly figures: Counts<Shown> })[];
  /** Sums over the agencies: whoever dealt with two is counted at both. */
  readonly total: Counts<Shown>;
  readonly unmasked: Shown;
  readonly unmaskedBy: readonly Uncovered<Shown>[];
};
