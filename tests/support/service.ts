// The service's side of the protocol, spoken by hand so that tests can send exactly what they mean.

import { randomUUID, sign } from 'node:crypto';
import { clinicRedirect, clinicSecret, permitKey, permitRedirect } from './sample-services.ts';

export type Tokens = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function createAssertion(issuer: string, claims: Readonly<Record<string, unknown>> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const head = encode({ alg: 'ES256', kid: 'mol-1', typ: 'JWT' });
  const body = encode({
    iss: 'mol-work-permit',
    sub: 'mol-work-permit',
    aud: issuer,
    iat: now,
    exp: now + 60,
    jti: randomUUID(),
    ...claims,
  });
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key: permitKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return `${head}.${body}.${signature}`;
}

async function toTokens(response: Response): Promise<Tokens> {
  const body: unknown = await response.json();
  return { status: response.status, body: typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {} };
}

export async function requestTokens(
  issuer: string,
  fields: Readonly<Record<string, string>>,
  client: 'permit' | 'clinic' = 'permit',
): Promise<Tokens> {
  const credentials = `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}`;
  const authentication: Readonly<Record<string, string>> =
    client === 'clinic'
      ? {}
      : { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: createAssertion(issuer) };
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: client === 'clinic' ? { authorization: credentials } : {},
    body: new URLSearchParams({ ...authentication, ...fields }),
  });
  return toTokens(response);
}

/** Which of the two services it is follows from where the answer came back to. */
export async function exchangeCode(issuer: string, callback: string, verifier: string): Promise<Tokens> {
  const code = new URL(callback).searchParams.get('code') ?? '';
  const isClinic = callback.startsWith(clinicRedirect);
  const fields = { grant_type: 'authorization_code', code, code_verifier: verifier };
  return requestTokens(issuer, { ...fields, redirect_uri: isClinic ? clinicRedirect : permitRedirect }, isClinic ? 'clinic' : 'permit');
}

export async function fetchUserInfo(issuer: string, accessToken: unknown): Promise<Tokens> {
  const response = await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${String(accessToken)}` } });
  return toTokens(response);
}
