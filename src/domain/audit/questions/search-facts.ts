// Entries that a combination of filters finds, as the log stood. Each page is a look of its own.

import type { Json } from '../../kernel/canonical.ts';
import { succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import type { Fact } from '../facts.ts';
import { recordLook } from '../look.ts';
import type { Looker } from '../look.ts';
import { countLimit } from '../search-entries.ts';
import type { AskNeeds } from './ask-question.ts';
import { toFactFilter } from './entry-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { openSight } from './sight.ts';
import type { OpenSight, Standing } from './sight.ts';

export type SearchAsked = {
  readonly search: EntrySearch;
  readonly standing: Standing;
  readonly asOf: number | null;
  readonly page: { readonly after: number | null; readonly limit: number };
  readonly form: 'page' | 'json' | 'jsonl' | 'csv' | 'table';
};

/** Under the pseudonym of the case; null outside one. */
export type NamedFact = Fact & { readonly person: string | null };

export type FoundFacts = Pick<OpenSight, 'checkpoint'> & {
  /** Newest first. */
  readonly facts: readonly NamedFact[];
  readonly next: number | null;
  /** At most `countLimit`. */
  readonly found: { readonly count: number; readonly isMore: boolean };
};

function toFilterJson({ marks = [], types, ...rest }: EntrySearch): Json {
  return { ...rest, types: types === undefined ? null : [...types], marks: marks.map(({ kind, term }) => ({ kind, term })) };
}

type Told = { readonly asOf: number; readonly after: number | null; readonly returned: number };

/** What the entry of a search holds. */
export function toSearchPayload({ form, search, standing }: Omit<SearchAsked, 'page'>, { asOf, after, returned }: Told): Json {
  return { filter: toFilterJson(search), case: standing.inside?.number ?? null, as_of: asOf, after, returned, form };
}

export async function searchFacts(
  needs: AskNeeds,
  by: Looker,
  asked: SearchAsked,
): Promise<Outcome<FoundFacts, 'audit/checkpoint-unknown'>> {
  const { search, standing, asOf, page } = asked;
  const opened = await openSight(needs, { standing, asOf, person: search.person });
  if (!opened.ok) {
    return opened;
  }
  const { sight, checkpoint, toPerson, remember } = opened.value;
  const filter = toFactFilter(search, sight);
  const { facts, next } = await needs.facts.readFacts(filter, { order: 'newest-first', ...page });
  const count = await needs.facts.countFacts(filter, countLimit + 1);
  const named = facts.map((fact) => ({ ...fact, person: toPerson(fact.personRef) }));
  await remember();
  const payload = toSearchPayload(asked, { asOf: sight.below, after: page.after, returned: facts.length });
  await recordLook(needs, by, { type: 'record.searched', payload });
  return succeed({ checkpoint, facts: named, next, found: { count: Math.min(count, countLimit), isMore: count > countLimit } });
}
