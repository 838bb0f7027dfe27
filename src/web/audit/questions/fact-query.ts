// The filters of an auditor as parameters of an address, and back: whatever leads from a figure to its entries is the same search that counted it.

import { z } from 'zod';
import { sensitivities } from '../../../domain/attributes/attribute.ts';
import type { Mark, MarkKind } from '../../../domain/audit/facts.ts';
import type { EntrySearch } from '../../../domain/audit/questions/entry-search.ts';
import { actedBys, actorKinds, isEventType } from '../../../domain/ledger/event.ts';
import type { EventType } from '../../../domain/ledger/event.ts';
import { hasLongNumber, hasPersonNumber } from '../../../domain/people/person-number.ts';
import { toFromText, toToText } from '../parse-instant.ts';
import type { FieldProblem } from './question-query.ts';
import type { ValueProblem } from './value-schemas.ts';
import { valueProblems, valueSchemas } from './value-schemas.ts';

/** Kinds of marks that somebody filters by, each a parameter of its own. */
export const markKinds = [
  'attribute',
  'declined',
  'form',
  'basis',
  'level',
  'method',
  'language',
  'notice',
  'person-kind',
  'device',
  'browser',
  'document',
  'flaw',
  'field',
  'status',
  'endpoint',
  'case',
  'category',
  'change',
  'officer',
  'query',
  'role',
  'shared',
  'way',
  'withheld',
] as const satisfies readonly MarkKind[];

const problem = (code: ValueProblem) => ({ error: code });

/** A term as the projection holds it: never a row of ten digits, which could be somebody's number. */
const term = z
  .string()
  .max(64, problem('term-invalid'))
  .regex(/^[\p{L}\p{N} _.:/+=#-]+$/u, problem('term-invalid'))
  .refine((text) => !hasLongNumber(text), problem('term-invalid'));

const code = z
  .string()
  .regex(/^[\w./:-]{1,64}$/, problem('term-invalid'))
  .refine((text) => !hasLongNumber(text), problem('term-invalid'));
/** As it stands on a paper, where a year and a number may have ten digits together. */
const caseNumber = z
  .string()
  .regex(/^[A-Za-z0-9./-]{1,40}$/, problem('term-invalid'))
  .refine((text) => !hasPersonNumber(text), problem('term-invalid'));
const whole = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,8})$/, problem('number-invalid'))
  .transform(Number);

const marksShape = {
  attribute: term.exactOptional(),
  declined: term.exactOptional(),
  form: term.exactOptional(),
  basis: term.exactOptional(),
  level: term.exactOptional(),
  method: term.exactOptional(),
  language: term.exactOptional(),
  notice: term.exactOptional(),
  'person-kind': term.exactOptional(),
  device: term.exactOptional(),
  browser: term.exactOptional(),
  document: term.exactOptional(),
  flaw: term.exactOptional(),
  field: term.exactOptional(),
  status: term.exactOptional(),
  endpoint: term.exactOptional(),
  case: caseNumber.exactOptional(),
  category: term.exactOptional(),
  change: term.exactOptional(),
  officer: term.exactOptional(),
  query: term.exactOptional(),
  role: term.exactOptional(),
  shared: term.exactOptional(),
  way: term.exactOptional(),
  withheld: term.exactOptional(),
};

const typeShape = {
  type: z
    .string()
    .refine((text) => text.split(',').every((type) => isEventType(type.trim())), problem('type-unknown'))
    .describe('types of event, separated by commas')
    .exactOptional(),
};

/** What stands in a search under the name of its parameter. */
const sameShape = {
  agency: valueSchemas.agency.exactOptional(),
  service: valueSchemas.service.exactOptional(),
  purpose: code.exactOptional(),
  reason: code.exactOptional(),
  record: valueSchemas.record.exactOptional(),
  person: valueSchemas.person.exactOptional(),
  actor: code.exactOptional(),
  from: valueSchemas.from.exactOptional(),
  to: valueSchemas.to.exactOptional(),
  sensitivity: z.enum(sensitivities, problem('term-invalid')).exactOptional(),
};

const ownShape = {
  'actor-kind': z.enum(actorKinds, problem('term-invalid')).exactOptional(),
  'acted-by': z.enum(actedBys, problem('term-invalid')).exactOptional(),
  version: whole.exactOptional(),
  slower: whole.describe('took at least so many milliseconds').exactOptional(),
  faster: whole.describe('took less than so many milliseconds').exactOptional(),
};

export const factQuerySchema = z.strictObject({ ...typeShape, ...sameShape, ...ownShape, ...marksShape });

const sameSchema = z.object({
  agency: z.string().exactOptional(),
  service: z.string().exactOptional(),
  purpose: z.string().exactOptional(),
  reason: z.string().exactOptional(),
  record: z.string().exactOptional(),
  person: z.string().exactOptional(),
  actor: z.string().exactOptional(),
  from: z.number().exactOptional(),
  to: z.number().exactOptional(),
  sensitivity: z.enum(sensitivities).exactOptional(),
});

type Sent = z.infer<typeof factQuerySchema>;

const toMarks = (sent: Sent): readonly Mark[] =>
  markKinds.flatMap((kind) => {
    const found = sent[kind];
    return found === undefined ? [] : [{ kind, term: found }];
  });

function toTypes(text: string): readonly EventType[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter(isEventType);
}

function toSearch(sent: Sent): EntrySearch {
  const { type, version, slower, faster, 'actor-kind': actorKind, 'acted-by': actedBy } = sent;
  const marks = toMarks(sent);
  return {
    ...sameSchema.parse(sent),
    ...(type === undefined ? {} : { types: toTypes(type) }),
    ...(actorKind === undefined ? {} : { actorKind }),
    ...(actedBy === undefined ? {} : { actedBy }),
    ...(version === undefined ? {} : { purposeVersion: version }),
    ...(slower === undefined ? {} : { elapsedFrom: slower }),
    ...(faster === undefined ? {} : { elapsedBelow: faster }),
    ...(marks.length === 0 ? {} : { marks }),
  };
}

const places: ReadonlySet<string> = new Set(['lang', 'ask', 'as_of', 'after', 'limit', 'name', 'token']);

export type ParsedSearch =
  | { readonly ok: true; readonly value: EntrySearch }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

function toProblem(issue: z.core.$ZodIssue): readonly FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((field) => ({ field, problem: 'field-unknown' }));
  }
  return [{ field: String(issue.path[0]), problem: valueProblems.find((code) => code === issue.message) ?? 'term-invalid' }];
}

export function parseFactQuery(given: URLSearchParams): ParsedSearch {
  const sent = [...given].filter(([name, value]) => value !== '' && !places.has(name));
  const names = sent.map(([name]) => name);
  const repeated = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  const parsed = factQuerySchema.safeParse(Object.fromEntries(sent));
  const problems: readonly FieldProblem[] = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap(toProblem)),
    ...repeated.map((field) => ({ field, problem: 'repeated' as const })),
  ];
  return parsed.success && problems.length === 0 ? { ok: true, value: toSearch(parsed.data) } : { ok: false, problems };
}

/** The inverse of `parseFactQuery`. */
export function toFactQuery(search: EntrySearch): URLSearchParams {
  const { types, purposeVersion, actorKind, actedBy, from, to, elapsedFrom, elapsedBelow, marks = [], ...texts } = search;
  const query = new URLSearchParams();
  const times = {
    from: from === undefined ? undefined : toFromText(from),
    to: to === undefined ? undefined : toToText(to),
  };
  const all = {
    ...texts,
    ...times,
    version: purposeVersion,
    'actor-kind': actorKind,
    'acted-by': actedBy,
    slower: elapsedFrom,
    faster: elapsedBelow,
    type: types?.join(','),
  };
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined) {
      query.set(name, String(value));
    }
  }
  marks.forEach(({ kind, term: value }) => query.set(kind, value));
  return query;
}
