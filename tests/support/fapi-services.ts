// The two services of class `fapi` that the suite brings, as examples/conformance describes them: one signs with PS256 and one with ES256, and the second returns to
// an address with a query.

import { constants, createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { suiteBase } from './conformance-files.ts';

export type AssertionAlgorithm = 'PS256' | 'ES256' | 'RS256';

export type FapiClient = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly algorithm: AssertionAlgorithm;
  readonly kid: string;
  readonly key: KeyObject;
};

/** Signed with a key and under an algorithm, whatever the registration says of either. */
export function signText(text: string, key: KeyObject, algorithm: AssertionAlgorithm): string {
  const ways = {
    ES256: { key, dsaEncoding: 'ieee-p1363' },
    PS256: { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
    RS256: { key, padding: constants.RSA_PKCS1_PADDING },
  } as const;
  return sign('sha256', Buffer.from(text), ways[algorithm]).toString('base64url');
}

const keySchema = z.looseObject({ kid: z.string(), alg: z.enum(['PS256', 'ES256']), kty: z.string() });
const clientSchema = z.object({ client_id: z.string(), jwks: z.object({ keys: z.tuple([keySchema]) }) });
const configurationSchema = z.object({ client: clientSchema, client2: clientSchema });

function toClient(given: z.infer<typeof clientSchema>, redirectUri: string): FapiClient {
  const [{ kid, alg, ...jwk }] = given.jwks.keys;
  return { clientId: given.client_id, redirectUri, algorithm: alg, kid, key: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

export function readFapiClients(configuration: unknown): { readonly first: FapiClient; readonly second: FapiClient } {
  const { client, client2 } = configurationSchema.parse(configuration);
  const callback = `${suiteBase}/callback`;
  return { first: toClient(client, callback), second: toClient(client2, `${callback}?dummy1=lorem&dummy2=ipsum`) };
}

export const standardClaims = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'address',
  'updated_at',
] as const;
