// What looks like one hand behind many: several decisions of one person in a minute, many people from one device, many decisions under one officer.

import type { EventType } from '../../ledger/event.ts';
import { toPeriod } from './asked-search.ts';
import { toFactFilter } from './entry-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { groupEntries } from './group.ts';
import { emptyAnswer, period, standing } from './question.ts';
import type { Answer, Asking, Question, Row, Table } from './question.ts';

const decided: readonly EventType[] = ['consent.given', 'consent.renewed', 'consent.refused'];
const minuteMs = 60_000;
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
    while (at - (ordered[begin] ?? at) >= minuteMs) {
      begin += 1;
    }
    return Math.max(most, end - begin + 1);
  }, 0);
}

async function toMinuteRow(asking: Asking, { cells, entries }: Known): Promise<Row> {
  const times: number[] = [];
  for (let after: number | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const page = { order: 'oldest-first', after, limit: pageLimit } as const;
    const { facts, next } = await asking.ports.facts.readFacts(toFactFilter(entries, asking.sight), page);
    times.push(...facts.map(({ at }) => at));
    after = next;
  }
  return { cells: [...cells, findDensestMinute(times)], entries };
}

/** Days first, which are counted without reading; then only the days that have as many. */
async function listPeople(asking: Asking, search: EntrySearch): Promise<Table> {
  const { threshold = 2 } = asking.values;
  const days = await groupEntries(asking, { name: 'people', search, by: ['person', 'day'], measures: ['count'] });
  const candidates = days.rows.filter(isKnown).filter(({ cells }) => Number(cells[2]) >= threshold);
  const rows = await Promise.all(candidates.map(async (row) => toMinuteRow(asking, row)));
  return {
    ...days,
    columns: [...days.columns, { name: 'in-a-minute', kind: 'number' }],
    rows: rows.filter(({ cells }) => Number(cells[3]) >= threshold),
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
  const value = people.rows.length;
  const figures = [{ name: 'bursts', kind: 'number', value, mustBeZero: false, entries: null } as const];
  return { ...emptyAnswer, figures, tables: [people, crowded] };
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
