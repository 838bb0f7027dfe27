// Entries as facts before anything is judged: whom they may name, and the terms that they need numbers for.

import { flaws } from '../domain/audit/facts.ts';
import type { Fact } from '../domain/audit/facts.ts';
import { judgedTypes } from '../domain/audit/judge-fact.ts';
import { readFact } from '../domain/audit/to-fact.ts';
import type { ReadFact } from '../domain/audit/to-fact.ts';
import type { Entry } from '../domain/ledger/store.ts';
import type { NamedTerm, TermKind } from './audit-terms.ts';
import type { Act } from './engine.ts';
import { inLengths } from './many-rows.ts';

/** Secrets of an erased person may wait to be destroyed; no fact names them any more. */
export function* readEntryFacts(entries: readonly Entry[]): Act<readonly ReadFact[]> {
  const read = entries.map(readFact);
  const erased = new Set<string>();
  const people = new Set(read.map(({ fact }) => fact.personRef).filter((ref) => ref !== null));
  for (const group of inLengths([...people])) {
    const rows = yield { text: `SELECT person_id FROM erasures WHERE person_id IN (${group.map(() => '?').join(', ')})`, values: group };
    rows.forEach((row) => erased.add(String(row['person_id'])));
  }
  const isNamed = (ref: string | null): boolean => ref !== null && !erased.has(ref);
  return read.map((each) => (isNamed(each.fact.personRef) ? each : { ...each, fact: { ...each.fact, personRef: null } }));
}

/** Columns of a fact that are texts, by the kinds of their terms. */
const toTexts = (fact: Fact): readonly (readonly [kind: TermKind, term: string | null])[] => [
  ['type', fact.type],
  ['service', fact.service],
  ['purpose', fact.purpose],
  ['reason', fact.reason],
  ['person', fact.personRef],
  ['record', fact.record],
  ['actor-kind', fact.actor.kind],
  ['actor', fact.actor.ref],
  ['acted-by', fact.actedBy],
];

/** Those that may be judged by come with those that are said. */
export function* toTerms(facts: Iterable<Fact>): Generator<NamedTerm> {
  yield* judged;
  for (const fact of facts) {
    for (const [kind, term] of toTexts(fact)) {
      if (term !== null) {
        yield [kind, term];
      }
    }
    for (const { kind, term } of fact.marks) {
      yield [kind, term];
    }
  }
}

const judged: readonly NamedTerm[] = [
  ...judgedTypes.map((type): NamedTerm => ['type', type]),
  ...flaws.map((flaw): NamedTerm => ['flaw', flaw]),
];
