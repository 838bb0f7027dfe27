// Public keys of services. A key that is weak, private, or shared by two services proves nothing about who signed (RG-13).

import { X509Certificate, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { toCanonicalJson } from '../kernel/canonical.ts';
import { toDigest } from '../kernel/ids.ts';
import type { ClientMetadata } from './agency.ts';
import { encryptionAlgorithms, signatureAlgorithms } from './class-rules.ts';
import { readKeys, toRefusal } from './proposal.ts';
import type { Finding, Jwk, Remark } from './proposal.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;
export const maxKeys = 10;
/** A check takes as many steps as the exponent has bits, and the exponent may be as long as the modulus (RX-05). */
const mostExponent = 0xffff_ffffn;

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
      ? [
          toRefusal(`${path}.jwks`, {
            problem: 'holds one key or one kid twice',
            fix: 'give each key once, with a kid of its own, and other keys to sign than to decrypt',
          }),
        ]
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
      fix: 'use EC P-256, Ed25519, or RSA of 2048 to 4096 bits with the exponent 65537, or one of up to 32 bits',
    };
  }
  return isCertifiedOtherwise(jwk['x5c'], key)
    ? { problem: 'has a certificate in x5c that is not one of this key', fix: 'give the certificate of the key, as base64 of its DER' }
    : findUseProblem(jwk);
}

/** RFC 7517 §4.7: the first is the certificate of the key itself. */
function isCertifiedOtherwise(chain: Jwk[string] | undefined, key: KeyObject): boolean {
  if (chain === undefined) {
    return false;
  }
  const first: unknown = Array.isArray(chain) ? chain[0] : undefined;
  try {
    return typeof first !== 'string' || !new X509Certificate(Buffer.from(first, 'base64')).publicKey.equals(key);
  } catch {
    return true;
  }
}

/** For a key that was found where a service publishes its own. */
export function isUsableKey(jwk: Jwk): boolean {
  return findKeyProblem(jwk) === undefined;
}

/** A key signs unless it says otherwise, and never does both: what is decrypted for somebody must not be a signature for somebody else. */
function findUseProblem({ kty, alg, use }: Jwk): Remark | undefined {
  if (use !== undefined && use !== 'sig' && use !== 'enc') {
    return { problem: 'has a use that is neither sig nor enc', fix: 'set use to sig, or to enc for a key of its own' };
  }
  return findAlgorithmProblem(alg, typeof kty === 'string' ? toAlgorithms(kty, use) : []);
}

/** Whether a service may sign with this key so. */
export function isKeyFor({ kty, use, alg }: Jwk, algorithm: string): boolean {
  const fits = typeof kty === 'string' && (signatureAlgorithms[kty] ?? []).includes(algorithm);
  return fits && use !== 'enc' && (alg === undefined || alg === algorithm);
}

function toAlgorithms(kty: string, use: 'sig' | 'enc' | undefined): readonly string[] {
  return (use === 'enc' ? encryptionAlgorithms : signatureAlgorithms)[kty] ?? [];
}

function findAlgorithmProblem(alg: Jwk[string] | undefined, allowed: readonly string[]): Remark | undefined {
  if (allowed.length === 0) {
    return { problem: 'is of a kind that cannot encrypt', fix: 'use EC P-256 or RSA for encryption' };
  }
  return alg === undefined || (typeof alg === 'string' && allowed.includes(alg))
    ? undefined
    : { problem: 'has an alg that does not fit its kind and use', fix: `use ${allowed.join(' or ')}` };
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

const isExponent = (exponent: bigint): boolean => exponent >= 65537n && exponent <= mostExponent;

function isStrong(key: KeyObject): boolean {
  const details = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') {
    const { modulusLength: bits = 0, publicExponent = 0n } = details;
    return bits >= 2048 && bits <= 4096 && isExponent(publicExponent);
  }
  return key.asymmetricKeyType === 'ed25519' || details.namedCurve === 'prime256v1';
}
