// Resource servers and who may use them: each is one address with scopes in plain words, and nobody is registered for a scope that is not there.

import { auditScope, consentsScope } from './agency.ts';
import type { ResourceScope } from './agency.ts';
import { checkText } from './check-text.ts';
import { checkUri } from './check-uris.ts';
import type { UriRules } from './check-uris.ts';
import type { FindServer } from './find-server.ts';
import { hasOwnAccess, isProgram, toRefusal } from './proposal.ts';
import type { Finding } from './proposal.ts';
import { readResourceAccess, readResourceServer } from './resource-server.ts';
import type { ResourceAccess, ResourceServer } from './resource-server.ts';
import { applyRules } from './service-case.ts';
import type { ServiceCase } from './service-case.ts';

// RFC 6749 §3.3, without what would have to be escaped in a file or a header.
const scopePattern = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/;
/** What these words mean is said elsewhere: OpenID Connect Core 1.0 §5.4 and §11, and our own interfaces. */
const ownScopes: ReadonlySet<string> = new Set([
  'openid',
  'offline_access',
  'profile',
  'email',
  'phone',
  'address',
  auditScope,
  consentsScope,
]);

export function checkResources(rules: UriRules, given: ServiceCase): readonly Finding[] {
  const { metadata } = given.service;
  const server = readResourceServer(metadata);
  const access = readResourceAccess(metadata);
  return [
    ...(server === undefined ? [] : checkServer(rules, `${given.path}.resource_server`, server)),
    ...applyRules(given.path, [
      {
        member: 'resource_server',
        isBroken: server !== undefined && !isProgram(metadata),
        problem: 'stands in a service that people use',
        fix: 'register the resource server apart, without grant_types',
      },
      {
        member: 'resource_access',
        isBroken: access.length > 0 && !hasOwnAccess(metadata),
        problem: 'is of no use without the grant client_credentials',
        fix: 'add it to grant_types, or name the resources in the purposes of the service',
      },
    ]),
  ];
}

function checkServer(rules: UriRules, path: string, { resource, scopes }: ResourceServer): readonly Finding[] {
  const names = new Set(scopes.map(({ name }) => name));
  const bare = { problem: 'has a query', fix: 'name the interface by its address alone' };
  return [
    ...checkUri(rules, `${path}.resource`, resource),
    ...(resource.includes('?') ? [toRefusal(`${path}.resource`, bare)] : []),
    ...(names.size < scopes.length ? [toRefusal(`${path}.scopes`, { problem: 'names one scope twice', fix: 'name each once' })] : []),
    ...scopes.flatMap((scope, index) => checkScope(`${path}.scopes[${index}]`, scope)),
  ];
}

function checkScope(path: string, { name, text }: ResourceScope): readonly Finding[] {
  const form = { problem: 'is not in the form of a scope', fix: 'use letters, digits and . _ : / -, such as permits:read' };
  const taken = { problem: 'has a meaning of its own at every provider', fix: 'use another word, such as permits:read' };
  return [
    ...(scopePattern.test(name) ? [] : [toRefusal(`${path}.name`, form)]),
    ...(ownScopes.has(name) ? [toRefusal(`${path}.name`, taken)] : []),
    ...checkText(`${path}.text`, text),
  ];
}

/** Everything that services are registered to use is there. */
export function checkResourceUses(cases: readonly ServiceCase[], find: FindServer): readonly Finding[] {
  return cases.flatMap(({ path, proposed, service }) => [
    ...checkUses(`${path}.resource_access`, readResourceAccess(service.metadata), find),
    ...proposed.purposes.flatMap(({ resources }, index) => checkUses(`${path}.purposes[${index}].resources`, resources, find)),
  ]);
}

function checkUses(path: string, uses: readonly ResourceAccess[], find: FindServer): readonly Finding[] {
  const isTwice = new Set(uses.map(({ server }) => server)).size < uses.length;
  return [
    ...(isTwice ? [toRefusal(path, { problem: 'names one resource server twice', fix: 'put its scopes together' })] : []),
    ...uses.flatMap((use, index) => checkUse(`${path}[${index}]`, use, find(use.server))),
  ];
}

function checkUse(path: string, { scopes }: ResourceAccess, server: ResourceServer | undefined): readonly Finding[] {
  if (server === undefined) {
    return [toRefusal(`${path}.server`, { problem: 'is no resource server', fix: 'write the client_id of a registered resource server' })];
  }
  const known = server.scopes.map(({ name }) => name);
  const unknown = scopes.filter((scope) => !known.includes(scope));
  return unknown.length === 0
    ? []
    : [toRefusal(`${path}.scopes`, { problem: `names ${unknown.join(', ')}, which is not offered there`, fix: `use ${known.join(', ')}` })];
}
