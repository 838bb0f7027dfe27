// The extent of a breach: whose data one service received between two times, counted by person, attribute and day.

import { toAsked } from './asked-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { toFactFilter } from './entry-search.ts';
import { countFigure, groupEntries } from './group.ts';
import { emptyAnswer, needed } from './question.ts';
import type { Answer, Asking, Figure, Question } from './question.ts';

async function countPeople(asking: Asking, search: EntrySearch): Promise<Figure> {
  const [all] = await asking.ports.facts.groupFacts(toFactFilter(search, asking.sight), { by: ['type'], people: true, limit: 1 });
  return { name: 'people', kind: 'number', value: all?.people ?? 0, mustBeZero: false, entries: search };
}

async function answerBreach(asking: Asking): Promise<Answer> {
  const search: EntrySearch = { ...toAsked(asking.values), types: ['data.released'] };
  const [people, releases, persons, attributes, days] = await Promise.all([
    countPeople(asking, search),
    countFigure(asking, { name: 'releases', search }),
    groupEntries(asking, { name: 'people', search, by: ['person'], measures: ['count'] }),
    groupEntries(asking, {
      name: 'by-attribute',
      search,
      by: ['attribute'],
      measures: ['count', 'people'],
      chart: { kind: 'bars', label: 'attribute', value: 'people' },
    }),
    groupEntries(asking, {
      name: 'by-day',
      search,
      by: ['day'],
      measures: ['count', 'people'],
      chart: { kind: 'bars', label: 'day', value: 'count' },
    }),
  ]);
  return { ...emptyAnswer, figures: [people, releases], tables: [persons, attributes, days] };
}

export const breachQuestions: readonly Question[] = [
  {
    name: 'breach-scope',
    number: 22,
    rules: [],
    group: 'breach',
    needsCase: true,
    parameters: [needed('service'), needed('from'), needed('to')],
    answer: answerBreach,
  },
];
