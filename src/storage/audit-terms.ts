// Texts of facts under numbers, so that a fact is a narrow row. Numbers are given inside the act of the projector alone, which holds a lock.

import { holdLock } from './advisory-locks.ts';
import type { Act, Engine } from './engine.ts';
import { inLengths, insertMany } from './many-rows.ts';

/** Kinds of terms that are columns of a fact; the other kinds are those of marks. */
export type TermKind = string;

export type Term = { readonly id: number; readonly state: string | null };

export type NamedTerm = readonly [kind: TermKind, term: string];

/** What this process knows already. Kept only for kinds of which there are few, and only of acts that were committed. */
export type KnownTerms = Map<string, number>;

const unbounded: readonly TermKind[] = ['person', 'record', 'browser'];
const knownLimit = 20_000;

export type TermBook = {
  /** Looks up what is not known yet, in few statements. MUST come before `intern` of the same terms. */
  readonly load: (terms: Iterable<NamedTerm>) => Act<void>;
  /** The number of a term; one that nobody has had yet is given the next. */
  readonly intern: (kind: TermKind, term: string) => Term;
  readonly setState: (named: NamedTerm, state: string | null) => Act<Term>;
  /** Stores the numbers that were given. */
  readonly store: () => Act<void>;
  /** To be called when the act was committed. */
  readonly keep: () => void;
};

const toKey = (kind: TermKind, term: string): string => `${kind}\n${term}`;

function* findLastNumber(): Act<number> {
  const [row] = yield { text: 'SELECT id FROM audit_terms ORDER BY id DESC LIMIT 1', values: [] };
  return Number(row?.['id'] ?? 0);
}

type Found = { readonly kind: string; readonly term: string } & Term;

function* findTerms(terms: readonly NamedTerm[]): Act<readonly Found[]> {
  const found: Found[] = [];
  for (const group of inLengths(terms)) {
    const rows = yield {
      text: `SELECT t.id, t.kind, t.term, t.state FROM (VALUES ${group.map(() => '(?, ?)').join(', ')}) AS w
        JOIN audit_terms t ON t.kind = w.column1 AND t.term = w.column2`,
      values: group.flat(),
    };
    found.push(
      ...rows.map(({ id, kind, state, term }) => ({
        id: Number(id),
        kind: String(kind),
        term: String(term),
        state: typeof state === 'string' ? state : null,
      })),
    );
  }
  return found;
}

const termRows = { head: 'INSERT INTO audit_terms (id, kind, term, state) VALUES ', row: '(?, ?, ?, ?)', tail: '' };

/** What one act works with; `given` are fresh ones that no row holds yet. */
type Notes = {
  readonly known: KnownTerms;
  readonly fresh: Map<string, Term>;
  readonly given: Map<string, NamedTerm>;
  last: number;
};

function* load(notes: Notes, terms: Iterable<NamedTerm>): Act<void> {
  notes.last = yield* findLastNumber();
  const wanted = new Map<string, NamedTerm>();
  for (const named of terms) {
    const key = toKey(...named);
    if (!notes.known.has(key)) {
      wanted.set(key, named);
    }
  }
  for (const { id, kind, state, term } of yield* findTerms([...wanted.values()])) {
    notes.fresh.set(toKey(kind, term), { id, state });
  }
}

function intern(notes: Notes, ...named: NamedTerm): Term {
  const key = toKey(...named);
  const id = notes.known.get(key);
  const found = id === undefined ? notes.fresh.get(key) : { id, state: null };
  if (found !== undefined) {
    return found;
  }
  notes.last += 1;
  const made = { id: notes.last, state: null };
  notes.fresh.set(key, made);
  notes.given.set(key, named);
  return made;
}

function* setState(notes: Notes, named: NamedTerm, state: string | null): Act<Term> {
  const changed = { ...intern(notes, ...named), state };
  const key = toKey(...named);
  notes.fresh.set(key, changed);
  if (!notes.given.has(key)) {
    yield { text: 'UPDATE audit_terms SET state = ? WHERE id = ?', values: [state, changed.id] };
  }
  return changed;
}

function* store({ fresh, given }: Notes): Act<void> {
  const rows = [...given].map(([key, [kind, term]]) => [fresh.get(key)?.id ?? -1, kind, term, fresh.get(key)?.state ?? null]);
  yield* insertMany(termRows, rows);
}

function keep({ fresh, known }: Notes): void {
  if (known.size + fresh.size > knownLimit) {
    known.clear();
  }
  for (const [key, { id }] of fresh) {
    if (!unbounded.includes(key.slice(0, key.indexOf('\n')))) {
      known.set(key, id);
    }
  }
}

/** For one act. */
export function createTermBook(known: KnownTerms): TermBook {
  const notes: Notes = { known, fresh: new Map(), given: new Map(), last: 0 };
  return {
    load: (terms) => load(notes, terms),
    intern: (kind, term) => intern(notes, kind, term),
    setState: (named, state) => setState(notes, named, state),
    store: () => store(notes),
    keep: () => keep(notes),
  };
}

/**
 * Takes a person out of all facts. Nothing leads from a fact to them afterwards: the lock lets an act of the projector end first, and one that begins later
 * sees the erasure, be there secrets of theirs that wait to be destroyed.
 */
export function* forgetPerson(engine: Pick<Engine, 'dialect'>, personId: string): Act<void> {
  yield* holdLock(engine, 'facts');
  const [row] = yield { text: "SELECT id FROM audit_terms WHERE kind = 'person' AND term = ?", values: [personId] };
  if (row !== undefined) {
    const id = Number(row['id']);
    yield { text: 'UPDATE audit_facts SET person = NULL WHERE person = ?', values: [id] };
    yield { text: 'DELETE FROM audit_terms WHERE id = ?', values: [id] };
  }
}
