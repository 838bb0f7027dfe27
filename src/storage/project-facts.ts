// Entries become facts here, in the order of the log and under one lock for every process. Reads what is numbered, writes nothing that is evidence.

import { projectionLimit } from '../domain/audit/facts.ts';
import type { Fact, Projected } from '../domain/audit/facts.ts';
import { findElapsed, findFlaws, termsOf } from '../domain/audit/judge-fact.ts';
import { findUntil, isReadable, toFact } from '../domain/audit/to-fact.ts';
import { toCountryDay } from '../domain/audit/country-day.ts';
import type { Entry } from '../domain/ledger/store.ts';
import { holdLock } from './advisory-locks.ts';
import { createTermBook } from './audit-terms.ts';
import type { KnownTerms, Term, TermBook } from './audit-terms.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { findBefore } from './facts-before.ts';
import { noteCeremony } from './facts-ceremonies.ts';
import { blockSize, passTime, readTimes } from './facts-times.ts';
import type { Times } from './facts-times.ts';
import type { FactNumbers } from './facts-before.ts';
import { selectEntries } from './ledger-entries.ts';
import { insertInto } from './statements.ts';

const lastFact: Statement = { text: 'SELECT log_index FROM audit_facts ORDER BY log_index DESC LIMIT 1', values: [] };

export function toSize(rows: readonly { readonly [name: string]: unknown }[]): number {
  return rows[0] === undefined ? 0 : Number(rows[0]['log_index']) + 1;
}

export async function findProjected(engine: Pick<Engine, 'read'>): Promise<number> {
  return toSize(await engine.read(lastFact));
}

export async function projectFacts(engine: Engine, known: KnownTerms, limit: number): Promise<Projected> {
  const book = { current: createTermBook(engine, known) };
  const projected = await engine.atomic(() => {
    book.current = createTermBook(engine, known);
    return project(engine, book.current, Math.min(limit, projectionLimit));
  });
  book.current.keep();
  return projected;
}

function* project(engine: Engine, book: TermBook, limit: number): Act<Projected> {
  yield* holdLock(engine, 'facts');
  const from = toSize(yield lastFact);
  const query = selectEntries(engine, 'WHERE entries.log_index >= ? ORDER BY entries.log_index LIMIT ?', [from, limit]);
  const entries = (yield query).map(query.decode);
  const last = entries.at(-1);
  if (last === undefined) {
    yield undo;
    return { added: 0, size: from };
  }
  const work: Work = { engine, book, days: new Map(), marks: [] };
  let times = yield* readTimes(from);
  for (const entry of entries) {
    times = passTime(times, entry);
    yield* projectEntry(work, entry, times);
  }
  yield* insertMany(markRows, work.marks);
  yield* countDays(work.days);
  yield* widenBlocks(entries);
  return { added: entries.length, size: last.index + 1 };
}

type Work = {
  readonly engine: Engine;
  readonly book: TermBook;
  readonly days: Map<string, number>;
  readonly marks: (readonly number[])[];
};

function* toNumber(book: TermBook, kind: string, term: string | null): Act<number | null> {
  return term === null ? null : (yield* book.intern(kind, term)).id;
}

/** Secrets of an erased person may wait to be destroyed; no fact names them any more. */
function* isErased(personId: string): Act<boolean> {
  const rows = yield { text: 'SELECT 1 FROM erasures WHERE person_id = ?', values: [personId] };
  return rows.length > 0;
}

function* notePerson(book: TermBook, fact: Fact): Act<Term | null> {
  const isKnown = fact.personRef !== null && !(yield* isErased(fact.personRef));
  const person = isKnown ? yield* book.intern('person', fact.personRef) : null;
  if (person === null || fact.type !== 'person.status_changed') {
    return person;
  }
  const state = termsOf(fact, 'status').includes('deceased') ? 'deceased' : null;
  yield { text: 'UPDATE audit_terms SET state = ? WHERE id = ?', values: [state, person.id] };
  return { ...person, state };
}

type About = { readonly entry: Entry; readonly numbers: FactNumbers; readonly isDeceased: boolean; readonly newestAt: number };

/** What entries before it show of this one. */
function* judge({ book }: Work, read: Fact, about: About): Act<Fact> {
  const { entry, isDeceased, newestAt, numbers } = about;
  const isCeremonyKnown = yield* noteCeremony(entry);
  const before = { ...(yield* findBefore({ fact: read, numbers, book })), isDeceased, newestAt, isCeremonyKnown };
  const found = findFlaws(read, before);
  const all = isReadable(entry.body) || found.includes('unreadable') ? found : [...found, 'unreadable' as const];
  const marks = [...read.marks, ...all.map((term) => ({ kind: 'flaw', term }) as const)];
  return { ...read, elapsed: findElapsed(read, before), marks };
}

function* projectEntry(work: Work, entry: Entry, { newestAt }: Times): Act<void> {
  const { book, engine } = work;
  const read = toFact(entry);
  const person = yield* notePerson(book, read);
  const numbers = {
    person: person?.id ?? null,
    record: yield* toNumber(book, 'record', read.record),
    service: yield* toNumber(book, 'service', read.service),
    purpose: yield* toNumber(book, 'purpose', read.purpose),
  };
  const type = (yield* book.intern('type', read.type)).id;
  const fact = yield* judge(work, read, { entry, numbers, isDeceased: person?.state === 'deceased', newestAt });
  yield insertInto(engine.tables.auditFacts, {
    logIndex: fact.index,
    at: fact.at,
    type,
    ...numbers,
    purposeVersion: fact.purposeVersion,
    reason: yield* toNumber(book, 'reason', fact.reason),
    actorKind: (yield* book.intern('actor-kind', fact.actor.kind)).id,
    actor: yield* toNumber(book, 'actor', fact.actor.ref),
    actedBy: yield* toNumber(book, 'acted-by', fact.actedBy),
    endsAt: read.type.startsWith('consent.') ? findUntil(entry.body) : null,
    elapsed: fact.elapsed,
  });
  const day = [toCountryDay(fact.at), type, numbers.service ?? 0, numbers.purpose ?? 0, fact.purposeVersion ?? 0];
  yield* markFact(work, fact, day);
}

function* markFact({ book, days, marks }: Work, fact: Fact, day: readonly number[]): Act<void> {
  const count = (mark: number): void => {
    const key = [...day, mark].join(' ');
    days.set(key, (days.get(key) ?? 0) + 1);
  };
  count(0);
  for (const { kind, term } of fact.marks) {
    const { id } = yield* book.intern(kind, term);
    marks.push([id, fact.index]);
    if (kind !== 'browser' && kind !== 'case') {
      count(id);
    }
  }
}

type ManyRows = { readonly head: string; readonly row: string; readonly tail: string };

const markRows: ManyRows = { head: 'INSERT INTO audit_marks (term, log_index) VALUES ', row: '(?, ?)', tail: ' ON CONFLICT DO NOTHING' };
const dayRows: ManyRows = {
  head: 'INSERT INTO audit_days (day, type, service, purpose, purpose_version, mark, n) VALUES ',
  row: '(?, ?, ?, ?, ?, ?, ?)',
  tail: ' ON CONFLICT (day, type, service, purpose, purpose_version, mark) DO UPDATE SET n = audit_days.n + excluded.n',
};

/** In few lengths, so that few texts are prepared. */
const lengths = [64, 8, 1] as const;

function* insertMany({ head, row, tail }: ManyRows, rows: readonly (readonly number[])[]): Act<void> {
  let from = 0;
  for (const length of lengths) {
    const text = `${head}${Array.from({ length }, () => row).join(', ')}${tail}`;
    for (; rows.length - from >= length; from += length) {
      yield { text, values: rows.slice(from, from + length).flat() };
    }
  }
}

function* countDays(days: ReadonlyMap<string, number>): Act<void> {
  yield* insertMany(
    dayRows,
    [...days].map(([key, n]) => [...key.split(' ').map(Number), n]),
  );
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
