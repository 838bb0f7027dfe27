// Entries as rows of an answer, page by page.

import type { Fact } from '../facts.ts';
import { toFactFilter } from './entry-search.ts';
import type { EntrySearch } from './entry-search.ts';
import type { Asking, Cell, CellKind, Column, Table } from './question.ts';

const termsOf = ({ marks }: Fact, kind: Fact['marks'][number]['kind']): readonly string[] =>
  marks.filter((mark) => mark.kind === kind).map(({ term }) => term);

export const toPurposeCell = (service: string | null, purpose: string | null): string | null =>
  purpose === null ? null : `${service ?? ''} ${purpose}`;

export const toActorCell = ({ kind, ref }: Fact['actor']): string | null => (kind === null ? null : `${kind} ${ref ?? ''}`.trimEnd());

/** The second officer, where the entry of an act names them. */
const toApproverCell = (fact: Fact): string | null => {
  const [second] = fact.type === 'unmask.used' ? termsOf(fact, 'officer') : [];
  return second === undefined ? null : toActorCell({ kind: 'officer', ref: second });
};

type People = Pick<Asking, 'toPerson'>;

const cells = {
  entry: { kind: 'index', read: ({ index }) => index },
  at: { kind: 'time', read: ({ at }) => at },
  type: { kind: 'type', read: ({ type }) => type },
  service: { kind: 'service', read: ({ service }) => service },
  purpose: { kind: 'purpose', read: ({ service, purpose }) => toPurposeCell(service, purpose) },
  version: { kind: 'number', read: ({ purposeVersion }) => purposeVersion },
  reason: { kind: 'code', read: ({ reason }) => reason },
  actor: { kind: 'actor', read: ({ actor }) => toActorCell(actor) },
  'acted-by': { kind: 'word', read: ({ actedBy }) => actedBy },
  record: { kind: 'code', read: ({ record }) => record },
  elapsed: { kind: 'millis', read: ({ elapsed }) => elapsed },
  attributes: { kind: 'attributes', read: (fact) => termsOf(fact, 'attribute') },
  basis: { kind: 'word', read: (fact) => termsOf(fact, 'basis')[0] ?? null },
  flaw: { kind: 'words', read: (fact) => termsOf(fact, 'flaw') },
  notice: { kind: 'code', read: (fact) => termsOf(fact, 'notice')[0] ?? null },
  approver: { kind: 'actor', read: toApproverCell },
  person: { kind: 'person', read: ({ personRef }, { toPerson }) => toPerson(personRef) },
} as const satisfies Record<string, { kind: CellKind; read: (fact: Fact, people: People) => Cell }>;

export type ListColumn = keyof typeof cells;

type Listed = { readonly facts: readonly Fact[]; readonly next: number | null };

/** Entries that any of the searches finds, each once, newest first. */
export async function readUnion(asking: Asking, searches: readonly EntrySearch[]): Promise<Listed> {
  const { after, limit } = asking.page;
  const read = async (search: EntrySearch): Promise<Listed> =>
    asking.ports.facts.readFacts(toFactFilter(search, asking.sight), { order: 'newest-first', after, limit: limit + 1 });
  const found = await Promise.all(searches.map(read));
  const byIndex = new Map(found.flatMap(({ facts }) => facts.map((fact) => [fact.index, fact])));
  const merged = [...byIndex.values()].toSorted((left, right) => right.index - left.index);
  const facts = merged.slice(0, limit);
  return { facts, next: merged.length > limit ? (facts.at(-1)?.index ?? null) : null };
}

export function toListTable(people: People, facts: readonly Fact[], names: readonly ListColumn[]): Table {
  const columns: readonly Column[] = names.map((name) => ({ name, kind: cells[name].kind }));
  const rows = facts.map((fact) => ({ cells: names.map((name) => cells[name].read(fact, people)), entries: null }));
  return { name: 'entries', columns, rows, chart: null, isCut: false };
}

export type EntryList = { readonly table: Table; readonly next: number | null };

/** A page of the entries that any of the searches finds. Who is concerned is a column inside a case alone. */
export async function listEntries(asking: Asking, searches: readonly EntrySearch[], columns: readonly ListColumn[]): Promise<EntryList> {
  const { facts, next } = await readUnion(asking, searches);
  return { table: toListTable(asking, facts, columns), next };
}

export async function countEntries(asking: Asking, search: EntrySearch): Promise<number> {
  return asking.ports.facts.countFacts(toFactFilter(search, asking.sight), null);
}
