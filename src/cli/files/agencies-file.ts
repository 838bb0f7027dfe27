// Agencies as a JSON file: untrusted text from outside. Only its shape is decided here; every rule is the domain's.
// Members of client metadata keep their registered names; a member that is not listed is refused, so that a slip of the pen is not a lost setting.

import { z } from 'zod';
import { serviceClasses } from '../../domain/agencies/agency.ts';
import { levels } from '../../domain/kernel/levels.ts';
import type { ClientMetadata } from '../../domain/agencies/agency.ts';
import { toRefusal } from '../../domain/agencies/proposal.ts';
import type { Finding, ProposedAgency, ProposedService, Proposal } from '../../domain/agencies/proposal.ts';
import { parseJson } from '../../domain/kernel/canonical.ts';
import { personKinds } from '../../domain/people/person.ts';
import { details, organisation, toOrganisation } from './details-file.ts';
import { localized, purpose, resourceAccess, toPurpose } from './purpose-file.ts';
import { findRepeatedMember } from './repeated-member.ts';
import { toShapeProblem } from './shape-problem.ts';

const uri = z.string().max(2000);
const uris = z.array(uri).max(100);

const resourceServer = z.strictObject({
  resource: uri,
  scopes: z
    .array(z.strictObject({ name: z.string(), text: localized }))
    .min(1)
    .max(100),
});

/** OpenID Connect Registration 1.0 §2, Back-Channel Logout 1.0 §2.2, RFC 9101 §10.5, RFC 9126 §6, RFC 9449 §5.2, JARM §3. */
const metadata = {
  redirect_uris: uris.optional(),
  post_logout_redirect_uris: uris.optional(),
  response_types: z.array(z.string()).optional(),
  /** The engine's name; OAuth has registered none. */
  response_modes: z.array(z.string()).max(5).optional(),
  grant_types: z.array(z.string()).optional(),
  application_type: z.enum(['web', 'native']).optional(),
  subject_type: z.literal('pairwise').optional(),
  scope: z.string().optional(),
  token_endpoint_auth_method: z.string().optional(),
  token_endpoint_auth_signing_alg: z.enum(['ES256', 'PS256', 'EdDSA']).optional(),
  jwks_uri: uri.optional(),
  jwks: z.strictObject({ keys: z.array(z.record(z.string(), z.json())).max(100) }).optional(),
  id_token_signed_response_alg: z.string().optional(),
  id_token_encrypted_response_alg: z.string().optional(),
  id_token_encrypted_response_enc: z.string().optional(),
  userinfo_signed_response_alg: z.string().optional(),
  userinfo_encrypted_response_alg: z.string().optional(),
  userinfo_encrypted_response_enc: z.string().optional(),
  backchannel_logout_uri: uri.optional(),
  backchannel_logout_session_required: z.boolean().optional(),
  /** Ours: where security event tokens are pushed (RFC 8935), and how long the service takes to answer for what was taken back. */
  security_events_uri: uri.optional(),
  answer_within: z.string().optional(),
  /** Ours: what a resource server takes tokens for, and where a service may act on its own behalf. */
  resource_server: resourceServer.optional(),
  resource_access: z.array(resourceAccess).max(50).optional(),
  initiate_login_uri: uri.optional(),
  default_max_age: z.int().nonnegative().optional(),
  /** Ours: how long a session may have rested before this service asks for a fresh ceremony, in seconds. */
  session_idle: z.int().min(60).max(1800).optional(),
  require_auth_time: z.boolean().optional(),
  require_pushed_authorization_requests: z.boolean().optional(),
  require_signed_request_object: z.boolean().optional(),
  request_object_signing_alg: z.string().optional(),
  authorization_signed_response_alg: z.string().optional(),
  dpop_bound_access_tokens: z.boolean().optional(),
  tls_client_certificate_bound_access_tokens: z.boolean().optional(),
  tls_client_auth_subject_dn: z.string().optional(),
  tls_client_auth_san_dns: z.string().optional(),
  tls_client_auth_san_uri: z.string().optional(),
  tls_client_auth_san_email: z.string().optional(),
  client_uri: uri.optional(),
  'client_uri#ar': uri.optional(),
  'client_uri#en': uri.optional(),
  policy_uri: uri.optional(),
  'policy_uri#ar': uri.optional(),
  'policy_uri#en': uri.optional(),
  tos_uri: uri.optional(),
  'tos_uri#ar': uri.optional(),
  'tos_uri#en': uri.optional(),
};

const service = z.strictObject({
  client_id: z.string(),
  class: z.enum(serviceClasses),
  name: localized,
  sector: z.string().optional(),
  audience: z.array(z.enum(personKinds)).default([]),
  minimum_loa: z.enum(levels).default('substantial'),
  client_secret: z.string().max(512).optional(),
  purposes: z.array(purpose).max(100).default([]),
  ...metadata,
  ...details,
});

const agency = z.strictObject({
  id: z.string(),
  registration_number: z.string(),
  name: localized,
  contacts: z.record(z.string().regex(/^[a-z_]{1,30}$/), z.string().regex(/^[^\p{C}<>]{1,254}$/u)).default({}),
  organisation: organisation.optional(),
  services: z.array(service).max(1000).default([]),
});

const agenciesFile = z.strictObject({ agencies: z.array(agency).max(1000) });

export type ParsedProposal =
  | { readonly ok: true; readonly proposal: Proposal }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const asDescribed = 'write the file as docs/guides/files.md describes';

const refuseFile = (problem: string): ParsedProposal => ({ ok: false, findings: [toRefusal('file', { problem, fix: asDescribed })] });

/** Where a text stops being JSON. V8 says it in no other way than in these words, and of a text that only ends too early it does not say it. */
function toPlaceOfFault(text: string): string {
  try {
    JSON.parse(text);
  } catch (cause) {
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(String(cause)) ?? [];
    return line === undefined || column === undefined ? '' : `: line ${line}, column ${column}`;
  }
  return '';
}

export function parseAgenciesFile(text: string): ParsedProposal {
  const given = parseJson(text);
  if (given === undefined) {
    return refuseFile(`is not JSON${toPlaceOfFault(text)}`);
  }
  const repeated = findRepeatedMember(text);
  if (repeated !== undefined) {
    return refuseFile(`names a member twice: ${repeated}`);
  }
  const parsed = agenciesFile.safeParse(given, { error: toShapeProblem });
  if (parsed.success) {
    return { ok: true, proposal: { agencies: parsed.data.agencies.map(toAgency) } };
  }
  const findings = parsed.error.issues.map((issue) => toRefusal(toPath(issue.path), { problem: issue.message, fix: asDescribed }));
  return { ok: false, findings };
}

function toPath(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? 'file' : text.replace(/^\./, '');
}

function toAgency(given: z.output<typeof agency>): ProposedAgency {
  return {
    id: given.id,
    registrationNumber: given.registration_number,
    name: given.name,
    contacts: given.contacts,
    ...(given.organisation === undefined ? {} : { organisation: toOrganisation(given.organisation) }),
    services: given.services.map(toService),
  };
}

function toService(given: z.output<typeof service>): ProposedService {
  const { client_id, class: serviceClass, name, sector, audience, minimum_loa, client_secret, purposes, ...rest } = given;
  return {
    clientId: client_id,
    serviceClass,
    name,
    sector: sector ?? null,
    audience,
    minimumLevel: minimum_loa,
    clientSecret: client_secret ?? null,
    metadata: toMetadata(rest),
    purposes: purposes.map(toPurpose),
  };
}

type Given = { readonly [Name in keyof typeof metadata]?: z.output<(typeof metadata)[Name]> };

function toMetadata(given: Given): ClientMetadata {
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
