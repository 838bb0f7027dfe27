// What a program must bring, and may not, that reads the auditor's interface, calls resource servers or is one: it signs in with its key alone, and no person
// is ever in front of it.

import { auditScope } from './agency.ts';
import { readText, readTexts } from './proposal.ts';
import type { Finding } from './proposal.ts';
import { readResourceAccess, readResourceServer } from './resource-server.ts';
import { applyRules } from './service-case.ts';
import type { ServiceCase } from './service-case.ts';

const ownMethods: readonly string[] = ['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'];

/** Metadata of a service that people use: where they are sent back to, and what is made for them. */
const personalMembers = [
  'redirect_uris',
  'response_types',
  'response_modes',
  'post_logout_redirect_uris',
  'backchannel_logout_uri',
  'backchannel_logout_session_required',
  'security_events_uri',
  'answer_within',
  'initiate_login_uri',
  'application_type',
  'subject_type',
  'default_max_age',
  'session_idle',
  'require_auth_time',
  'require_pushed_authorization_requests',
  'require_signed_request_object',
  'request_object_signing_alg',
  'authorization_signed_response_alg',
  'id_token_signed_response_alg',
  'id_token_encrypted_response_alg',
  'userinfo_signed_response_alg',
  'userinfo_encrypted_response_alg',
] as const;

export function checkProgram(given: ServiceCase): readonly Finding[] {
  return [...checkAccess(given), ...checkPersonal(given)];
}

function checkAccess({ path, service }: ServiceCase): readonly Finding[] {
  const { metadata } = service;
  const grants = readTexts(metadata, 'grant_types');
  const scope = readText(metadata, 'scope');
  const isServer = readResourceServer(metadata) !== undefined;
  const hasAccess = readResourceAccess(metadata).length > 0;
  return applyRules(path, [
    {
      member: 'class',
      isBroken: service.serviceClass === 'legacy',
      problem: 'is legacy, which is for applications that know no keys',
      fix: 'use standard, or fapi to bind its tokens to a key',
    },
    {
      member: 'grant_types',
      isBroken: grants.some((grant) => grant !== 'client_credentials') || (grants.length !== 1 && !isServer),
      problem: 'mixes client_credentials with others',
      fix: 'register the program apart from the service that people use',
    },
    {
      member: 'scope',
      isBroken: scope !== (isServer || hasAccess ? undefined : auditScope),
      problem: isServer || hasAccess ? 'says nothing about resource servers' : `is not ${auditScope}`,
      fix: `name scopes of resource servers in resource_access; an audit program has the scope ${auditScope} alone`,
    },
    {
      member: 'token_endpoint_auth_method',
      isBroken: !ownMethods.includes(readText(metadata, 'token_endpoint_auth_method') ?? ''),
      problem: 'is no proof of its own',
      fix: 'let the program sign in with a key (private_key_jwt) or with a certificate',
    },
  ]);
}

function checkPersonal({ path, proposed }: ServiceCase): readonly Finding[] {
  const personal = personalMembers.filter((member) => {
    const value = proposed.metadata[member];
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  return applyRules(path, [
    ...personal.map((member) => ({
      member,
      isBroken: true,
      problem: 'makes no sense without a person',
      fix: 'remove it, or register the program apart from the service that people use',
    })),
    { member: 'audience', isBroken: proposed.audience.length > 0, problem: 'names persons, and none is there', fix: 'remove it' },
    { member: 'purposes', isBroken: proposed.purposes.length > 0, problem: 'ask persons, and none is there', fix: 'remove them' },
  ]);
}
