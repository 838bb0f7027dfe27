// Answers that are encrypted to a service: which algorithms, and that there is a key of its own for them (ADR-0049). The engine looks for the key only when
// it answers, and takes any that has no use; so both are settled here.

import { encryptionAlgorithms } from './class-rules.ts';
import { readKeys, readText, toRefusal } from './proposal.ts';
import type { Finding, Jwk } from './proposal.ts';
import { applyRules } from './service-case.ts';
import type { Rule, ServiceCase } from './service-case.ts';

/** With which a key is wrapped for a service: with a key of its own, and never with a secret. */
export const wrappingAlgorithms = ['ECDH-ES+A256KW', 'RSA-OAEP-256'] as const;

/** With which the content is encrypted, and proven not to be changed. */
export const contentAlgorithms = ['A256GCM'] as const;

const answers = ['id_token', 'userinfo'] as const;

function isUsable({ kty, alg, use }: Jwk, wanted: string): boolean {
  const fitting = typeof kty === 'string' ? (encryptionAlgorithms[kty] ?? []) : [];
  return use === 'enc' && fitting.includes(wanted) && (alg === undefined || alg === wanted);
}

function toRules({ service: { metadata } }: ServiceCase, answer: (typeof answers)[number]): readonly Rule[] {
  const [alg, enc] = ['alg', 'enc'].map((part) => readText(metadata, `${answer}_encrypted_response_${part}`));
  const hasKey = metadata['jwks_uri'] !== undefined || readKeys(metadata).some((key) => isUsable(key, alg ?? ''));
  const isKnown = wrappingAlgorithms.some((offered) => offered === alg);
  return [
    {
      member: `${answer}_encrypted_response_alg`,
      isBroken: (alg !== undefined || enc !== undefined) && !isKnown,
      problem: 'is not an algorithm that is offered',
      fix: `use ${wrappingAlgorithms.join(' or ')}`,
    },
    {
      member: `${answer}_encrypted_response_enc`,
      isBroken: alg !== undefined && !contentAlgorithms.some((offered) => offered === enc),
      problem: 'is not an algorithm that is offered',
      fix: `use ${contentAlgorithms.join(' or ')}`,
    },
    {
      member: 'jwks',
      isBroken: isKnown && !hasKey,
      problem: `holds no key to encrypt with ${alg ?? ''}`,
      fix: 'add one with use enc that signs nothing',
    },
  ];
}

export function checkEncryption(given: ServiceCase): readonly Finding[] {
  const { metadata } = given.service;
  const isUnsigned = metadata['userinfo_encrypted_response_alg'] !== undefined && metadata['userinfo_signed_response_alg'] === undefined;
  const unsigned = isUnsigned
    ? [
        toRefusal(`${given.path}.userinfo_signed_response_alg`, {
          problem: 'is missing, and what is encrypted is signed first',
          fix: 'name an algorithm for the signature',
        }),
      ]
    : [];
  return [...answers.flatMap((answer) => applyRules(given.path, toRules(given, answer))), ...unsigned];
}
