// A search that an auditor keeps, to ask it again: of the log as it stands, or as it stood. It holds what was asked and never what was answered.

import type { Clock, Millis } from '../kernel/clock.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import type { QuestionName } from './questions/names.ts';

export type SavedSearch = {
  readonly id: string;
  /** Its members share it; null for a search of its officer alone. */
  readonly caseId: string | null;
  readonly officerId: string;
  readonly name: string;
  /** Null for entries by filters. */
  readonly question: QuestionName | null;
  /** What it was asked with, as the parameters of an address. In a case people stand in it by pseudonym. */
  readonly query: string;
  /** Entries of the checkpoint that it was asked of. */
  readonly asOf: number;
  readonly createdAt: Millis;
};

/** A shelf holds so many. */
export const shelfLimit = 100;
export const longestName = 80;

/** Where searches stand: in a case, or with one officer outside any. */
export type Shelf = Pick<SavedSearch, 'caseId' | 'officerId'>;

export type SavedSearchStore = {
  /** `full` where the shelf holds `shelfLimit` already. `ended` where its case does not go on at the time of saving. */
  readonly saveSearch: (search: SavedSearch) => Promise<'saved' | 'full' | 'ended'>;
  /** Newest first. */
  readonly listSearches: (shelf: Shelf) => Promise<readonly SavedSearch[]>;
  /** Only by who kept it, and only from its shelf. Whether there was one. */
  readonly removeSearch: (shelf: Shelf, id: string) => Promise<boolean>;
};

type SaveNeeds = { readonly clock: Clock; readonly random: Random; readonly searches: Pick<SavedSearchStore, 'saveSearch'> };

export async function saveSearch(
  { clock, random, searches }: SaveNeeds,
  asked: Omit<SavedSearch, 'id' | 'createdAt'>,
): ReturnType<SavedSearchStore['saveSearch']> {
  return searches.saveSearch({ ...asked, id: createUuid(random, clock.now()), createdAt: clock.now() });
}
