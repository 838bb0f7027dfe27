// What a search of the ledger is asked with: one schema for the page, the API and its description. A wrong filter is named, field by field, and nothing
// is searched: a filter that was dropped silently would show an auditor something else than they asked for.

import { z } from 'zod';
import { attributeCatalogue } from '../../domain/attributes/catalogue.ts';
import type { FilterMember, SearchFilter } from '../../domain/audit/filter.ts';
import { findUnknownMembers } from '../../domain/audit/filter.ts';
import type { LookNeeds } from '../../domain/audit/look.ts';
import { searchLimit } from '../../domain/audit/search-entries.ts';
import type { Order, Place } from '../../domain/audit/search-entries.ts';
import { eventCatalogue, isEventType } from '../../domain/ledger/event.ts';
import type { LedgerStore } from '../../domain/ledger/store.ts';
import { findBeyond } from './log-bounds.ts';
import { findFrom, findTo } from './parse-instant.ts';

/** What can be wrong with a field; each has its words in views/messages. */
export const queryProblems = [
  'type-unknown',
  'service-unknown',
  'purpose-unknown',
  'attribute-unknown',
  'time-invalid',
  'time-order',
  'order-unknown',
  'place-invalid',
  'place-twice',
  'beyond-log',
  'limit-invalid',
  'repeated',
  'field-unknown',
] as const;
export type QueryProblemCode = (typeof queryProblems)[number];

/** Field by field in the order of the page. `field` is as it was sent. */
export type QueryProblem = { readonly field: string; readonly problem: QueryProblemCode };

export type EntryQuery = { readonly filter: SearchFilter; readonly order: Order; readonly place: Place; readonly limit: number };

export type ParsedQuery =
  | { readonly ok: true; readonly value: EntryQuery }
  | { readonly ok: false; readonly problems: readonly QueryProblem[] };

export type ParseNeeds = { readonly agencies: LookNeeds['agencies']; readonly ledger: Pick<LedgerStore, 'findCheckpoint'> };

export const defaultLimit = 50;

const eventTypes = Object.keys(eventCatalogue).filter(isEventType);
const problem = (code: QueryProblemCode) => ({ error: code });

const id = (code: QueryProblemCode, about: string) =>
  z
    .string()
    .regex(/^[\w.-]{1,64}$/, problem(code))
    .describe(about);

const instant = (find: (text: string) => number | undefined, about: string) =>
  z
    .string()
    .refine((text) => find(text) !== undefined, problem('time-invalid'))
    .describe(about);

const index = (about: string) =>
  z
    .string()
    .regex(/^(?:0|[1-9]\d{0,14})$/, problem('place-invalid'))
    .describe(about);

/** Every field as it is sent, a text each; `type` also as a list. */
export const entryQuerySchema = z.strictObject({
  type: z
    .array(z.enum(eventTypes, problem('type-unknown')))
    .describe('types of event; repeated, or separated by commas')
    .optional(),
  service: id('service-unknown', 'client_id of a registered service').optional(),
  purpose: id('purpose-unknown', 'id of a registered purpose, also one that was ended').optional(),
  attribute: z
    .enum(
      attributeCatalogue.map(({ name }) => name),
      problem('attribute-unknown'),
    )
    .describe('entries that name this attribute')
    .optional(),
  from: instant(
    findFrom,
    'a day of the country (YYYY-MM-DD) from its beginning, or an instant with its zone (RFC 3339), inclusive',
  ).optional(),
  to: instant(findTo, 'a day of the country to its end, or an instant with its zone, exclusive').optional(),
  order: z.enum(['newest-first', 'oldest-first'], problem('order-unknown')).describe('order of the index').optional(),
  after: index('the page behind the entry of this index, in the order asked').optional(),
  before: index('the page right before the entry of this index, in the order asked').optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, problem('limit-invalid'))
    .refine((text) => Number(text) <= searchLimit, problem('limit-invalid'))
    .describe(`entries of one page, 1 to ${searchLimit}; ${defaultLimit} where it is left out`)
    .optional(),
});

type Sent = z.infer<typeof entryQuerySchema>;

/** Fields that every page of ours may carry and that filter nothing. */
const ignored: ReadonlySet<string> = new Set(['lang']);
const lists: ReadonlySet<string> = new Set(['type']);

/** A form sends its empty fields too; they ask for nothing. */
function readFields(given: URLSearchParams): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of given) {
    if (value !== '' && !ignored.has(name)) {
      const values = lists.has(name) ? value.split(',').map((part) => part.trim()) : [value];
      fields.set(name, [...(fields.get(name) ?? []), ...values]);
    }
  }
  return fields;
}

function findRepeated(fields: ReadonlyMap<string, readonly string[]>): readonly QueryProblem[] {
  return [...fields]
    .filter(([name, values]) => !lists.has(name) && values.length > 1)
    .map(([field]) => ({ field, problem: 'repeated' as const }));
}

function isProblemCode(text: string): text is QueryProblemCode {
  return queryProblems.some((code) => code === text);
}

/** One problem a field: the first that was found. */
function toProblems(error: z.ZodError): readonly QueryProblem[] {
  const problems = error.issues.flatMap((issue): readonly QueryProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((field) => ({ field, problem: 'field-unknown' }));
    }
    return isProblemCode(issue.message) ? [{ field: String(issue.path[0]), problem: issue.message }] : [];
  });
  return problems.filter(({ field }, at) => problems.findIndex((each) => each.field === field) === at);
}

function toTimes({ from, to }: Sent): Pick<SearchFilter, 'from' | 'to'> {
  const [start, end] = [findFrom(from ?? ''), findTo(to ?? '')];
  return { ...(start === undefined ? {} : { from: start }), ...(end === undefined ? {} : { to: end }) };
}

function toFilter(sent: Sent): SearchFilter {
  const { type, service, purpose, attribute } = sent;
  return {
    ...(type === undefined ? {} : { types: [...new Set(type)] }),
    ...(service === undefined ? {} : { service }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(attribute === undefined ? {} : { attribute }),
    ...toTimes(sent),
  };
}

function toPlace({ after, before }: Sent): Place {
  if (after !== undefined) {
    return { at: 'after', index: Number(after) };
  }
  return before === undefined ? { at: 'start' } : { at: 'before', index: Number(before) };
}

const unknownMembers = {
  service: 'service-unknown',
  purpose: 'purpose-unknown',
  attribute: 'attribute-unknown',
} as const satisfies Record<FilterMember, QueryProblemCode>;

/** What only shows when fields are held against each other or against the register. */
async function findConflicts(agencies: LookNeeds['agencies'], sent: Sent, filter: SearchFilter): Promise<readonly QueryProblem[]> {
  const unknown = await findUnknownMembers(agencies, filter);
  const isReversed = filter.from !== undefined && filter.to !== undefined && filter.from >= filter.to;
  const isTwice = sent.after !== undefined && sent.before !== undefined;
  return [
    ...unknown.map((field) => ({ field, problem: unknownMembers[field] })),
    ...(isReversed ? [{ field: 'to', problem: 'time-order' } as const] : []),
    ...(isTwice ? [{ field: 'before', problem: 'place-twice' } as const] : []),
  ];
}

type Fields = ReadonlyMap<string, readonly string[]>;

const toSent = (fields: Fields): object =>
  Object.fromEntries([...fields].map(([name, values]) => [name, lists.has(name) ? values : values[0]]));

/** What is wrong with fields by themselves. */
function findFieldProblems(fields: Fields): readonly QueryProblem[] {
  const parsed = entryQuerySchema.safeParse(toSent(fields));
  return [...(parsed.success ? [] : toProblems(parsed.error)), ...findRepeated(fields)];
}

const fieldOrder = Object.keys(entryQuerySchema.shape);

function toSorted(problems: readonly QueryProblem[]): readonly QueryProblem[] {
  const place = ({ field }: QueryProblem): number => (fieldOrder.includes(field) ? fieldOrder.indexOf(field) : fieldOrder.length);
  return problems.toSorted((left, right) => place(left) - place(right));
}

/** Refused with every problem at once: fields that are right by themselves are still held against each other and the register. */
export async function parseEntryQuery({ agencies, ledger }: ParseNeeds, given: URLSearchParams): Promise<ParsedQuery> {
  const fields = readFields(given);
  const wrong = findFieldProblems(fields);
  const right = new Map([...fields].filter(([name]) => wrong.every(({ field }) => field !== name)));
  const sent = entryQuerySchema.parse(toSent(right));
  const filter = toFilter(sent);
  const { after, before } = sent;
  const problems = [...wrong, ...(await findConflicts(agencies, sent, filter)), ...(await findBeyond(ledger, { after, before }))];
  if (problems.length > 0) {
    return { ok: false, problems: toSorted(problems) };
  }
  const { order = 'newest-first', limit } = sent;
  return { ok: true, value: { filter, order, place: toPlace(sent), limit: limit === undefined ? defaultLimit : Number(limit) } };
}
