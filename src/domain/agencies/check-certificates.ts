// What a service that uses certificates (RFC 8705) has to say of them: one name that stands in its certificate, or the certificate itself among its keys.

import type { ClientMetadata } from './agency.ts';
import { classRules } from './class-rules.ts';
import { parseName } from './distinguished-name.ts';
import { readKeys, readText } from './proposal.ts';
import type { Finding } from './proposal.ts';
import type { UriRules } from './check-uris.ts';
import { applyRules, applyWarnings } from './service-case.ts';
import type { Rule, ServiceCase } from './service-case.ts';

type NameForm = { readonly isRight: (text: string) => boolean; readonly problem: string; readonly fix: string };

const hostPattern = /^(?=.{4,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/;
const emailPattern = /^[^\s@<>,"]{1,64}@[a-z\d-]+(?:\.[a-z\d-]+)+$/i;

const nameForms: Readonly<Record<string, NameForm>> = {
  tls_client_auth_subject_dn: {
    isRight: (text) => parseName(text) !== undefined,
    problem: 'is no name of a certificate',
    fix: 'write it as RFC 4514 does, last part first: openssl x509 -noout -subject -nameopt RFC2253',
  },
  tls_client_auth_san_dns: {
    isRight: (text) => hostPattern.test(text),
    problem: 'is no host name',
    fix: 'write the whole name in small letters, without a wildcard',
  },
  tls_client_auth_san_uri: {
    isRight: (text) => /^[\x21-\x7E]{1,300}$/.test(text) && URL.canParse(text),
    problem: 'is no URI',
    fix: 'write it exactly as it stands in the certificate',
  },
  tls_client_auth_san_email: {
    isRight: (text) => emailPattern.test(text),
    problem: 'is no email address',
    fix: 'write the address that stands in the certificate',
  },
};

const nameMembers = Object.keys(nameForms);

function readNames(metadata: ClientMetadata): readonly string[] {
  return nameMembers.filter((member) => metadata[member] !== undefined);
}

/** By which a certificate is known as this service's, in one spelling: no two services may have the same. */
export function findCertificateName(metadata: ClientMetadata): string | undefined {
  const [member] = readNames(metadata);
  const text = member === undefined ? undefined : readText(metadata, member);
  return text === undefined ? undefined : `${member} ${parseName(text) ?? text.toLowerCase()}`;
}

export function checkCertificates(given: ServiceCase): readonly Finding[] {
  return applyRules(given.path, [...toNameRules(given), ...toOwnRules(given), ...toBindingRules(given)]);
}

function toNameRules({ service: { metadata } }: ServiceCase): readonly Rule[] {
  const names = readNames(metadata);
  const isNamed = readText(metadata, 'token_endpoint_auth_method') === 'tls_client_auth';
  const [first = 'tls_client_auth_subject_dn'] = names;
  return [
    {
      member: first,
      isBroken: isNamed && names.length !== 1,
      problem: names.length === 0 ? 'is missing: nothing says which certificate is that of the service' : 'is not the only name',
      fix: `give exactly one of ${nameMembers.join(', ')}`,
    },
    {
      member: first,
      isBroken: !isNamed && names.length > 0,
      problem: 'is for services that sign in with a certificate',
      fix: 'remove it, or set token_endpoint_auth_method to tls_client_auth',
    },
    ...names.map((member) => ({ member, ...toFormRule(member, readText(metadata, member) ?? '') })),
  ];
}

function toFormRule(member: string, text: string): Omit<Rule, 'member'> {
  const { isRight, problem, fix } = nameForms[member] ?? { isRight: () => false, problem: 'is unknown', fix: 'remove it' };
  return { isBroken: !isRight(text), problem, fix };
}

/** A certificate that nobody issued is known because it stands in the register. */
function toOwnRules({ service: { metadata } }: ServiceCase): readonly Rule[] {
  const isOwn = readText(metadata, 'token_endpoint_auth_method') === 'self_signed_tls_client_auth';
  const hasAddress = readText(metadata, 'jwks_uri') !== undefined;
  return [
    {
      member: 'jwks',
      isBroken: isOwn && !hasAddress && !readKeys(metadata).some(({ x5c, use }) => x5c !== undefined && use !== 'enc'),
      problem: 'holds no certificate',
      fix: 'give each key its certificate in x5c (RFC 8705 section 2.2.2)',
    },
  ];
}

const bound = 'tls_client_certificate_bound_access_tokens';

function toBindingRules({ service: { serviceClass, metadata } }: ServiceCase): readonly Rule[] {
  const isBound = metadata[bound] === true;
  return [
    {
      member: bound,
      isBroken: isBound && !classRules[serviceClass].mayBindByCertificate,
      problem: `is not open to class ${serviceClass}`,
      fix: 'remove it, or register the service in class standard or fapi',
    },
    {
      member: bound,
      isBroken: isBound && readText(metadata, 'token_endpoint_auth_method') === 'none',
      problem: 'binds the tokens of a service that runs on the devices of people to a certificate',
      fix: 'use dpop_bound_access_tokens',
    },
    {
      member: bound,
      isBroken: isBound && metadata['dpop_bound_access_tokens'] === true,
      problem: 'stands beside dpop_bound_access_tokens, and a token is bound to one thing',
      fix: 'keep one of the two',
    },
  ];
}

/** The operator may open it later, so nothing is refused for it. */
export function checkCertificateDoor({ hasCertificateDoor }: UriRules, { path, service: { metadata } }: ServiceCase): readonly Finding[] {
  const isMissing = hasCertificateDoor === false;
  const remark = {
    problem: 'needs a listener for certificates, and this provider has none',
    fix: 'ask the operator to set HUWIYA_MTLS_LISTEN',
  };
  const method = readText(metadata, 'token_endpoint_auth_method') ?? '';
  return applyWarnings(path, [
    { member: 'token_endpoint_auth_method', isBroken: isMissing && method.endsWith('tls_client_auth'), ...remark },
    { member: bound, isBroken: isMissing && metadata[bound] === true, ...remark },
  ]);
}
