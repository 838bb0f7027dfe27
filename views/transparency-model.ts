// The public figures of a month. The hand-over between web/ and views/.

import type { Counts, Shown } from '../src/domain/audit/figures/figure.ts';

export type FiguresRow = { readonly name: string; readonly figures: Counts<Shown> };

export type FiguresMonth = {
  /** `2026-10`. */
  readonly month: string;
  readonly url: string;
  readonly fileUrl: string;
  readonly isShown: boolean;
  /** 1, and one more for each correction. */
  readonly edition: number;
  readonly digest: string;
  /** Of all agencies. */
  readonly signedIn: Shown;
};

export type FiguresShown = {
  readonly month: string;
  readonly publishedAt: number;
  /** Of a correction: why. */
  readonly reason: string | null;
  /** Size of the log that was counted. */
  readonly size: number;
  readonly agencies: readonly FiguresRow[];
  readonly total: Counts<Shown>;
  readonly unmasked: Shown;
  /** By the agency that a case is over; a null name for all other cases. None of months that were published without. */
  readonly unmaskedBy: readonly { readonly name: string | null; readonly people: Shown }[];
  /** What is less is not shown of an agency. */
  readonly below: number;
  /** Numbers are rounded to a multiple of it. */
  readonly step: number;
};

export type TransparencyPage = {
  /** Null before the first month was published. */
  readonly shown: FiguresShown | null;
  /** The newest first. */
  readonly months: readonly FiguresMonth[];
  readonly keysUrl: string;
  /** The offline verifier, as a file. */
  readonly verifierUrl: string;
};
