// What the class of a service asks of its registration, and what it does not open to it (decision 10, security M8 and 4.6). The engine forces little of
// this by itself: what passes here is what runs.

import { isKeyFor } from './check-keys.ts';
import { classRules, toFixedMembers } from './class-rules.ts';
import { readKeys, readText, readTexts } from './proposal.ts';
import type { Finding, Jwk } from './proposal.ts';
import { applyRules, applyWarnings } from './service-case.ts';
import type { Rule, ServiceCase } from './service-case.ts';

const fixedReasons: Readonly<Record<string, string>> = {
  require_pushed_authorization_requests: 'would let requests of class fapi pass through the browser',
  dpop_bound_access_tokens: 'would give class fapi tokens that anybody can use',
};

const signedMembers = ['id_token_signed_response_alg', 'userinfo_signed_response_alg'] as const;

export function checkClass(given: ServiceCase): readonly Finding[] {
  const rules = [...toFixedRules(given), ...toAlgorithmRules(given), ...toModeRules(given), ...toApplicationRules(given)];
  return [...applyRules(given.path, rules), ...applyWarnings(given.path, toAdvice(given))];
}

/** What the class decides can be left out, and not be written otherwise. */
function toFixedRules({ proposed }: ServiceCase): readonly Rule[] {
  return Object.keys(toFixedMembers(proposed.serviceClass, proposed.metadata)).map((member) => ({
    member,
    isBroken: proposed.metadata[member] === false,
    problem: fixedReasons[member] ?? `is always true in class ${proposed.serviceClass}`,
    fix: 'remove it or set it to true, or register the service in class standard',
  }));
}

function toAlgorithmRules({ service: { serviceClass, metadata } }: ServiceCase): readonly Rule[] {
  const { tokenAlgorithms } = classRules[serviceClass];
  const isOpen = (algorithm: string | undefined): boolean => algorithm === undefined || tokenAlgorithms.includes(algorithm);
  return [
    ...signedMembers.map((member) => ({
      member,
      isBroken: !isOpen(readText(metadata, member)),
      problem: `${readText(metadata, member)} is not an algorithm of class ${serviceClass}`,
      fix: `use ${tokenAlgorithms.join(' or ')}`,
    })),
    ...toOwnAlgorithmRules(readText(metadata, 'token_endpoint_auth_signing_alg'), {
      isKeyed: readText(metadata, 'token_endpoint_auth_method') === 'private_key_jwt',
      keys: readKeys(metadata),
    }),
  ];
}

function toOwnAlgorithmRules(
  algorithm: string | undefined,
  { isKeyed, keys }: { readonly isKeyed: boolean; readonly keys: readonly Jwk[] },
): readonly Rule[] {
  const member = 'token_endpoint_auth_signing_alg';
  return [
    {
      member,
      isBroken: algorithm !== undefined && !isKeyed,
      problem: 'is for services that sign in with a key',
      fix: 'remove it, or use private_key_jwt',
    },
    {
      member,
      isBroken: algorithm !== undefined && isKeyed && keys.length > 0 && !keys.some((key) => isKeyFor(key, algorithm)),
      problem: `is ${algorithm}, and no key of the service signs so`,
      fix: 'register a key of this kind, or name the algorithm of a key that is there',
    },
  ];
}

function toModeRules({ service: { serviceClass, metadata } }: ServiceCase): readonly Rule[] {
  const { open } = classRules[serviceClass].responseModes;
  const modes = metadata['response_modes'] === undefined ? undefined : readTexts(metadata, 'response_modes');
  const isOpen = modes === undefined || (modes.length > 0 && modes.every((mode) => open.includes(mode)));
  return [
    {
      member: 'response_modes',
      isBroken: !isOpen,
      problem: `is empty or names a mode that class ${serviceClass} does not have`,
      fix: `use ${open.join(' or ')}`,
    },
  ];
}

/** An application that is installed keeps no secret, and its tokens are bound to a key that its device made (RFC 8252 §8.5, decision 10). */
function toApplicationRules({ service: { metadata } }: ServiceCase): readonly Rule[] {
  const method = readText(metadata, 'token_endpoint_auth_method') ?? '';
  const isNative = readText(metadata, 'application_type') === 'native';
  const returns = [...readTexts(metadata, 'redirect_uris'), ...readTexts(metadata, 'post_logout_redirect_uris')];
  return [
    {
      member: 'token_endpoint_auth_method',
      isBroken: isNative && method.startsWith('client_secret_'),
      problem: 'is a secret that everybody who has the application has',
      fix: 'use none with dpop_bound_access_tokens, in class standard',
    },
    {
      member: 'dpop_bound_access_tokens',
      isBroken: isNative && method === 'none' && metadata['dpop_bound_access_tokens'] !== true,
      problem: 'is not true for an installed application, whose tokens then serve whoever finds them',
      fix: 'set it to true, or leave out application_type if it runs in a browser',
    },
    {
      member: 'redirect_uris',
      isBroken: isNative && !returns.filter((uri) => URL.canParse(uri)).every(isNativeReturn),
      problem: 'has a loopback host that an installed application cannot use',
      fix: 'use a claimed https URL; for trials http with localhost, 127.0.0.1 or [::1]',
    },
  ];
}

/** What the engine takes from an installed application. */
function isNativeReturn(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  const isNear = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' ? !isNear : isNear;
}

const longestSessionSeconds = 43_200;

function toAdvice({ service: { serviceClass, metadata } }: ServiceCase): readonly Rule[] {
  const keys = readKeys(metadata).filter(({ use }) => use !== 'enc');
  const age = metadata['default_max_age'];
  return [
    {
      member: 'jwks',
      isBroken: serviceClass === 'fapi' && keys.length === 1,
      problem: 'holds one key, and a change of keys would be a break',
      fix: 'register the next key beside it, up to ten',
    },
    {
      member: 'default_max_age',
      isBroken: typeof age === 'number' && age > longestSessionSeconds,
      problem: 'says nothing: nobody stays signed in for so long',
      fix: `use at most ${longestSessionSeconds} seconds, or leave it out`,
    },
  ];
}
