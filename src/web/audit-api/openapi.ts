// The description of the auditor's interface (OpenAPI 3.1), made from the schemas that its answers and parameters are made of. Public: whoever writes a
// program reads it before there is a token.

import { auditScope } from '../../domain/agencies/agency.ts';
import type { PageNeeds } from '../needs.ts';
import { createDocumentPage, toProblem, toSchemas } from '../openapi.ts';
import type { JsonObject } from '../openapi.ts';
import { toSessionCookieName } from '../staff/cookies.ts';
import { answers, operations } from './operations.ts';
import type { Operation } from './operations.ts';
import { apiPath } from './protected-resource.ts';

const problems: JsonObject = {
  '400': toProblem('Parameters that do not exist or are wrong, each named.'),
  '401': {
    ...toProblem('No token, or one that is not accepted.'),
    headers: {
      'WWW-Authenticate': { description: 'RFC 6750 §3, RFC 9449 §7.1, RFC 9728 §5.1', schema: { type: 'string' } },
      'DPoP-Nonce': { description: 'the nonce for the next proof, where the token is bound to a key', schema: { type: 'string' } },
    },
  },
  '403': toProblem(
    'A browser asked on behalf of another site, somebody else than an auditor is signed in, or an export is somebody else’s or reaches beyond the case.',
  ),
  '404': toProblem('No such entry, case, export or address.'),
  '409': toProblem('The case is over, or the export was called off, refused or is not agreed to.'),
  '413': toProblem('More entries than a file of this form holds.'),
  '406': toProblem('There is no answer in the form asked for.'),
  '503': toProblem('The ledger cannot be read, or the look-up cannot be written down; nothing was handed out.'),
};

/** A program is a member of no case, and takes nothing out of one. */
const sessionOnly: readonly JsonObject[] = [{ auditorSession: [] }];
const security: readonly JsonObject[] = [{ auditProgram: [auditScope] }, ...sessionOnly];

function toOperation({ id, summary, about, ok, body, status = '200', parameters = [] }: Operation): JsonObject {
  const content = body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: body } } } };
  const told = { operationId: id, summary, description: about, parameters, ...content };
  return { ...told, security: body === undefined ? security : sessionOnly, responses: { [status]: ok, ...problems } };
}

function toPaths(): JsonObject {
  const paths = Map.groupBy(operations, ({ path }) => path);
  return Object.fromEntries(
    [...paths].map(([path, each]) => [
      `${apiPath}${path}`,
      Object.fromEntries(each.map((operation) => [operation.body === undefined ? 'get' : 'post', toOperation(operation)])),
    ]),
  );
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
