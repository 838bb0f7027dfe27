// What looks like one hand behind many: several decisions of one person in a minute, many people from one device, many decisions under one officer.

import type { EventType } from '../../ledger/event.ts';
import type { Mark } from '../facts.ts';
import { burstMs, chosenTypes } from '../judge-fact.ts';
import { toPeriod } from './asked-search.ts';
import { toFactFilter } from './entry-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { groupEntries, readGroups, rowLimit, toColumns, toRow } from './group.ts';
import { emptyAnswer, period, standing } from './question.ts';
import type { Answer, Asking, Question, Row, Table } from './question.ts';

const decided: readonly EventType[] = chosenTypes;
/** Days of people with a burst, and those of them that are read where more than two decisions are asked for. */
const mostDays = 100_000;
const readLimit = 1000;
/** Of a day of one person so many entries are read at once. */
const pageLimit = 500;

/** A day of a person who was not erased: those who were stand together under no name, and no entries are theirs. */
type Known = Row & { readonly entries: EntrySearch };

const isKnown = (row: Row): row is Known => row.entries !== null;

/** Most decisions that fall into any one minute. */
export function findDensestMinute(times: readonly number[]): number {
  const ordered = times.toSorted((left, right) => left - right);
  let begin = 0;
  return ordered.reduce((most, at, end) => {
    while (at - (ordered[begin] ?? at) >= burstMs) {
      begin += 1;
    }
    return Math.max(most, end - begin + 1);
  }, 0);
}

async function toMinuteRow(asking: Asking, { cells, entries }: Known): Promise<Row> {
  const [person = null, day = null] = cells;
  const begin = entries.from ?? 0;
  const times: number[] = [];
  // A minute may have begun the day before.
  const beginning = { ...entries, from: begin - burstMs };
  for (let after: number | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const page = { order: 'oldest-first', after, limit: pageLimit } as const;
    const { facts, next } = await asking.ports.facts.readFacts(toFactFilter(beginning, asking.sight), page);
    times.push(...facts.map(({ at }) => at));
    after = next;
  }
  const count = times.filter((at) => at >= begin).length;
  return { cells: [person, day, count, findDensestMinute(times)], entries };
}
const peopleAsked = { name: 'people', by: ['person', 'day'], measures: ['count'] } as const;
const burst: Mark = { kind: 'flaw', term: 'twice-in-a-minute' };

type People = { readonly table: Table; readonly bursts: number };

/** Every second decision of a minute was marked when it was written, so that days with none are never looked at. Whoever was erased is nobody's day. */
async function listPeople(asking: Asking, search: EntrySearch): Promise<People> {
  const { threshold = 2 } = asking.values;
  const marked = { ...peopleAsked, search: { ...search, marks: [burst] }, limit: mostDays };
  const days = (await readGroups(asking, marked)).filter(({ count, keys }) => keys[0] !== null && count >= threshold - 1);
  // Two in a minute are what the mark says by itself; of more, the times have to be read.
  const looked = days.slice(0, threshold <= 2 ? rowLimit : readLimit).map((day) => toRow(asking, { ...peopleAsked, search }, day));
  const read = await Promise.all(looked.filter(isKnown).map(async (row) => toMinuteRow(asking, row)));
  const rows = read.filter(({ cells }) => Number(cells[3]) >= threshold);
  return {
    table: {
      name: 'people',
      columns: [...toColumns(peopleAsked), { name: 'in-a-minute', kind: 'number' }],
      rows: rows.slice(0, rowLimit),
      chart: null,
      isCut: days.length > looked.length || rows.length > rowLimit,
    },
    bursts: threshold <= 2 ? days.length : rows.length,
  };
}

async function answerClusters(asking: Asking): Promise<Answer> {
  const { threshold = 2 } = asking.values;
  const search: EntrySearch = { ...toPeriod(asking.values), types: decided };
  const isLarge = ({ cells }: Row): boolean => cells[0] !== null && Number(cells[2]) >= threshold;
  const [people, devices] = await Promise.all([
    listPeople(asking, search),
    groupEntries(asking, {
      name: 'devices',
      search: { ...toPeriod(asking.values), types: ['session.started', 'passkey.registered', ...decided] },
      by: ['device'],
      measures: ['count', 'people'],
      chart: { kind: 'bars', label: 'device', value: 'people' },
    }),
  ]);
  const crowded = { ...devices, rows: devices.rows.filter(isLarge) };
  const figures = [{ name: 'bursts', kind: 'number', value: people.bursts, mustBeZero: false, entries: null } as const];
  return { ...emptyAnswer, figures, tables: [people.table, crowded] };
}

export const clusterQuestions: readonly Question[] = [
  {
    name: 'many-in-a-minute',
    number: 13,
    rules: ['repeated-ceremony'],
    group: 'investigation',
    needsCase: true,
    parameters: [standing('threshold', 2), ...period],
    answer: answerClusters,
  },
];
