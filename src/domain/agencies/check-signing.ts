// Requests that a service signs (RFC 9101) and answers that are signed for it (JARM): with which algorithms of its class, and with which key of its own. The engine
// finds out only when a person is on the way.

import { isKeyFor } from './check-keys.ts';
import { classRules, signedModes } from './class-rules.ts';
import { readKeys, readText, readTexts } from './proposal.ts';
import type { Finding } from './proposal.ts';
import { applyRules, applyWarnings } from './service-case.ts';
import type { Rule, ServiceCase } from './service-case.ts';

export function checkSigning(given: ServiceCase): readonly Finding[] {
  const rules = [...toRequestRules(given), ...toAnswerRules(given)];
  return [...applyRules(given.path, rules), ...applyWarnings(given.path, toAdvice(given))];
}

/** The member that says that it signs; undefined where it says nothing of it. */
function findSigningMember({ service: { metadata } }: ServiceCase): string | undefined {
  if (metadata['request_object_signing_alg'] !== undefined) {
    return 'request_object_signing_alg';
  }
  return metadata['require_signed_request_object'] === true ? 'require_signed_request_object' : undefined;
}

function toRequestRules(given: ServiceCase): readonly Rule[] {
  const { serviceClass, metadata } = given.service;
  const { requestAlgorithms } = classRules[serviceClass];
  const algorithm = readText(metadata, 'request_object_signing_alg');
  if (algorithm !== undefined && !requestAlgorithms.includes(algorithm)) {
    return [
      {
        member: 'request_object_signing_alg',
        isBroken: true,
        problem: `${algorithm} is not an algorithm of class ${serviceClass}`,
        fix: `use ${requestAlgorithms.join(' or ')}`,
      },
    ];
  }
  const member = findSigningMember(given);
  return member === undefined ? [] : toKeyRules(given, member, algorithm === undefined ? requestAlgorithms : [algorithm]);
}

function toKeyRules({ service: { metadata } }: ServiceCase, member: string, algorithms: readonly string[]): readonly Rule[] {
  const isPublic = readText(metadata, 'token_endpoint_auth_method') === 'none';
  const hasKey = readKeys(metadata).some((key) => algorithms.some((name) => isKeyFor(key, name)));
  return [
    {
      member,
      isBroken: isPublic,
      problem: 'is for services that keep a key, and a public application keeps none',
      fix: 'remove it, or use private_key_jwt',
    },
    {
      member,
      isBroken: !isPublic && !hasKey && metadata['jwks_uri'] === undefined,
      problem: 'is there, and no key of the service signs so',
      fix: `register a key for ${algorithms.join(' or ')}`,
    },
  ];
}

function toAnswerRules({ service: { serviceClass, metadata } }: ServiceCase): readonly Rule[] {
  const { answerAlgorithms } = classRules[serviceClass];
  const algorithm = readText(metadata, 'authorization_signed_response_alg');
  return [
    {
      member: 'authorization_signed_response_alg',
      isBroken: algorithm !== undefined && !answerAlgorithms.includes(algorithm),
      problem: `${algorithm} is not an algorithm of class ${serviceClass}`,
      fix: `use ${answerAlgorithms.join(' or ')}`,
    },
  ];
}

function toAdvice({ service: { metadata } }: ServiceCase): readonly Rule[] {
  const hasSignedMode = readTexts(metadata, 'response_modes').some((mode) => signedModes.includes(mode));
  return [
    {
      member: 'authorization_signed_response_alg',
      isBroken: metadata['authorization_signed_response_alg'] !== undefined && !hasSignedMode,
      problem: 'signs nothing: response_modes names no signed mode',
      fix: 'add jwt to response_modes, or remove it',
    },
  ];
}
