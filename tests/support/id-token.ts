// An ID token as its service reads it: signature checked against the published keys, then the claims.

import { createRemoteJWKSet, jwtVerify } from 'jose';

export async function readIdToken(issuer: string, token: unknown): Promise<Readonly<Record<string, unknown>>> {
  if (typeof token !== 'string') {
    throw new TypeError('there is no ID token');
  }
  const keys = createRemoteJWKSet(new URL('/jwks', issuer));
  const { payload } = await jwtVerify(token, keys, { issuer, algorithms: ['ES256', 'RS256'] });
  return payload;
}
