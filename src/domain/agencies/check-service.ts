// What every service must bring, and may not, and how it proves who it is. Looks at metadata with the defaults filled in.

import { addDuration, dayMs, isDuration } from '../kernel/clock.ts';
import { readKeys, readText, readTexts, isProgram, toRefusal, toWarning } from './proposal.ts';
import type { Finding } from './proposal.ts';
import { checkCertificates } from './check-certificates.ts';
import { checkClass } from './check-class.ts';
import { classRules } from './class-rules.ts';
import { checkProgram } from './check-program.ts';
import { checkSigning } from './check-signing.ts';
import { toRedirectHosts } from './check-uris.ts';
import { applyRules } from './service-case.ts';
import type { ServiceCase } from './service-case.ts';

const scopes = ['openid', 'offline_access', 'profile', 'email', 'phone', 'address'];
const interactiveGrants = ['authorization_code', 'refresh_token', 'client_credentials'];
const minSecretLength = 16;
const goodSecretLength = 32;
const maxRedirects = 20;

export function checkService(given: ServiceCase): readonly Finding[] {
  const own = isProgram(given.service.metadata) ? checkProgram(given) : checkInteractive(given);
  return [...checkAuthentication(given), ...checkCertificates(given), ...checkClass(given), ...checkSigning(given), ...own];
}

function checkAuthentication({ path, proposed, service }: ServiceCase): readonly Finding[] {
  const method = readText(service.metadata, 'token_endpoint_auth_method') ?? '';
  const allowed = classRules[service.serviceClass].methods;
  if (!allowed.includes(method)) {
    return [
      toRefusal(`${path}.token_endpoint_auth_method`, {
        problem: `is not open to class ${service.serviceClass}`,
        fix: `use ${allowed.join(', ')}`,
      }),
    ];
  }
  const hasAddress = readText(service.metadata, 'jwks_uri') !== undefined;
  const keyless = method === 'private_key_jwt' && !hasAddress && !readKeys(service.metadata).some(({ use }) => use !== 'enc');
  return [
    ...(keyless
      ? [toRefusal(`${path}.jwks`, { problem: 'holds no key that signs', fix: 'give the public keys of the service inline' })]
      : []),
    ...checkSecret(`${path}.client_secret`, method, {
      given: proposed.clientSecret,
      isKnown: service.metadata['client_secret_sha256'] !== undefined,
    }),
  ];
}

function checkSecret(
  path: string,
  method: string,
  secret: { readonly given: string | null; readonly isKnown: boolean },
): readonly Finding[] {
  if (!method.startsWith('client_secret_')) {
    return secret.given === null ? [] : [toRefusal(path, { problem: `is not used with ${method}`, fix: 'remove it' })];
  }
  if (secret.given === null) {
    return secret.isKnown ? [] : [toRefusal(path, { problem: 'is missing', fix: 'give one of 256 random bits; only its digest is kept' })];
  }
  const fix = 'use 256 random bits, written in 43 characters of base64url';
  if (secret.given.length < minSecretLength || new Set(secret.given).size < minSecretLength / 2) {
    return [toRefusal(path, { problem: 'is too easy to guess', fix })];
  }
  return secret.given.length < goodSecretLength ? [toWarning(path, { problem: 'is short', fix })] : [];
}

function checkInteractive(given: ServiceCase): readonly Finding[] {
  return [...checkFlow(given), ...checkReach(given)];
}

function checkFlow({ path, service: { metadata } }: ServiceCase): readonly Finding[] {
  const redirects = readTexts(metadata, 'redirect_uris');
  const grants = readTexts(metadata, 'grant_types');
  const isUnboundPublic = readText(metadata, 'token_endpoint_auth_method') === 'none' && metadata['dpop_bound_access_tokens'] !== true;
  return applyRules(path, [
    {
      member: 'redirect_uris',
      isBroken: redirects.length === 0 || redirects.length > maxRedirects || new Set(redirects).size < redirects.length,
      problem: `must list 1 to ${maxRedirects} different URLs`,
      fix: 'list each exact URL once',
    },
    {
      member: 'grant_types',
      isBroken: !grants.includes('authorization_code') || !grants.every((grant) => interactiveGrants.includes(grant)),
      problem: 'names a grant that is not offered',
      fix: 'use authorization_code, and refresh_token where offline access was approved',
    },
    {
      member: 'grant_types',
      isBroken: grants.includes('client_credentials') && readText(metadata, 'token_endpoint_auth_method') === 'none',
      problem: 'gives tokens of its own to a service that cannot prove who it is',
      fix: 'remove client_credentials, or let the service sign in with a key or a secret',
    },
    {
      member: 'grant_types',
      isBroken: grants.includes('refresh_token') && isUnboundPublic,
      problem: 'gives refresh tokens to a public application without binding them',
      fix: 'set dpop_bound_access_tokens to true or remove refresh_token',
    },
    {
      member: 'response_types',
      isBroken: readTexts(metadata, 'response_types').join() !== 'code',
      problem: 'is not ["code"]',
      fix: 'use the authorization code flow',
    },
  ]);
}

function isAnswerTime(text: string | undefined): boolean {
  const length = text === undefined || !isDuration(text) ? undefined : addDuration(0, text);
  return text === undefined || (length !== undefined && length >= dayMs && length <= 366 * dayMs);
}

function checkReach({ path, proposed, service: { metadata } }: ServiceCase): readonly Finding[] {
  const scope = (readText(metadata, 'scope') ?? 'openid').split(' ');
  return applyRules(path, [
    {
      member: 'scope',
      isBroken: !scope.includes('openid') || scope.some((value) => !scopes.includes(value)),
      problem: 'lacks openid or names an unknown scope',
      fix: `use openid with any of ${scopes.slice(1).join(', ')}`,
    },
    {
      member: 'sector',
      isBroken: proposed.sector === null && toRedirectHosts(metadata).length > 1,
      problem: 'is needed, because the redirect URIs have several hosts',
      fix: 'name a sector (OIDC Core 1.0 §8.1)',
    },
    {
      member: 'audience',
      isBroken: proposed.audience.length === 0,
      problem: 'is empty',
      fix: 'name the kinds of person the service is for',
    },
    {
      member: 'answer_within',
      isBroken: !isAnswerTime(readText(metadata, 'answer_within')),
      problem: 'is no duration between a day and a year',
      fix: 'write one like P30D (ISO 8601)',
    },
    { member: 'purposes', isBroken: proposed.purposes.length === 0, problem: 'is empty', fix: 'say for what the service asks' },
  ]);
}
