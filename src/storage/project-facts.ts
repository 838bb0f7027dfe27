// Entries become facts here, in the order of the log and under one lock for every process. Reads what is numbered, writes nothing that is evidence.

import type { Fact, Projected } from '../domain/audit/facts.ts';
import { findElapsed, findFlaws, termsOf } from '../domain/audit/judge-fact.ts';
import type { ReadFact } from '../domain/audit/to-fact.ts';
import { toCountryDay } from '../domain/audit/country-day.ts';
import type { Entry } from '../domain/ledger/store.ts';
import { holdLock } from './advisory-locks.ts';
import { createTermBook } from './audit-terms.ts';
import type { KnownTerms, Term, TermBook, TermKind } from './audit-terms.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { createRecent, decidingTypes, findBefore, remember } from './facts-before.ts';
import type { FactNumbers, Recent } from './facts-before.ts';
import { noteCeremonies } from './facts-ceremonies.ts';
import { createDecisionBook } from './kept-decisions.ts';
import type { DecisionBook, KeptDecisions } from './kept-decisions.ts';
import { readEntryFacts, toTerms } from './facts-read.ts';
import { blockSize, passTime, readTimes } from './facts-times.ts';
import { selectEntries } from './ledger-entries.ts';
import { insertMany } from './many-rows.ts';
import type { ManyRows } from './many-rows.ts';

export const lastFact: Statement = { text: 'SELECT log_index FROM audit_facts ORDER BY log_index DESC LIMIT 1', values: [] };

export function toSize(rows: readonly { readonly [name: string]: unknown }[]): number {
  return rows[0] === undefined ? 0 : Number(rows[0]['log_index']) + 1;
}

export async function findProjected(engine: Pick<Engine, 'read'>): Promise<number> {
  return toSize(await engine.read(lastFact));
}

/** What this process knows of earlier acts. */
export type KnownFacts = { readonly terms: KnownTerms; readonly decisions: KeptDecisions };

export async function projectFacts(engine: Engine, known: KnownFacts, limit: number): Promise<Projected> {
  const keeping: { work: Work | undefined } = { work: undefined };
  const projected = await engine.atomic(function* () {
    yield* holdLock(engine, 'facts');
    const from = toSize(yield lastFact);
    keeping.work = createWork(createTermBook(known.terms), createDecisionBook(known.decisions, from));
    return yield* project(engine, keeping.work, { from, limit });
  });
  keeping.work?.book.keep();
  keeping.work?.decisions.keep(projected.size);
  return projected;
}

function* project(engine: Engine, work: Work, { from, limit }: { readonly from: number; readonly limit: number }): Act<Projected> {
  const { book } = work;
  const query = selectEntries(engine, 'WHERE entries.log_index >= ? ORDER BY entries.log_index LIMIT ?', [from, limit]);
  const entries = (yield query).map(query.decode);
  const last = entries.at(-1);
  if (last === undefined) {
    yield undo;
    return { added: 0, size: from };
  }
  const read = yield* readEntryFacts(entries);
  yield* book.load(toTerms(read.map(({ fact }) => fact)));
  const repeated = yield* noteCeremonies(read);
  let times = yield* readTimes(from);
  for (const each of read) {
    times = passTime(times, each.fact);
    const placed = { ...each, newestAt: times.newestAt, isCeremonyKnown: repeated.has(each.fact.index) };
    yield* projectEntry(work, placed, yield* findPerson(book, each.fact));
  }
  yield* store(work);
  yield* widenBlocks(entries);
  return { added: entries.length, size: last.index + 1 };
}

/** What a batch comes to, before it is stored, or compared with what is. */
export type Work = {
  readonly book: TermBook;
  readonly decisions: DecisionBook;
  readonly recent: Recent;
  readonly days: Map<string, number>;
  readonly marks: (readonly number[])[];
  readonly facts: (readonly (number | null)[])[];
};

export function createWork(book: TermBook, decisions: DecisionBook): Work {
  return { book, decisions, recent: createRecent(), days: new Map(), marks: [], facts: [] };
}

/** With what the log before it shows, whatever it says. */
export type PlacedFact = ReadFact & {
  readonly newestAt: number;
  readonly isCeremonyKnown: boolean;
  /** Its record is known to be that of somebody else. */
  readonly isOfStranger?: boolean;
};

/** What entries before it show of this one. */
function* judge({ book, decisions, recent }: Work, read: PlacedFact, numbers: FactNumbers & { readonly isDeceased: boolean }): Act<Fact> {
  const { fact, isCeremonyKnown, isReadable, newestAt } = read;
  const { isDeceased } = numbers;
  const own = read.isOfStranger === true ? { ...numbers, record: null } : numbers;
  const before = { ...(yield* findBefore({ fact, numbers: own, book, decisions, recent })), isDeceased, newestAt, isCeremonyKnown };
  const found = findFlaws(fact, before);
  const all = isReadable || found.includes('unreadable') ? found : [...found, 'unreadable' as const];
  const marks = [...fact.marks, ...all.map((term) => ({ kind: 'flaw', term }) as const)];
  return { ...fact, elapsed: findElapsed(fact, before), marks };
}

function* findPerson(book: TermBook, fact: Fact): Act<Term | null> {
  if (fact.personRef === null || fact.type !== 'person.status_changed') {
    return fact.personRef === null ? null : book.intern('person', fact.personRef);
  }
  return yield* book.setState(['person', fact.personRef], termsOf(fact, 'status').includes('deceased') ? 'deceased' : null);
}

/** The fact as it is stored, its marks and its days, into `work`. `found`: the person as they stood then. */
export function* projectEntry(work: Work, read: PlacedFact, found: Term | null): Act<Fact> {
  const { book, recent } = work;
  const toNumber = (kind: TermKind, term: string | null): number | null => (term === null ? null : book.intern(kind, term).id);
  const { at, index, purposeVersion, record, service, purpose } = read.fact;
  const numbers = {
    person: found?.id ?? null,
    record: toNumber('record', record),
    service: toNumber('service', service),
    purpose: toNumber('purpose', purpose),
  };
  const type = book.intern('type', read.fact.type).id;
  const fact = yield* judge(work, read, { ...numbers, isDeceased: found?.state === 'deceased' });
  const reason = toNumber('reason', fact.reason);
  const [kind, actor] = [book.intern('actor-kind', fact.actor.kind).id, toNumber('actor', fact.actor.ref)];
  const { person } = numbers;
  const head = [index, at, type, numbers.service, numbers.purpose, purposeVersion, reason, person, numbers.record];
  work.facts.push([...head, kind, actor, toNumber('acted-by', fact.actedBy), read.until, fact.elapsed]);
  forgetDecision(work, read.fact.type, numbers.record);
  const day = [toCountryDay(at), type, numbers.service ?? 0, numbers.purpose ?? 0, purposeVersion ?? 0];
  const marks = markFact(work, fact, day);
  remember(recent, { ...numbers, type, at, until: read.until, attributes: termsOf(fact, 'attribute'), marks });
  return fact;
}

/** A newer one takes its place. */
function forgetDecision({ decisions }: Work, type: string, record: number | null): void {
  if (record !== null && decidingTypes.includes(type)) {
    decisions.forget(record);
  }
}

function markFact({ book, days, marks }: Work, fact: Fact, day: readonly number[]): readonly number[] {
  const count = (mark: number): void => {
    const key = [mark, ...day].join(' ');
    days.set(key, (days.get(key) ?? 0) + 1);
  };
  count(0);
  return fact.marks.map(({ kind, term }) => {
    const { id } = book.intern(kind, term);
    marks.push([id, fact.index]);
    if (kind !== 'browser' && kind !== 'case') {
      count(id);
    }
    return id;
  });
}

/** Of the rows of `Work.facts`, in their order. */
export const factColumns = [
  'log_index',
  'at',
  'type',
  'service',
  'purpose',
  'purpose_version',
  'reason',
  'person',
  'record',
  'actor_kind',
  'actor',
  'acted_by',
  'ends_at',
  'elapsed',
] as const;

const factRows: ManyRows = {
  head: `INSERT INTO audit_facts (${factColumns.join(', ')}) VALUES `,
  row: `(${factColumns.map(() => '?').join(', ')})`,
  tail: '',
};
const markRows: ManyRows = { head: 'INSERT INTO audit_marks (term, log_index) VALUES ', row: '(?, ?)', tail: ' ON CONFLICT DO NOTHING' };
const dayRows: ManyRows = {
  head: 'INSERT INTO audit_days (mark, day, type, service, purpose, purpose_version, n) VALUES ',
  row: '(?, ?, ?, ?, ?, ?, ?)',
  tail: ' ON CONFLICT (mark, day, type, service, purpose, purpose_version) DO UPDATE SET n = audit_days.n + excluded.n',
};

/** In the order of their keys, so that neighbours are written together. */
const inOrder = (rows: readonly (readonly number[])[]): readonly (readonly number[])[] =>
  rows.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0));

function* store({ book, days, facts, marks }: Work): Act<void> {
  yield* book.store();
  yield* insertMany(factRows, facts);
  yield* insertMany(markRows, inOrder(marks));
  yield* insertMany(dayRows, inOrder([...days].map(([key, n]) => [...key.split(' ').map(Number), n])));
}

const widen = `INSERT INTO audit_blocks (block, min_at, max_at) VALUES (?, ?, ?) ON CONFLICT (block) DO UPDATE SET
  min_at = CASE WHEN excluded.min_at < audit_blocks.min_at THEN excluded.min_at ELSE audit_blocks.min_at END,
  max_at = CASE WHEN excluded.max_at > audit_blocks.max_at THEN excluded.max_at ELSE audit_blocks.max_at END`;

function* widenBlocks(entries: readonly Entry[]): Act<void> {
  const times = Map.groupBy(entries, ({ index }) => Math.floor(index / blockSize));
  for (const [block, within] of times) {
    const at = within.map((entry) => entry.at);
    yield { text: widen, values: [block, Math.min(...at), Math.max(...at)] };
  }
}
