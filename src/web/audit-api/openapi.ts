// The description of the auditor's interface (OpenAPI 3.1), made from the schemas that its answers and parameters are made of. Public: whoever writes a
// program reads it before there is a token.

import { z } from 'zod';
import { auditScope } from '../../domain/agencies/agency.ts';
import type { Json } from '../../domain/kernel/canonical.ts';
import type { PageNeeds } from '../needs.ts';
import { createDocumentPage, jsonSchema, toProblem, toSchemas } from '../openapi.ts';
import type { JsonObject } from '../openapi.ts';
import { checkpointAnswer, entryAnswer, entryFileAnswer, eventTypesAnswer, pageAnswer, problemAnswer, servicesAnswer } from './answers.ts';
import { listQuerySchema } from './api-query.ts';
import { dutiesAnswer, dutiesQuery } from './list-duties.ts';
import { linesType } from './list-entries.ts';
import { questionAnswer, questionLine, questionQuery, questionsAnswer } from './questions.ts';
import { toSessionCookieName } from '../staff/cookies.ts';
import { apiPath } from './protected-resource.ts';
import { searchLimit } from '../../domain/audit/search-entries.ts';
import { defaultLimit } from '../audit/entry-query.ts';

const answers = {
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
  Problem: problemAnswer,
} as const;
type AnswerName = keyof typeof answers;

const refer = (name: AnswerName): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const problems: JsonObject = {
  '400': toProblem('Parameters that do not exist or are wrong, each named.'),
  '401': {
    ...toProblem('No token, or one that is not accepted.'),
    headers: {
      'WWW-Authenticate': { description: 'RFC 6750 §3, RFC 9449 §7.1, RFC 9728 §5.1', schema: { type: 'string' } },
      'DPoP-Nonce': { description: 'the nonce for the next proof, where the token is bound to a key', schema: { type: 'string' } },
    },
  },
  '403': toProblem('A browser asked on behalf of another site, or somebody else than an auditor is signed in.'),
  '404': toProblem('No such entry or address.'),
  '406': toProblem('There is no answer in the form asked for.'),
  '503': toProblem('The ledger cannot be read, or the look-up cannot be written down; nothing was handed out.'),
};

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

const listAnswer: JsonObject = {
  description: 'A page of entries; or all that match as JSON Lines, one Entry a line.',
  headers: {
    Link: { description: 'RFC 8288, rel="next": the page behind this one', schema: { type: 'string' } },
    'Huwiya-Entries': { description: 'JSON Lines only: how many lines follow', schema: { type: 'integer' } },
    'Huwiya-Cut': {
      description: 'JSON Lines only: whether more entries match; an auditor takes no more alone than HUWIYA_AUDIT_EXPORT_ALONE says',
      schema: { type: 'boolean' },
    },
    'Huwiya-Log-Size': { description: 'JSON Lines only: entries in the ledger as it was taken', schema: { type: 'integer' } },
  },
  content: { 'application/json': { schema: refer('EntryPage') }, [linesType]: { schema: refer('Entry') } },
};

type Operation = {
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly about: string;
  readonly ok: JsonObject;
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
    ok: {
      description: 'The answer; or its figures and rows as JSON Lines.',
      content: {
        'application/json': { schema: refer('QuestionAnswer') },
        [linesType]: { schema: refer('QuestionLine') },
      },
    },
    parameters: [nameParameter, ...toParameters(questionQuery)],
  },
];

const operations: readonly Operation[] = [
  ...questionOperations,
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
    about:
      'What services owe people after something was taken back, where the last day has passed. It names services and nobody else. Every request is an entry of the ledger itself (record.searched).',
    ok: answer('OverdueDuties', 'A page of overdue answers, in the order in which they were opened.'),
    parameters: toParameters(dutiesQuery),
  },
];

const security: readonly JsonObject[] = [{ auditProgram: [auditScope] }, { auditorSession: [] }];

function toPaths(): JsonObject {
  const paths = operations.map(({ path, id, summary, about, ok, parameters = [] }): readonly [string, JsonObject] => [
    `${apiPath}${path}`,
    { get: { operationId: id, summary, description: about, parameters, security, responses: { '200': ok, ...problems } } },
  ]);
  return Object.fromEntries(paths);
}

const description =
  'Reads the ledger: what was decided, shared and changed, when, for which service. No answer names a person: an entry shows a mask that is the same in no other entry. Every look-up is an entry itself.';

function createOpenApi(needs: PageNeeds): JsonObject {
  const { issuer } = needs;
  const flow = { tokenUrl: `${issuer}/token`, scopes: { [auditScope]: 'read the ledger' } };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Huwiya: the auditor’s interface',
      version: '1.0.0',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: issuer }],
    paths: toPaths(),
    components: {
      schemas: toSchemas(answers, 'output'),
      securitySchemes: {
        auditProgram: {
          type: 'oauth2',
          description:
            'Client credentials with private_key_jwt. Tokens live 300 seconds. A token that was asked for with a DPoP proof needs one at each request.',
          flows: { clientCredentials: flow },
        },
        auditorSession: {
          type: 'apiKey',
          in: 'cookie',
          name: toSessionCookieName(needs),
          description: 'The session of an auditor who is signed in at /audit, in their own browser and from our own pages.',
        },
      },
    },
  };
}

export const serveOpenApi = createDocumentPage(createOpenApi);
