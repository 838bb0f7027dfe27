// Signed requests (RFC 9101) and signed answers (JARM) on the side of a service, by hand, so that a test can bend any part of either.

import { randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { signText } from './fapi-services.ts';
import type { AssertionAlgorithm, FapiClient } from './fapi-services.ts';

type Members = Readonly<Record<string, unknown>>;

/** What a test changes in a request object. A member that is `undefined` is left out. */
export type ObjectChanges = {
  readonly claims?: Members;
  readonly head?: Members;
  readonly algorithm?: AssertionAlgorithm;
  readonly key?: KeyObject;
  /** The finished object, bent. */
  readonly bend?: (object: string) => string;
};

export type Signer = Pick<FapiClient, 'clientId' | 'algorithm' | 'kid' | 'key'> & { readonly issuer: string };

export const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Members that every one of them has. */
export function toObjectClaims(issuer: string, clientId: string, parameters: Members): Members {
  const now = Math.floor(Date.now() / 1000);
  return { ...parameters, client_id: clientId, iss: clientId, aud: issuer, iat: now, nbf: now, exp: now + 60, jti: randomUUID() };
}

export function createRequestObject(signer: Signer, parameters: Members, changes: ObjectChanges = {}): string {
  const { algorithm = signer.algorithm, key = signer.key, bend = (object: string) => object } = changes;
  const head = { alg: algorithm, kid: signer.kid, typ: 'oauth-authz-req+jwt', ...changes.head };
  const text = `${encode(head)}.${encode({ ...toObjectClaims(signer.issuer, signer.clientId, parameters), ...changes.claims })}`;
  return bend(`${text}.${signText(text, key, algorithm)}`);
}

export type SignedAnswer = { readonly algorithm: string | undefined; readonly claims: Members };

/** JARM §2.4: of this provider, for this service, and not for long. */
export async function openSignedAnswer(issuer: string, clientId: string, response: string): Promise<SignedAnswer> {
  const keys = createRemoteJWKSet(new URL('/jwks', issuer));
  const options = { issuer, audience: clientId, algorithms: ['ES256', 'PS256'], requiredClaims: ['exp'] };
  const { payload } = await jwtVerify(response, keys, options);
  if (Number(payload.exp) - Date.now() / 1000 > 600) {
    throw new Error('the answer lives for more than ten minutes');
  }
  return { algorithm: decodeProtectedHeader(response).alg, claims: payload };
}

/** What an answer in the query says, signed or not; beside a signed one nothing stands but the query of the redirect URI itself. */
export async function readReturned(
  { issuer, clientId }: { readonly issuer: string; readonly clientId: string },
  url: string,
): Promise<URLSearchParams> {
  const { response, ...beside } = Object.fromEntries(new URL(url).searchParams);
  if (response === undefined) {
    return new URL(url).searchParams;
  }
  const { aud: _audience, exp: _end, ...claims } = (await openSignedAnswer(issuer, clientId, response)).claims;
  return new URLSearchParams({ ...beside, ...Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)])) });
}
