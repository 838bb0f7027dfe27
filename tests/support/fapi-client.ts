// The side of a `fapi` service on the wire, by hand, so that a test can bend any one part of it: assertions, proofs with the server's nonce, pushed requests,
// tokens, the protected resource. Like the suite it asks again with the same assertion when it is told to bring a nonce (RFC 9449 §8).

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { createProof, createProofKey } from './dpop-proof.ts';
import type { ProofClaims, ProofKey } from './dpop-proof.ts';
import { toObject } from './raw-request.ts';
import { signText } from './fapi-services.ts';
import type { AssertionAlgorithm, FapiClient } from './fapi-services.ts';

export type Answer = {
  readonly status: number;
  readonly error: unknown;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

export type AssertionChanges = {
  /** `undefined` takes a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly algorithm?: AssertionAlgorithm;
  readonly key?: KeyObject;
};

export function createFapiAssertion(issuer: string, client: FapiClient, changes: AssertionChanges = {}): string {
  const { algorithm = client.algorithm, key = client.key } = changes;
  const own = { iss: client.clientId, sub: client.clientId, aud: issuer, iat: nowSeconds(), exp: nowSeconds() + 60, jti: randomUUID() };
  const text = `${encode({ alg: algorithm, kid: client.kid })}.${encode({ ...own, ...changes.claims })}`;
  return `${text}.${signText(text, key, algorithm)}`;
}

export const toAssertionFields = (assertion: string): Readonly<Record<string, string>> => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});

/** What a test changes in a proof. A member that is `undefined` is left out. */
export type ProofChanges = {
  readonly key?: ProofKey;
  readonly claims?: ProofClaims;
  readonly head?: ProofClaims;
  /** The finished proof, bent. */
  readonly bend?: (proof: string) => string;
};

/** The keys and the nonce of one service; the nonce is the server's last word. */
export type Prover = {
  readonly key: ProofKey;
  readonly thumbprint: () => Promise<string>;
  readonly nonce: { current: string | undefined };
};

export function createProver(): Prover {
  const key = createProofKey();
  return { key, thumbprint: async () => toThumbprint(key), nonce: { current: undefined } };
}

export const toThumbprint = async (key: ProofKey): Promise<string> => calculateJwkThumbprint(key.jwk);

export type Proven = { readonly method: string; readonly url: string; readonly token?: string };

export function prove(prover: Prover, asked: Proven, changes: ProofChanges = {}): string {
  const { nonce } = prover;
  const token = asked.token === undefined ? {} : { token: asked.token };
  const proof = createProof(changes.key ?? prover.key, {
    url: asked.url,
    ...token,
    claims: { htm: asked.method, ...(nonce.current === undefined ? {} : { nonce: nonce.current }), ...changes.claims },
    ...(changes.head === undefined ? {} : { head: changes.head }),
  });
  return changes.bend === undefined ? proof : changes.bend(proof);
}

export async function toAnswer(response: Response): Promise<Answer> {
  const body = toObject(await response.text());
  return { status: response.status, error: body['error'], body, headers: response.headers };
}

const isChallenge = ({ error, headers }: Answer): boolean =>
  error === 'use_dpop_nonce' || (headers.get('www-authenticate') ?? '').includes('use_dpop_nonce');

/** Sends once, and once more with the nonce it is told to bring. */
export async function sendProven(
  prover: Prover,
  proven: Proven,
  parts: { readonly changes?: ProofChanges; readonly init?: Readonly<Record<string, string>>; readonly body?: URLSearchParams },
): Promise<Answer> {
  const send = async (): Promise<Answer> => {
    const headers = { ...parts.init, dpop: prove(prover, proven, parts.changes) };
    const answer = await toAnswer(
      await fetch(proven.url, { method: proven.method, headers, ...(parts.body === undefined ? {} : { body: parts.body }) }),
    );
    prover.nonce.current = answer.headers.get('dpop-nonce') ?? prover.nonce.current;
    return answer;
  };
  const first = await send();
  return isChallenge(first) ? send() : first;
}

export type PlainRequest = {
  readonly parameters: Readonly<Record<string, string>>;
  readonly verifier: string;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
};

export type Changes = Readonly<Record<string, string | undefined>>;

/** A good request of this service with some parameters changed; `undefined` takes one out. */
export function createPlainRequest(client: FapiClient, changes: Changes = {}): PlainRequest {
  const verifier = randomBytes(32).toString('base64url');
  const all: Changes = {
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid profile',
    state: randomBytes(12).toString('base64url'),
    nonce: randomBytes(12).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const parameters = Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return { parameters, verifier, state: all['state'], nonce: all['nonce'] };
}
