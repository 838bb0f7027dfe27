// The description of the interface for agencies (OpenAPI 3.1), made from the schemas that parse what is sent and shape what is answered.

import type { Context } from 'koa';
import { z } from 'zod';
import { consentsScope } from '../../domain/agencies/agency.ts';
import { agencyApiPath } from '../../domain/duties/service-notice.ts';
import { problemAnswer } from '../audit-api/answers.ts';
import type { PageNeeds } from '../needs.ts';
import { createDocumentPage, jsonSchema, toProblem, toSchemas } from '../openapi.ts';
import type { JsonObject } from '../openapi.ts';
import {
  delivery,
  deliveryList,
  deliveryQuery,
  duty,
  dutyAnswerBody,
  dutyList,
  dutyQuery,
  statusAnswer,
  statusQuestion,
} from './schemas.ts';

const named = {
  StatusQuestion: statusQuestion,
  StatusAnswer: statusAnswer,
  Duty: duty,
  DutyList: dutyList,
  DutyAnswer: dutyAnswerBody,
  Delivery: delivery,
  DeliveryList: deliveryList,
  Problem: problemAnswer,
} as const;
type Name = keyof typeof named;

const refer = (name: Name): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (name: Name): JsonObject => ({ 'application/json': { schema: refer(name) } });
const problems: JsonObject = {
  '400': toProblem('What was sent is not as described; each part is named.'),
  '401': toProblem('No token, or one that is not accepted. WWW-Authenticate says which (RFC 6750 §3, RFC 9449 §7.1).'),
  '404': toProblem('No such duty of this service, or no such address.'),
  '409': toProblem('Another answer to this duty stands.'),
  '413': toProblem('The body is larger than this interface reads.'),
  '503': toProblem('The database cannot be read or written; nothing changed.'),
};

type Operation = {
  readonly id: string;
  readonly summary: string;
  readonly about: string;
  readonly answer: Name;
  readonly body?: Name;
  readonly parameters?: readonly JsonObject[];
};

function toOperation({ id, summary, about, answer, body, parameters }: Operation): JsonObject {
  const ok = { description: summary, content: json(answer) };
  return {
    operationId: id,
    summary,
    description: about,
    security: [{ service: [consentsScope] }],
    ...(parameters === undefined ? {} : { parameters: [...parameters] }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: { '200': ok, ...problems },
  };
}

function toQueryParameters(query: z.ZodType): readonly JsonObject[] {
  const { properties } = jsonSchema.parse(z.toJSONSchema(query, { io: 'input' }));
  return Object.entries(jsonSchema.parse(properties)).map(([name, given]) => {
    const { description = '', ...schema } = jsonSchema.parse(given);
    return { name, in: 'query', description, schema };
  });
}

const dutyId: JsonObject = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'as in the list and in the token',
  schema: { type: 'string' },
};

const about = {
  status: 'Ask before each job that uses what you hold. Whoever is not known to this service answers none, like whoever never decided.',
  list: 'What people took back and what you owe for it, also where you have no receiver for security event tokens.',
  answer:
    'The same answer again is the same answer. The person and the auditors see it; the words of the law are shown to the person as you write them.',
  deliveries:
    'Whether logout tokens and security event tokens reach you, and why not. A message that is given up is no longer tried: what it said is still in the list of duties.',
} as const;

function toPaths(): JsonObject {
  const check = {
    id: 'checkConsents',
    summary: 'Whether records are still valid',
    about: about.status,
    answer: 'StatusAnswer',
    body: 'StatusQuestion',
  } as const;
  const list = {
    id: 'listDuties',
    summary: 'What the service owes',
    about: about.list,
    answer: 'DutyList',
    parameters: toQueryParameters(dutyQuery),
  } as const;
  const answer = {
    id: 'answerDuty',
    summary: 'Answer for a duty',
    about: about.answer,
    answer: 'Duty',
    body: 'DutyAnswer',
    parameters: [dutyId],
  } as const;
  const deliveries = {
    id: 'listDeliveries',
    summary: 'What became of the messages to the service',
    about: about.deliveries,
    answer: 'DeliveryList',
    parameters: toQueryParameters(deliveryQuery),
  } as const;
  return {
    [`${agencyApiPath}/consents/status`]: { post: toOperation(check) },
    [`${agencyApiPath}/duties`]: { get: toOperation(list) },
    [`${agencyApiPath}/duties/{id}/answer`]: { post: toOperation(answer) },
    [`${agencyApiPath}/deliveries`]: { get: toOperation(deliveries) },
  };
}

function createOpenApi({ issuer }: PageNeeds): JsonObject {
  const flow = { tokenUrl: `${issuer}/token`, scopes: { [consentsScope]: 'read own records and duties, and answer' } };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Huwiya: the interface for agencies',
      version: '1.0.0',
      description:
        'For services, without a person in front of them. A service sees its own records and duties, and people by the subjects it knows.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: issuer }],
    paths: toPaths(),
    components: {
      schemas: toSchemas(named, 'input'),
      securitySchemes: {
        service: {
          type: 'oauth2',
          description:
            'Client credentials, with the key or the secret of the service; client_credentials must be among its grant_types. Tokens live 300 seconds.',
          flows: { clientCredentials: flow },
        },
      },
    },
  };
}

export const serveOpenApi = createDocumentPage(createOpenApi);

/** RFC 9728. */
export async function serveResourceMetadata(needs: PageNeeds, ctx: Context): Promise<void> {
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.body = {
    resource: `${needs.issuer}${agencyApiPath}`,
    resource_name: 'Huwiya: the interface for agencies',
    'resource_name#ar': 'هوية: واجهة الجهات البرمجية',
    resource_documentation: `${needs.issuer}${agencyApiPath}/openapi.json`,
    authorization_servers: [needs.issuer],
    scopes_supported: [consentsScope],
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: needs.engine.agencyPrograms.proofAlgorithms,
    tls_client_certificate_bound_access_tokens: needs.certificates !== undefined,
  };
}
