// The port of published figures. A month is stored as it was given out and is never counted again: an edition that was published MUST stay as it is.

import type { Millis } from '../../kernel/clock.ts';
import type { EventType, SealedEvent } from '../../ledger/event.ts';
import type { Period } from './month.ts';

export type PublishedEdition = {
  /** `2026-10`. */
  readonly month: string;
  /** 1, and one more for each correction. */
  readonly edition: number;
  readonly publishedAt: Millis;
  /** base64url of SHA-256 of `document`. */
  readonly digest: string;
};

export type PublishedFigures = PublishedEdition & {
  /** RFC 8785. */
  readonly document: string;
  /** Compact JWS (RFC 7515) whose payload is `document`. */
  readonly signature: string;
};

export type PeopleAsked = Period & {
  readonly types: readonly EventType[];
  /** Null: whatever the service, or none. */
  readonly services: readonly string[] | null;
  /** Only answers that came before their day. */
  readonly inTime?: true;
  /** Only entries with a lower index. */
  readonly below: number;
};

export type FiguresStore = {
  /** The oldest month first, and the editions of each in their order. */
  readonly listEditions: () => Promise<readonly PublishedEdition[]>;
  /** Without an edition the newest. */
  readonly findFigures: (month: string, edition?: number) => Promise<PublishedFigures | undefined>;
  /** In ONE act with the entry. MUST store nothing and say so where this edition is there already. */
  readonly saveFigures: (published: PublishedFigures, event: SealedEvent) => Promise<'saved' | 'figures/published'>;
  /**
   * How many different people were uncovered within cases over each agency, by its id; null holds those of all other cases, as the entries name the case and
   * the cases say what they are over. Whoever was erased is not counted.
   */
  readonly countUncovered: (asked: Omit<PeopleAsked, 'services' | 'inTime'>) => Promise<ReadonlyMap<string | null, number>>;
  /** How many different people such entries concern. Whoever was erased is not counted. */
  readonly countPeople: (asked: PeopleAsked) => Promise<number>;
};
