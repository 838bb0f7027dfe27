// Public keys of services. A key that is weak, private, or shared by two services proves nothing about who signed (RG-13).

import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { toCanonicalJson } from '../kernel/canonical.ts';
import { toDigest } from '../kernel/ids.ts';
import type { ClientMetadata } from './agency.ts';
import { readKeys, toRefusal } from './proposal.ts';
import type { Finding, Jwk, Remark } from './proposal.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;
const maxKeys = 10;
const algorithms: Readonly<Record<string, readonly string[]>> = { EC: ['ES256'], RSA: ['PS256'], OKP: ['EdDSA'] };

export function checkKeys(path: string, metadata: ClientMetadata): readonly Finding[] {
  const keys = readKeys(metadata);
  const findings = keys.flatMap((jwk, index) => {
    const problem = findKeyProblem(jwk);
    return problem === undefined ? [] : [toRefusal(`${path}.jwks.keys[${index}]`, problem)];
  });
  const prints = toThumbprints(metadata);
  const ids = keys.flatMap(({ kid }) => (typeof kid === 'string' ? [kid] : []));
  const isRepeated = new Set(prints).size < prints.length || new Set(ids).size < ids.length;
  const needsIds = keys.length > 1 && ids.length < keys.length;
  return [
    ...findings,
    ...(isRepeated
      ? [toRefusal(`${path}.jwks`, { problem: 'holds one key or one kid twice', fix: 'give each key once, with a kid of its own' })]
      : []),
    ...(needsIds ? [toRefusal(`${path}.jwks`, { problem: 'holds several keys and not all have a kid', fix: 'give each key a kid' })] : []),
    ...(keys.length > maxKeys ? [toRefusal(`${path}.jwks`, { problem: `holds more than ${maxKeys} keys`, fix: 'remove old keys' })] : []),
  ];
}

/** RFC 7638 thumbprints of the keys that can be read, in the one spelling the runtime gives them. */
export function toThumbprints(metadata: ClientMetadata): readonly string[] {
  return readKeys(metadata).flatMap((jwk) => {
    const key = parsePublicKey(jwk);
    return key === undefined ? [] : [toThumbprint(key)];
  });
}

function toThumbprint(key: KeyObject): string {
  const { kty = '', crv = null, x = null, y = null, n = null, e = null } = key.export({ format: 'jwk' });
  const members = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== null);
  return toDigest(toCanonicalJson(Object.fromEntries(members)));
}

function findKeyProblem(jwk: Jwk): Remark | undefined {
  if (privateMembers.some((member) => Object.hasOwn(jwk, member))) {
    return {
      problem: 'holds private or symmetric key material',
      fix: 'send the public key only, and replace this key: it must be taken as known to others',
    };
  }
  const key = parsePublicKey(jwk);
  if (key === undefined || !isStrong(key)) {
    return {
      problem: 'is not a usable public key',
      fix: 'use EC P-256, Ed25519, or RSA of 2048 to 4096 bits with the exponent 65537 or more',
    };
  }
  return findUseProblem(jwk);
}

function findUseProblem({ kty, alg, use }: Jwk): Remark | undefined {
  const allowed = typeof kty === 'string' ? (algorithms[kty] ?? []) : [];
  if (alg !== undefined && !(typeof alg === 'string' && allowed.includes(alg))) {
    return { problem: 'has an alg that does not fit its kind', fix: `use ${allowed.join(' or ')}` };
  }
  return use === undefined || use === 'sig'
    ? undefined
    : { problem: 'is not for signatures', fix: 'set use to sig, and use other keys for encryption' };
}

function parsePublicKey(jwk: Jwk): KeyObject | undefined {
  const texts = Object.entries(jwk).filter(
    ([name, value]) => ['kty', 'crv', 'x', 'y', 'n', 'e'].includes(name) && typeof value === 'string',
  );
  try {
    return createPublicKey({ key: Object.fromEntries(texts), format: 'jwk' });
  } catch {
    return undefined;
  }
}

function isStrong(key: KeyObject): boolean {
  const details = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') {
    const { modulusLength: bits = 0, publicExponent = 0n } = details;
    return bits >= 2048 && bits <= 4096 && publicExponent >= 65537n;
  }
  return key.asymmetricKeyType === 'ed25519' || details.namedCurve === 'prime256v1';
}
