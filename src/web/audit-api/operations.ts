// What can be asked at the auditor's interface: each address with its parameters and answers, from the schemas that these are made of.

import { z } from 'zod';
import { searchLimit } from '../../domain/audit/search-entries.ts';
import type { Json } from '../../domain/kernel/canonical.ts';
import { defaultLimit } from '../audit/entry-query.ts';
import { jsonSchema } from '../openapi.ts';
import type { JsonObject } from '../openapi.ts';
import { checkpointAnswer, entryAnswer, entryFileAnswer, eventTypesAnswer, pageAnswer, problemAnswer, servicesAnswer } from './answers.ts';
import { listQuerySchema } from './api-query.ts';
import { exportAnswer, exportAsked, exportsAnswer } from './case-exports.ts';
import { casesAnswer } from './list-cases.ts';
import { dutiesAnswer, dutiesQuery } from './list-duties.ts';
import { linesType } from './list-entries.ts';
import { matchAnswer, matchPageAnswer, matchQuery } from './list-matches.ts';
import { caseQuestionQuery, questionAnswer, questionLine, questionQuery, questionsAnswer } from './questions.ts';

/** Schemas under the names that the description gives them. */
export const answers = {
  Entry: entryAnswer,
  EntryPage: pageAnswer,
  EntryFile: entryFileAnswer,
  Checkpoint: checkpointAnswer,
  EventTypes: eventTypesAnswer,
  Services: servicesAnswer,
  OverdueDuties: dutiesAnswer,
  Questions: questionsAnswer,
  QuestionAnswer: questionAnswer,
  QuestionLine: questionLine,
  Match: matchAnswer,
  MatchPage: matchPageAnswer,
  Cases: casesAnswer,
  Exports: exportsAnswer,
  Export: exportAnswer,
  ExportAsked: exportAsked,
  Problem: problemAnswer,
} as const;
type AnswerName = keyof typeof answers;

const refer = (name: AnswerName): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const answer = (name: AnswerName, description: string): JsonObject => ({
  description,
  content: { 'application/json': { schema: refer(name) } },
});

function toParameter([name, given]: readonly [string, Json]): JsonObject {
  const { description = '', ...schema } = jsonSchema.parse(given);
  const limit = { type: 'integer', minimum: 1, maximum: searchLimit, default: defaultLimit };
  const isList = schema['type'] === 'array';
  return {
    name,
    in: 'query',
    description,
    ...(isList ? { style: 'form', explode: false } : {}),
    schema: name === 'limit' ? limit : schema,
  };
}

function toParameters(schema: z.ZodType): readonly JsonObject[] {
  const { properties } = jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' }));
  return Object.entries(jsonSchema.parse(properties)).map(toParameter);
}

const linesHeaders: JsonObject = {
  'Huwiya-Entries': { description: 'JSON Lines only: how many lines follow', schema: { type: 'integer' } },
  'Huwiya-Cut': {
    description: 'JSON Lines only: whether more entries match; an auditor takes no more alone than HUWIYA_AUDIT_EXPORT_ALONE says',
    schema: { type: 'boolean' },
  },
  'Huwiya-Log-Size': { description: 'JSON Lines only: entries in the ledger as it was taken', schema: { type: 'integer' } },
};

const listAnswer: JsonObject = {
  description: 'A page of entries; or all that match as JSON Lines, one Entry a line.',
  headers: {
    Link: { description: 'RFC 8288, rel="next": the page behind this one', schema: { type: 'string' } },
    ...linesHeaders,
  },
  content: { 'application/json': { schema: refer('EntryPage') }, [linesType]: { schema: refer('Entry') } },
};

export type Operation = {
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly about: string;
  readonly ok: JsonObject;
  /** A post, whose body is of this schema; else it is read. */
  readonly body?: JsonObject;
  /** Of the answer; 200 else. */
  readonly status?: '200' | '201';
  readonly parameters?: readonly JsonObject[];
};

const indexParameter: JsonObject = {
  name: 'index',
  in: 'path',
  required: true,
  description: 'place in the ledger',
  schema: { type: 'integer', minimum: 0 },
};

const nameParameter: JsonObject = {
  name: 'name',
  in: 'path',
  required: true,
  description: 'name of the question',
  schema: { type: 'string' },
};

const caseParameter: JsonObject = {
  name: 'case',
  in: 'path',
  required: true,
  description: 'id of a case of the auditor, as /cases names it',
  schema: { type: 'string', format: 'uuid' },
};

const exportParameter: JsonObject = {
  name: 'export',
  in: 'path',
  required: true,
  description: 'id of an export of the case',
  schema: { type: 'string', format: 'uuid' },
};

const inLines = (page: AnswerName, line: AnswerName): JsonObject => ({
  'application/json': { schema: refer(page) },
  [linesType]: { schema: refer(line) },
});

const questionAnswered: JsonObject = {
  description: 'The answer; or its figures and rows as JSON Lines.',
  content: inLines('QuestionAnswer', 'QuestionLine'),
};

const matched: JsonObject = {
  description: 'A page of entries; or all that match as JSON Lines, read while they leave.',
  headers: linesHeaders,
  content: inLines('MatchPage', 'Match'),
};

/** Inside a case: for an auditor who is signed in and a member of it; to anybody else the case does not exist. */
const caseOperations: readonly Operation[] = [
  {
    path: '/cases',
    id: 'listCases',
    summary: 'Cases of the auditor',
    about: 'The cases of which the signed-in auditor is a member. Reading the list leaves no entry.',
    ok: answer('Cases', 'Cases, the newest first.'),
  },
  {
    path: '/cases/{case}/questions/{name}',
    id: 'askQuestionInCase',
    summary: 'Ask a saved question inside a case',
    about: 'As outside, within the reach of the case and with its pseudonyms. The entry of the asking names the case.',
    ok: questionAnswered,
    parameters: [caseParameter, nameParameter, ...toParameters(caseQuestionQuery)],
  },
  {
    path: '/cases/{case}/matches',
    id: 'listMatchesInCase',
    summary: 'Entries by every filter inside a case',
    about: 'As outside, within the reach of the case; people have its pseudonyms and can be asked about by them.',
    ok: matched,
    parameters: [caseParameter, ...toParameters(matchQuery)],
  },
  {
    path: '/cases/{case}/exports',
    id: 'listExports',
    summary: 'What was asked for within a case',
    about: 'How each export stands.',
    ok: answer('Exports', 'The newest hundred.'),
    parameters: [caseParameter],
  },
  {
    path: '/cases/{case}/exports',
    id: 'askExport',
    summary: 'Ask for an export',
    about:
      'An entry of the ledger (export.requested). Over the limit of HUWIYA_AUDIT_EXPORT_ALONE it waits: a second auditor of the case agrees at the desk, with their passkey.',
    body: refer('ExportAsked'),
    status: '201',
    ok: {
      ...answer('Export', 'It was asked for.'),
      headers: { Location: { description: 'where it stands', schema: { type: 'string' } } },
    },
    parameters: [caseParameter],
  },
  {
    path: '/cases/{case}/exports/{export}',
    id: 'getExport',
    summary: 'How an export stands',
    about: 'For every auditor of the case; an entry of the ledger (record.viewed).',
    ok: answer('Export', 'The export.'),
    parameters: [caseParameter, exportParameter],
  },
  {
    path: '/cases/{case}/exports/{export}/file',
    id: 'fetchExport',
    summary: 'Fetch an export',
    about: 'For whoever asked. An entry of the ledger (export.created) names what leaves by its digest, before it leaves.',
    ok: { description: 'The export, as it is read.', content: { 'application/zip': { schema: {} } } },
    parameters: [caseParameter, exportParameter],
  },
  {
    path: '/cases/{case}/exports/{export}/cancel',
    id: 'cancelExport',
    summary: 'Call an export off',
    about: 'For whoever asked, also while it is fetched: the file then ends in the middle. An entry of the ledger (export.cancelled).',
    body: { type: 'object' },
    ok: answer('Export', 'It was called off.'),
    parameters: [caseParameter, exportParameter],
  },
];

const questionOperations: readonly Operation[] = [
  {
    path: '/questions',
    id: 'listQuestions',
    summary: 'The saved questions',
    about: 'What each means, what it is asked with, and what it cannot say. Reading the list leaves no entry.',
    ok: answer('Questions', 'All questions.'),
  },
  {
    path: '/questions/{name}',
    id: 'askQuestion',
    summary: 'Ask a saved question',
    about:
      'Each asking is an entry of the ledger (record.searched). A question takes its own parameters of these and refuses the others. Questions about people are refused outside a case.',
    ok: questionAnswered,
    parameters: [nameParameter, ...toParameters(questionQuery)],
  },
];

export const operations: readonly Operation[] = [
  ...questionOperations,
  ...caseOperations,
  {
    path: '/matches',
    id: 'listMatches',
    summary: 'Entries by every filter',
    about: 'Filters combine. Every request is an entry of the ledger itself (record.searched). The cursor is a place in the ledger.',
    ok: matched,
    parameters: toParameters(matchQuery.omit({ person: true })),
  },
  {
    path: '/entries',
    id: 'listEntries',
    summary: 'Search the ledger',
    about:
      'Every request is an entry of the ledger itself (record.searched). The cursor is a place: entries that are added meanwhile neither repeat nor hide one.',
    ok: listAnswer,
    parameters: toParameters(listQuerySchema),
  },
  {
    path: '/entries/{index}',
    id: 'getEntry',
    summary: 'One entry with its proof',
    about: 'Every request is an entry of the ledger itself (record.viewed). The separate verifier checks the answer without this server.',
    ok: answer('EntryFile', 'The entry, its inclusion proof and the checkpoint.'),
    parameters: [indexParameter],
  },
  {
    path: '/checkpoint',
    id: 'getCheckpoint',
    summary: 'The newest checkpoint',
    about: 'Keep it where the operator cannot reach it: a ledger that was cut or rewritten is only seen against an old one.',
    ok: answer('Checkpoint', 'The newest signed state.'),
  },
  {
    path: '/event-types',
    id: 'listEventTypes',
    summary: 'Types of event',
    about: 'The values of the parameter type.',
    ok: answer('EventTypes', 'All types.'),
  },
  {
    path: '/services',
    id: 'listServices',
    summary: 'Services and their purposes',
    about: 'The values of the parameters service and purpose.',
    ok: answer('Services', 'All services.'),
  },
  {
    path: '/duties',
    id: 'listOverdueDuties',
    summary: 'Answers that are overdue',
    about: 'What services owe people after something was taken back, where the last day has passed. It names services and nobody else.',
    ok: answer('OverdueDuties', 'A page of overdue answers, in the order in which they were opened.'),
    parameters: toParameters(dutiesQuery),
  },
];
