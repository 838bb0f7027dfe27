// Facts worked out again beside those that are stored, batch by batch. Nothing is written and no lock is held: what an erasure changes meanwhile is read again.

import { toDayText } from '../domain/audit/country-day.ts';
import { flaws } from '../domain/audit/facts.ts';
import type { Fact } from '../domain/audit/facts.ts';
import { termsOf } from '../domain/audit/judge-fact.ts';
import { canJudge, personalFlaws } from '../domain/audit/verify-facts.ts';
import type { FactComparison, FactFault } from '../domain/audit/verify-facts.ts';
import { createTermBook } from './audit-terms.ts';
import type { Term, TermBook } from './audit-terms.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { readRepeated } from './facts-ceremonies.ts';
import { readEntryFacts, toTerms } from './facts-read.ts';
import { passTime } from './facts-times.ts';
import type { Times } from './facts-times.ts';
import { selectEntries } from './ledger-entries.ts';
import { inLengths } from './many-rows.ts';
import { createDecisionBook, createKeptDecisions } from './kept-decisions.ts';
import { createWork, factColumns, findProjected, projectEntry } from './project-facts.ts';
import type { Work } from './project-facts.ts';
import type { Row } from './row.ts';

const batchSize = 256;

type Reader = Pick<Engine, 'read'>;

/** What the walk has seen so far. */
type Walk = {
  size: number;
  times: Times;
  /** Of the entries; flaws are not among them. */
  marks: number;
  deceased: ReadonlySet<string>;
  /** By the columns of `audit_days`. */
  readonly days: Map<string, number>;
};

/** An act of reading statements alone, outside of any transaction. */
async function readAct<T>({ read }: Reader, act: Act<T>): Promise<T> {
  let step = act.next();
  while (step.done !== true) {
    if (step.value === undo || 'script' in step.value) {
      throw new TypeError('a comparison only reads');
    }
    step = act.next(await read(step.value));
  }
  return step.value;
}

const toValue = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

const isSame = (known: readonly string[], found: readonly string[]): boolean =>
  known.length === found.length && known.every((each) => found.includes(each));

function compareRow(fact: Fact, expected: Work['facts'][number], stored: Row | undefined): readonly FactFault[] {
  if (stored === undefined) {
    return [{ code: 'fact-missing', index: fact.index, detail: '' }];
  }
  const differing = factColumns.filter((column, at) => (expected[at] ?? null) !== toValue(stored[column]));
  const told = differing.filter((column) => column !== 'elapsed' || canJudge(fact, 'elapsed'));
  return told.length === 0 ? [] : [{ code: 'fact-differs', index: fact.index, detail: told.join(', ') }];
}

function compareFlaws(fact: Fact, stored: readonly Row[]): readonly FactFault[] {
  const hidden = personalFlaws.filter((flaw) => !canJudge(fact, flaw));
  const judged = flaws.filter((flaw) => !hidden.some((each) => each === flaw));
  const isJudged = (term: string): boolean => judged.some((flaw) => flaw === term);
  const [expected, found] = [termsOf(fact, 'flaw').filter(isJudged), stored.map((row) => String(row['term'])).filter(isJudged)];
  return isSame(expected, found) ? [] : [{ code: 'flaw-differs', index: fact.index, detail: '' }];
}

/** The kinds of what should be there and is not. */
function* compareMarks(work: Work, facts: ReadonlyMap<number, Fact>): Act<readonly FactFault[]> {
  const missing: FactFault[] = [];
  for (const group of inLengths(work.marks)) {
    const rows = yield {
      text: `SELECT w.column1 AS term, w.column2 AS log_index FROM (VALUES ${group.map(() => '(CAST(? AS bigint), CAST(? AS bigint))').join(', ')}) AS w
        WHERE NOT EXISTS (SELECT 1 FROM audit_marks m WHERE m.term = w.column1 AND m.log_index = w.column2)`,
      values: group.flat(),
    };
    for (const row of rows) {
      const fact = facts.get(Number(row['log_index']));
      const mark = fact?.marks.find(({ kind, term }) => work.book.intern(kind, term).id === Number(row['term']));
      // Flaws are compared by themselves.
      missing.push(
        ...(fact === undefined || mark === undefined || mark.kind === 'flaw'
          ? []
          : [{ code: 'mark-missing', index: fact.index, detail: mark.kind } as const]),
      );
    }
  }
  return missing;
}

const selectFlaws = `SELECT m.log_index, t.term FROM audit_terms t CROSS JOIN audit_marks m WHERE t.kind = 'flaw' AND m.term = t.id AND m.log_index >= ? AND m.log_index < ?`;
const selectFacts = `SELECT ${factColumns.join(', ')} FROM audit_facts WHERE log_index >= ? AND log_index < ?`;

/** Who had died before an entry is known from the entries before it, and not from what the register says now. */
function findPerson(book: TermBook, { personRef, type, marks }: Fact, deceased: Set<string>): Term | null {
  if (personRef === null) {
    return null;
  }
  if (type === 'person.status_changed') {
    deceased.delete(personRef);
    if (marks.some(({ kind, term }) => kind === 'status' && term === 'deceased')) {
      deceased.add(personRef);
    }
  }
  return { id: book.intern('person', personRef).id, state: deceased.has(personRef) ? 'deceased' : null };
}

const selectOfStrangers = `SELECT m.log_index FROM audit_terms t CROSS JOIN audit_marks m JOIN audit_facts f ON f.log_index = m.log_index
  WHERE t.kind = 'flaw' AND t.term = 'no-record' AND m.term = t.id AND m.log_index >= ? AND m.log_index <= ? AND (f.person IS NULL
    OR EXISTS (SELECT 1 FROM audit_facts d WHERE d.record = f.record AND d.log_index < f.log_index AND d.person IS NULL))`;

/** Releases under the record of somebody else, where one of the two was erased since: whose record it was nobody can tell any more, so what was found stays. */
function* readOfStrangers(from: number, to: number): Act<ReadonlySet<number>> {
  const rows = yield { text: selectOfStrangers, values: [from, to] };
  return new Set(rows.map((row) => Number(row['log_index'])));
}

type Batch = {
  readonly deceased: ReadonlySet<string>;
  readonly work: Work;
  readonly facts: ReadonlyMap<number, Fact>;
  readonly times: Times;
  readonly to: number;
};

/** `undefined` behind the last entry. */
function* workOut(engine: Engine, walk: Walk, below: number): Act<Batch | undefined> {
  const query = selectEntries(engine, 'WHERE entries.log_index >= ? AND entries.log_index < ? ORDER BY entries.log_index LIMIT ?', [
    walk.size,
    below,
    batchSize,
  ]);
  const entries = (yield query).map(query.decode);
  const last = entries.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const deceased = new Set(walk.deceased);
  const work = createWork(createTermBook(new Map()), createDecisionBook(createKeptDecisions(), 0));
  const read = yield* readEntryFacts(entries);
  yield* work.book.load(toTerms(read.map(({ fact }) => fact)));
  const repeated = yield* readRepeated(read);
  const ofStrangers = yield* readOfStrangers(walk.size, last.index);
  const facts = new Map<number, Fact>();
  let { times } = walk;
  for (const each of read) {
    times = passTime(times, each.fact);
    const { index } = each.fact;
    const placed = { ...each, newestAt: times.newestAt, isCeremonyKnown: repeated.has(index), isOfStranger: ofStrangers.has(index) };
    facts.set(each.fact.index, yield* projectEntry(work, placed, findPerson(work.book, each.fact, deceased)));
  }
  return { deceased, work, facts, times, to: last.index + 1 };
}

function* compareBatch({ work, facts, to }: Batch, from: number): Act<readonly FactFault[]> {
  const rows = new Map((yield { text: selectFacts, values: [from, to] }).map((row) => [Number(row['log_index']), row]));
  const stored = Map.groupBy(yield { text: selectFlaws, values: [from, to] }, (row) => Number(row['log_index']));
  const missing = Map.groupBy(yield* compareMarks(work, facts), ({ index }) => index);
  return work.facts.flatMap((expected) => {
    const index = expected[0] ?? -1;
    const fact = facts.get(index);
    return fact === undefined
      ? []
      : [...compareRow(fact, expected, rows.get(index)), ...compareFlaws(fact, stored.get(index) ?? []), ...(missing.get(index) ?? [])];
  });
}

const countSaid = (facts: Iterable<Fact>): number =>
  [...facts].reduce((sum, { marks }) => sum + marks.filter(({ kind }) => kind !== 'flaw').length, 0);

async function compareNext(
  engine: Engine,
  walk: Walk,
): Promise<{ readonly size: number; readonly faults: readonly FactFault[] } | undefined> {
  const below = await findProjected(engine);
  let faults: readonly FactFault[] = [];
  let batch: Batch | undefined;
  // An erasure may have come between the reading of an entry and that of its fact.
  for (let again = 0; again < 3 && (again === 0 || faults.length > 0); again += 1) {
    batch = await readAct(engine, workOut(engine, walk, below));
    faults = batch === undefined ? [] : await readAct(engine, compareBatch(batch, walk.size));
  }
  if (batch === undefined) {
    return undefined;
  }
  walk.size = batch.to;
  walk.times = batch.times;
  walk.deceased = batch.deceased;
  walk.marks += countSaid(batch.facts.values());
  batch.work.days.forEach((n, key) => walk.days.set(key, (walk.days.get(key) ?? 0) + n));
  return { size: walk.size, faults };
}

const countMarks = `SELECT count(*) AS n FROM audit_marks WHERE log_index < ? AND term NOT IN (SELECT id FROM audit_terms WHERE kind = 'flaw')`;
// In one statement, so that the counts are of that very size.
const selectDays = `SELECT d.mark, d.day, d.type, d.service, d.purpose, d.purpose_version, d.n, (SELECT max(log_index) + 1 FROM audit_facts) AS size,
  (SELECT term FROM audit_terms WHERE kind = 'flaw' AND id = d.mark) AS flaw FROM audit_days d`;
const toKey = (row: Row): string =>
  ['mark', 'day', 'type', 'service', 'purpose', 'purpose_version'].map((name) => Number(row[name])).join(' ');

function compareDays(walk: Walk, rows: readonly Row[]): readonly FactFault[] {
  const unjudged = new Set(rows.filter(({ flaw }) => personalFlaws.some((name) => name === flaw)).map(({ mark }) => String(Number(mark))));
  const left = new Map([...walk.days].filter(([key]) => !unjudged.has(key.slice(0, key.indexOf(' ')))));
  const differing = new Set<number>();
  for (const row of rows.filter(({ mark }) => !unjudged.has(String(Number(mark))))) {
    const key = toKey(row);
    if (left.get(key) !== Number(row['n'])) {
      differing.add(Number(row['day']));
    }
    left.delete(key);
  }
  [...left.keys()].forEach((key) => differing.add(Number(key.split(' ')[1])));
  return [...differing].toSorted((a, b) => a - b).map((day) => ({ code: 'days-differ', index: null, detail: toDayText(day) }));
}

async function settle(engine: Engine, walk: Walk): Promise<readonly FactFault[] | undefined> {
  const rows = await engine.read({ text: selectDays, values: [] });
  const size = rows[0] === undefined ? await findProjected(engine) : Number(rows[0]['size'] ?? 0);
  const [counted] = await engine.read({ text: countMarks, values: [walk.size] });
  const [beyond] = await engine.read({
    text: 'SELECT log_index FROM audit_facts WHERE log_index >= ? AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.log_index = audit_facts.log_index) LIMIT 1',
    values: [walk.size],
  });
  if (beyond !== undefined) {
    return [{ code: 'fact-unfounded', index: Number(beyond['log_index']), detail: '' }];
  }
  if (size !== walk.size) {
    return undefined;
  }
  const marks = Number(counted?.['n']) === walk.marks ? [] : [{ code: 'marks-differ', index: null, detail: '' } as const];
  return [...marks, ...compareDays(walk, rows)];
}

export function beginComparison(engine: Engine): FactComparison {
  const walk: Walk = {
    size: 0,
    times: { block: 0, newest: 0, newestBefore: 0, newestAt: 0 },
    marks: 0,
    deceased: new Set(),
    days: new Map(),
  };
  return { next: async () => compareNext(engine, walk), settle: async () => settle(engine, walk) };
}
