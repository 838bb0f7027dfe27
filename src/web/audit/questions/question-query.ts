// What somebody typed for a question, held against its parameters and the register. What is wrong is named, field by field, and nothing is asked.

import { z } from 'zod';
import type { AgenciesStore } from '../../../domain/agencies/store.ts';
import type { Asking, Question, Values } from '../../../domain/audit/questions/question.ts';
import type { LedgerStore } from '../../../domain/ledger/store.ts';
import { findBeyond } from '../log-bounds.ts';
import { placeSchemas, valueProblems, valueSchemas } from './value-schemas.ts';
import type { ValueProblem } from './value-schemas.ts';

export type FieldProblem = { readonly field: string; readonly problem: ValueProblem };

export type QuestionQuery = { readonly values: Values; readonly asOf: number | null; readonly page: Asking['page'] };

/** What the register and the log say to what was typed. */
export type ParseNeeds = { readonly agencies: Pick<AgenciesStore, 'listServices'>; readonly ledger: Pick<LedgerStore, 'findCheckpoint'> };

export type ParsedQuestion =
  | { readonly ok: true; readonly value: QuestionQuery }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

export const pageLimit = 50;

type Shape = Record<string, z.ZodType>;

/** The parameters of one question as they are sent, a text each. */
export function toQuestionSchema({ parameters }: Pick<Question, 'parameters'>): z.ZodObject<Shape> {
  const own = parameters.map(({ name, isRequired }): readonly [string, z.ZodType] => {
    const schema = valueSchemas[name];
    return [name, isRequired ? schema : schema.exactOptional()];
  });
  const places = Object.entries(placeSchemas).map(([name, schema]): readonly [string, z.ZodType] => [name, schema.exactOptional()]);
  return z.strictObject(Object.fromEntries([...own, ...places]));
}

const valuesSchema = z.object({
  agency: z.string().exactOptional(),
  service: z.string().exactOptional(),
  attribute: z.string().exactOptional(),
  person: z.string().exactOptional(),
  record: z.string().exactOptional(),
  notice: z.string().exactOptional(),
  officer: z.string().exactOptional(),
  from: z.number().exactOptional(),
  to: z.number().exactOptional(),
  days: z.number().exactOptional(),
  seconds: z.number().exactOptional(),
  threshold: z.number().exactOptional(),
  seed: z.number().exactOptional(),
  count: z.number().exactOptional(),
  entry: z.number().exactOptional(),
  size: z.number().exactOptional(),
});
const placesSchema = z.object({ as_of: z.number().exactOptional(), after: z.number().exactOptional(), limit: z.number().exactOptional() });

const isProblem = (text: string): text is ValueProblem => valueProblems.some((code) => code === text);

function toProblems(error: z.ZodError, sent: Readonly<Record<string, string>>): readonly FieldProblem[] {
  const found = error.issues.flatMap((issue): readonly FieldProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((field) => ({ field, problem: 'field-unknown' }));
    }
    const field = String(issue.path[0]);
    if (sent[field] === undefined) {
      return [{ field, problem: 'value-missing' }];
    }
    return isProblem(issue.message) ? [{ field, problem: issue.message }] : [];
  });
  return found.filter(({ field }, at) => found.findIndex((each) => each.field === field) === at);
}

/** A form sends its empty fields too; they ask for nothing. */
function readSent(given: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries([...given].filter(([name, value]) => value !== '' && name !== 'lang' && name !== 'ask'));
}

function findRepeated(given: URLSearchParams): readonly FieldProblem[] {
  const names = [...given].filter(([, value]) => value !== '').map(([name]) => name);
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map((field) => ({ field, problem: 'repeated' }));
}

/** What only shows against the register, or when fields are held against each other. */
export async function findConflicts(
  agencies: Pick<AgenciesStore, 'listServices'>,
  values: Pick<Values, 'agency' | 'service' | 'from' | 'to'>,
): Promise<readonly FieldProblem[]> {
  const registered = await agencies.listServices();
  const { agency, service, from, to } = values;
  const isAgencyKnown = agency === undefined || registered.some((each) => each.agency.id === agency);
  const isServiceKnown = service === undefined || registered.some((each) => each.service.clientId === service);
  const isReversed = from !== undefined && to !== undefined && from >= to;
  return [
    ...(isAgencyKnown ? [] : [{ field: 'agency', problem: 'agency-unknown' } as const]),
    ...(isServiceKnown ? [] : [{ field: 'service', problem: 'service-unknown' } as const]),
    ...(isReversed ? [{ field: 'to', problem: 'time-order' } as const] : []),
  ];
}

function withStandards({ parameters }: Question, values: Values): Values {
  const standards = parameters.filter(({ standard }) => standard !== undefined).map(({ name, standard }) => [name, standard]);
  return valuesSchema.parse({ ...Object.fromEntries(standards), ...values });
}

export async function parseQuestion({ agencies, ledger }: ParseNeeds, question: Question, given: URLSearchParams): Promise<ParsedQuestion> {
  const sent = readSent(given);
  const parsed = toQuestionSchema(question).safeParse(sent);
  const wrong = [...(parsed.success ? [] : toProblems(parsed.error, sent)), ...findRepeated(given)];
  if (!parsed.success || wrong.length > 0) {
    return { ok: false, problems: wrong };
  }
  const values = valuesSchema.parse(parsed.data);
  const { as_of: asOf = null, after = null, limit = pageLimit } = placesSchema.parse(parsed.data);
  const { entry, size } = values;
  const problems = [...(await findConflicts(agencies, values)), ...(await findBeyond(ledger, { entry, size, after }))];
  if (problems.length > 0) {
    return { ok: false, problems };
  }
  return { ok: true, value: { values: withStandards(question, values), asOf, page: { after, limit } } };
}
