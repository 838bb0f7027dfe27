// Everything that a combination of filters finds, for programs: one look and one entry, handed out page by page, never more of it in memory than a page.

import { succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import type { FactFilter } from '../facts.ts';
import { recordLook } from '../look.ts';
import type { Looker } from '../look.ts';
import type { AskNeeds } from './ask-question.ts';
import { toFactFilter } from './entry-search.ts';
import { toSearchPayload } from './search-facts.ts';
import type { NamedFact, SearchAsked } from './search-facts.ts';
import { openSight } from './sight.ts';
import type { OpenSight } from './sight.ts';

export type TakeFactsAsked = Omit<SearchAsked, 'page'> & {
  /** MUST throw when the reader may not go on; asked before each page. */
  readonly requireStanding: () => Promise<void>;
  /** At most so many entries, the newest; `null` for all. */
  readonly limit: number | null;
};

export type TakenFacts = Pick<OpenSight, 'checkpoint'> & {
  /** How many `pages` holds. */
  readonly count: number;
  /** More entries match than were taken. */
  readonly isCut: boolean;
  /** Newest first. Nothing is read before it is asked for. */
  readonly pages: AsyncIterable<readonly NamedFact[]>;
};

const pageSize = 500;

type Reading = {
  readonly filter: FactFilter;
  readonly count: number;
  readonly opened: OpenSight;
  readonly requireStanding: TakeFactsAsked['requireStanding'];
};

async function* readPages({ facts }: Pick<AskNeeds, 'facts'>, reading: Reading): AsyncGenerator<readonly NamedFact[]> {
  const { count, filter, opened, requireStanding } = reading;
  let after: number | null = null;
  let left = count;
  while (left > 0) {
    await requireStanding();
    const page = await facts.readFacts(filter, { order: 'newest-first', after, limit: Math.min(pageSize, left) });
    const named = page.facts.map((fact) => ({ ...fact, person: opened.toPerson(fact.personRef) }));
    await opened.remember();
    yield named;
    after = page.next;
    left = after === null ? 0 : left - named.length;
  }
}

export async function takeFacts(
  needs: AskNeeds,
  by: Looker,
  { limit, requireStanding, ...asked }: TakeFactsAsked,
): Promise<Outcome<TakenFacts, 'audit/checkpoint-unknown'>> {
  const { asOf, search, standing } = asked;
  const opened = await openSight(needs, { standing, asOf, person: search.person });
  if (!opened.ok) {
    return opened;
  }
  const filter = toFactFilter(search, opened.value.sight);
  const matching = await needs.facts.countFacts(filter, limit === null ? null : limit + 1);
  const count = limit === null ? matching : Math.min(matching, limit);
  const payload = toSearchPayload(asked, { asOf: filter.below, after: null, returned: count });
  await recordLook(needs, by, { type: 'record.searched', payload });
  return succeed({
    checkpoint: opened.value.checkpoint,
    count,
    isCut: matching > count,
    pages: readPages(needs, { filter, count, opened: opened.value, requireStanding }),
  });
}
