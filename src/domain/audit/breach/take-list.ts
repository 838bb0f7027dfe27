// Fetching the list. That it was fetched is an entry before the first line; everybody is told in the act that hands out their line, once.

import { Fault, refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { toCasePseudonym } from '../case.ts';
import type { OpenedCase } from '../case.ts';
import { isUsable } from '../unmask.ts';
import { sealBreachEvent, toReleases } from './ask-list.ts';
import type { BreachNeeds } from './ask-list.ts';
import { toldAtOnce } from './list.ts';
import type { BreachList } from './list.ts';

export type BreachLine = {
  readonly pseudonym: string;
  readonly personRef: string;
  /** What the service received of them then, in the order of the catalogue's names. */
  readonly attributes: readonly string[];
};

type Taking = { readonly list: BreachList; readonly officerId: string };

async function findAttributes(needs: BreachNeeds, list: BreachList, personRefs: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const filter = { ...toReleases(list), personRefs };
  const asked = { by: ['person', { mark: 'attribute' }], limit: 100 * toldAtOnce } as const;
  const groups = await needs.facts.groupFacts(filter, asked);
  const named = new Map<string, string[]>(personRefs.map((personRef) => [personRef, []]));
  groups.forEach(({ keys: [person, attribute] }) => {
    if (typeof person === 'string' && typeof attribute === 'string') {
      named.get(person)?.push(attribute);
    }
  });
  return named;
}

async function* readLines(needs: BreachNeeds, opened: OpenedCase, { list, officerId }: Taking): AsyncGenerator<readonly BreachLine[]> {
  const about = { type: 'unmask.listed', officerId, number: opened.number } as const;
  const seal = (personRef: string) => sealBreachEvent(needs, { ...about, person: personRef }, list);
  let after = -1;
  for (;;) {
    const next = await needs.breaches.tellNext({ id: list.id, officerId, after, limit: toldAtOnce, now: needs.clock.now(), seal });
    if (next === 'unmask/over') {
      throw new Fault('unmask/over', list.id);
    }
    const last = next.at(-1);
    if (last === undefined) {
      return;
    }
    const personRefs = next.map(({ personRef }) => personRef);
    const named = await findAttributes(needs, list, personRefs);
    yield personRefs.map((personRef) => {
      return { personRef, pseudonym: toCasePseudonym(opened, personRef), attributes: named.get(personRef)?.toSorted() ?? [] };
    });
    after = last.place;
  }
}

export type BreachTaken = { readonly list: BreachList; readonly pages: AsyncIterable<readonly BreachLine[]> };

export async function takeBreachList(
  needs: BreachNeeds,
  opened: OpenedCase,
  { id, officerId }: { readonly id: string; readonly officerId: string },
): Promise<Outcome<BreachTaken, 'unmask/unknown' | 'unmask/over'>> {
  const list = await needs.breaches.findBreachList(id);
  if (list?.caseId !== opened.id) {
    return refuse('unmask/unknown', 'none of this case');
  }
  if (list.requestedBy !== officerId || !isUsable(list, needs.clock.now())) {
    return refuse('unmask/over', id);
  }
  const event = sealBreachEvent(needs, { type: 'unmask.used', officerId, number: opened.number }, list);
  const saved = await needs.breaches.saveBreachUsed({ id, officerId, event });
  return saved === 'saved' ? succeed({ list, pages: readLines(needs, opened, { list, officerId }) }) : refuse(saved, id);
}

export async function expireBreachLists(needs: Pick<BreachNeeds, 'clock' | 'random' | 'breaches'>): Promise<number> {
  return needs.breaches.expireBreachLists(needs.clock.now(), (over) =>
    sealBreachEvent(needs, { type: 'unmask.expired', officerId: null, number: over.number }, over),
  );
}
