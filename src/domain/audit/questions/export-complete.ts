// Whether an export holds all that its conditions choose: they are applied again to the log of its size, and counted by the days of the country, beside all that
// the log holds of each day. The file itself is the verifier's; whoever has it counts its days.

import { dayMs } from '../../kernel/clock.ts';
import type { FactFilter } from '../facts.ts';
import { narrow, toFactFilter } from './entry-search.ts';
import type { EntrySearch, Sight } from './entry-search.ts';
import { dimensions } from './group.ts';
import { countEntries } from './list.ts';
import type { FigureName } from './names.ts';
import { emptyAnswer, needed } from './question.ts';
import type { Answer, Asking, Figure, Finding, Question, Row, Table } from './question.ts';
import { readSaid } from './said-of-export.ts';
import type { Said } from './said-of-export.ts';

/** More days than a log has. */
const mostDays = 100_000;

type Days = ReadonlyMap<number, number>;

/** By the first moment of each day. */
async function countDays({ ports }: Asking, filter: FactFilter): Promise<Days> {
  const groups = await ports.facts.groupFacts(filter, { by: ['day'], limit: mostDays });
  return new Map(groups.map(({ keys: [day], count }) => [dimensions.day.toSearch(day ?? null)?.from ?? 0, count]));
}

const sum = (days: Days): number => [...days.values()].reduce((total, count) => total + count, 0);

const isAmong = (known: readonly string[] | null, name: string | null | undefined): boolean =>
  known === null || (typeof name === 'string' && known.includes(name));

const isWithin = ({ from = -Infinity, to = Infinity }: EntrySearch, { covers }: Sight): boolean =>
  from >= (covers.from ?? -Infinity) && to <= (covers.to ?? Infinity);

/** Only what is wholly in sight is counted again: less than what the export could reach would look as if something were missing. */
async function isInSight({ findPerson, sight, toPerson }: Asking, search: EntrySearch): Promise<boolean> {
  const { person, service } = search;
  const personRef = person === undefined ? undefined : await findPerson(person);
  // Named, so that the search finds them.
  const isKnown = person === undefined || (personRef !== undefined && toPerson(personRef) === person);
  return isKnown && isAmong(sight.personRefs, personRef) && isAmong(sight.services, service) && isWithin(search, sight);
}

const isAsked = (day: number, { from, to }: EntrySearch): boolean => day + dayMs > (from ?? -Infinity) && day < (to ?? Infinity);

type Counted = { readonly search: EntrySearch; readonly days: Days };

/** The newest days first; `after` is how many were shown before. */
function toDayTable({ page }: Asking, all: Days, { days, search }: Counted): Pick<Answer, 'tables' | 'next'> {
  const asked = [...all.keys()].filter((day) => isAsked(day, search)).toSorted((one, other) => other - one);
  const newest = Math.max(...all.keys());
  const end = (page.after ?? 0) + page.limit;
  const rows = asked.slice(page.after ?? 0, end).map((day): Row => {
    // The day may have gone on after the export: its entries would be more than were counted.
    const entries = day === newest ? null : narrow(search, { from: day, to: day + dayMs });
    return { cells: [day, all.get(day) ?? 0, days.get(day) ?? 0], entries };
  });
  const columns: Table['columns'] = [
    { name: 'day', kind: 'day' },
    { name: 'in-log', kind: 'number' },
    { name: 'by-conditions', kind: 'number' },
  ];
  const chart = { kind: 'bars', label: 'day', value: 'by-conditions' } as const;
  return { tables: [{ name: 'by-day', columns, rows, chart, isCut: false }], next: end < asked.length ? end : null };
}

const figure = (name: FigureName, value: number): Figure => ({ name, kind: 'number', value, mustBeZero: false, entries: null });
const find = (name: Finding['name'], holds: boolean): Finding => ({ name, holds });

/** Of an export whose conditions are not said, or reach beyond what is in sight, the size alone can be told. */
async function countAgain(asking: Asking, { rows, search }: Said): Promise<Answer> {
  const { below } = asking.sight;
  const all = await countDays(asking, { below });
  const isWhole = sum(all) === below;
  const said = [figure('size', below), ...(rows === null ? [] : [figure('export-rows', rows)])];
  if (search === null || !(await isInSight(asking, search))) {
    return { ...emptyAnswer, figures: said, findings: [find('days-add-up', isWhole), find('conditions-in-sight', false)] };
  }
  const [days, counted] = [await countDays(asking, toFactFilter(search, asking.sight)), await countEntries(asking, search)];
  const findings = [
    find('days-add-up', isWhole && sum(days) === counted),
    ...(rows === null ? [] : [find('rows-match', rows === counted)]),
  ];
  return { ...emptyAnswer, ...toDayTable(asking, all, { days, search }), figures: [...said, figure('counted', counted)], findings };
}

async function answerExport(asking: Asking): Promise<Answer> {
  const { ports, sight, values } = asking;
  const { entry = 0 } = values;
  const [found] = await ports.ledger.readEntries(entry, entry + 1);
  if (found?.type !== 'export.created' || entry >= sight.below) {
    return { ...emptyAnswer, findings: [find('is-export', false)] };
  }
  const said = readSaid(found);
  const below = Math.min(said.size ?? entry + 1, entry + 1);
  const answer = await countAgain({ ...asking, sight: { ...sight, below } }, said);
  return { ...answer, findings: [find('is-export', true), ...answer.findings] };
}

export const exportQuestion: Question = {
  name: 'export-complete',
  number: 24,
  group: 'log',
  needsCase: false,
  rules: [],
  parameters: [needed('entry')],
  answer: answerExport,
};
