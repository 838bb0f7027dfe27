// Who a service is, by an assertion that it signed with a key in the register (RFC 7523 §3), as far as the short way goes (ADR-0112): with ES256, by a key of its own
// name, for this issuer alone. Our own rules are those of every assertion; that it comes only once is for the commit to say.

import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { AllClientMetadata } from 'oidc-provider';
import { z } from 'zod';
import { toDigest } from '../../domain/kernel/ids.ts';
import { assertionLimits, findBrokenRule } from '../client-assertion.ts';
import { replayMarginSeconds } from '../replay.ts';
import type { EngineWrite } from '../store.ts';

const keySchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string().min(1),
  alg: z.literal('ES256').optional(),
  use: z.literal('sig').optional(),
});

/** By name. A name that two keys have is of neither, and a key of another kind is known on the long way alone. */
export function toPlainKeys(jwks: AllClientMetadata['jwks']): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  const listed: readonly unknown[] = jwks?.keys ?? [];
  const names = listed.map((key) => z.object({ kid: z.string() }).safeParse(key).data?.kid);
  for (const given of listed) {
    const key = keySchema.safeParse(given).data;
    if (key !== undefined && names.indexOf(key.kid) === names.lastIndexOf(key.kid)) {
      keys.set(key.kid, createPublicKey({ key, format: 'jwk' }));
    }
  }
  return keys;
}

const headerSchema = z.strictObject({ alg: z.literal('ES256'), kid: z.string(), typ: z.literal('JWT').optional() });

const claimsSchema = z.strictObject({
  iss: z.string().min(1),
  sub: z.string().min(1),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(1),
});

export type PlainAssertion = {
  readonly kid: string;
  readonly claims: z.infer<typeof claimsSchema>;
  readonly signed: string;
  readonly signature: Buffer;
};

const compact = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;

function readPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Nothing in it is believed yet. */
export function readAssertion(text: string): PlainAssertion | undefined {
  const [, head = '', body = '', signature = ''] = compact.exec(text) ?? [];
  const header = headerSchema.safeParse(readPart(head)).data;
  const claims = claimsSchema.safeParse(readPart(body)).data;
  return header && claims && { kid: header.kid, claims, signed: `${head}.${body}`, signature: Buffer.from(signature, 'base64url') };
}

type Asked = { readonly keys: ReadonlyMap<string, KeyObject>; readonly clientId: string; readonly issuer: string; readonly now: number };

export function isProof({ claims, kid, signature, signed }: PlainAssertion, { clientId, issuer, keys, now }: Asked): boolean {
  const nowSeconds = Math.floor(now / 1000);
  const key = keys.get(kid);
  const isOwn = claims.iss === clientId && claims.sub === clientId && claims.exp > nowSeconds;
  const isRight = isOwn && findBrokenRule(claims, { issuer, nowSeconds }) === undefined;
  return isRight && key !== undefined && verify('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** Under the name by which the engine would find it again. */
export function toReplay({ claims: { exp, iss, jti } }: PlainAssertion): EngineWrite {
  const expiresAt = (exp + assertionLimits.toleranceSeconds + replayMarginSeconds) * 1000;
  return { kind: 'save-replay', key: toDigest(`${iss}${jti}`), expiresAt };
}
