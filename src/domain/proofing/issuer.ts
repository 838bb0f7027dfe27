// A registry or provider whose signed statements are taken: under which keys it signs, in whose framework it speaks, and what it may say. Registered by the
// operator; there is no way in that a request could open.

import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Millis } from '../kernel/clock.ts';
import { checkMethods, strongMethods } from './evidence.ts';

const localized = z.strictObject({ ar: z.string().min(2).max(120), en: z.string().min(2).max(120) }).readonly();
const word = z.string().regex(/^[\x21-\x7E]{1,200}$/);

const algorithms = ['ES256', 'PS256', 'EdDSA'] as const;

const shortestModulus = 2048;

/** Which keys an algorithm can check with (RFC 7518 §3.4, §3.5; RFC 8037 §3.1). */
const fits: Readonly<Record<(typeof algorithms)[number], (key: KeyObject) => boolean>> = {
  ES256: ({ asymmetricKeyType: type, asymmetricKeyDetails: details }) => type === 'ec' && details?.namedCurve === 'prime256v1',
  PS256: ({ asymmetricKeyType: type, asymmetricKeyDetails: details }) => type === 'rsa' && (details?.modulusLength ?? 0) >= shortestModulus,
  EdDSA: ({ asymmetricKeyType: type }) => type === 'ed25519',
};

/** Said when the file comes, and not with an error at each statement. */
function isUsable(key: { readonly kty: string; readonly alg: keyof typeof fits }): boolean {
  try {
    return fits[key.alg](createPublicKey({ key: { ...key }, format: 'jwk' }));
  } catch {
    return false;
  }
}

/** Public keys alone: a private member would be a secret in our hands. */
const keySchema = z
  .looseObject({ kty: z.enum(['EC', 'RSA', 'OKP']), alg: z.enum(algorithms), kid: word })
  .refine((key) => !('d' in key), { message: 'is a private key', abort: true })
  .refine(isUsable, 'is no key of its alg')
  .readonly();

export const issuerSchema = z
  .strictObject({
    issuer: word,
    name: localized,
    jwks: z.strictObject({ keys: z.array(keySchema).min(1).max(10).readonly() }).readonly(),
    trust_framework: word,
    /** What it may state. */
    assurance_levels: z.array(word).min(1).max(20).readonly(),
    check_methods: z.array(z.enum(checkMethods)).min(1).readonly(),
    /** Which of these may lead to `high`, of a document with a picture whose holder's face was compared. */
    high_methods: z.array(z.enum(strongMethods)).readonly(),
  })
  .refine(({ check_methods: all, high_methods: high }) => high.every((method) => all.includes(method)), {
    path: ['high_methods'],
    message: 'names a method that check_methods does not',
  })
  .readonly();

export type IssuerFile = z.infer<typeof issuerSchema>;

export type ProofingIssuer = IssuerFile & {
  readonly since: Millis;
  /** Null while its statements are taken. */
  readonly endedAt: Millis | null;
};
