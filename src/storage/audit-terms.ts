// Texts of facts under numbers, so that a fact is a narrow row. Numbers are given inside the act of the projector alone, which holds a lock.

import { holdLock } from './advisory-locks.ts';
import type { Act, Engine } from './engine.ts';
import { insertInto } from './statements.ts';

/** Kinds of terms that are columns of a fact; the other kinds are those of marks. */
export type TermKind = string;

export type Term = { readonly id: number; readonly state: string | null };

/** What this process knows already. Kept only for kinds of which there are few, and only of acts that were committed. */
export type KnownTerms = Map<string, number>;

const unbounded: readonly TermKind[] = ['person', 'record', 'browser'];
const knownLimit = 20_000;

export type TermBook = {
  readonly intern: (kind: TermKind, term: string) => Act<Term>;
  /** To be called when the act was committed. */
  readonly keep: () => void;
};

const toKey = (kind: TermKind, term: string): string => `${kind}\n${term}`;

function* findLastNumber(): Act<number> {
  const [row] = yield { text: 'SELECT id FROM audit_terms ORDER BY id DESC LIMIT 1', values: [] };
  return Number(row?.['id'] ?? 0);
}

export function createTermBook(engine: Engine, known: KnownTerms): TermBook {
  const fresh = new Map<string, number>();
  const numbers: number[] = [];
  function* giveNumber(): Act<number> {
    const next = (numbers.at(-1) ?? (yield* findLastNumber())) + 1;
    numbers.push(next);
    return next;
  }
  function* find(kind: TermKind, term: string): Act<Term> {
    const [row] = yield { text: 'SELECT id, state FROM audit_terms WHERE kind = ? AND term = ?', values: [kind, term] };
    if (row !== undefined) {
      return { id: Number(row['id']), state: typeof row['state'] === 'string' ? row['state'] : null };
    }
    const id = yield* giveNumber();
    yield insertInto(engine.tables.auditTerms, { id, kind, term, state: null });
    return { id, state: null };
  }
  return {
    intern: function* (kind, term) {
      const key = toKey(kind, term);
      const id = known.get(key) ?? fresh.get(key);
      if (id !== undefined) {
        return { id, state: null };
      }
      const found = yield* find(kind, term);
      if (!unbounded.includes(kind)) {
        fresh.set(key, found.id);
      }
      return found;
    },
    keep: () => {
      if (known.size + fresh.size > knownLimit) {
        known.clear();
      }
      fresh.forEach((id, key) => known.set(key, id));
    },
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
