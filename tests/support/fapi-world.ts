// A running Huwiya with what examples/conformance registers for the FAPI plans, and a person with every standard claim who has signed in and agreed: what each
// module starts from. The walk is the suite's: push, open with the parameters that RFC 6749 wants beside the reference, exchange, call UserInfo as the protected resource.

import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { prepareDoor, sendCertified } from './certificate-door.ts';
import type { CertificateDoorOfTests, ShownCertificate } from './certificate-door.ts';
import { createSelfSigned } from './certificate.ts';
import type { Issued } from './certificate.ts';
import { createFapiAssertion, createPlainRequest, createProver, sendProven, toAnswer, toAssertionFields } from './fapi-client.ts';
import type { Answer, AssertionChanges, Changes, PlainRequest, ProofChanges, Prover } from './fapi-client.ts';
import { loadFiles, prepareFiles } from './conformance-files.ts';
import { readFapiClients } from './fapi-services.ts';
import type { FapiClient } from './fapi-services.ts';
import { createTraveller, enrol } from './person-journey.ts';
import type { Traveller } from './person-journey.ts';
import type { Answered } from './user-agent.ts';
import { createRequestObject, readReturned } from './signed-request.ts';
import type { ObjectChanges } from './signed-request.ts';
import { goThrough } from './visits.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

/** A service, and the person at whose browser it is. */
export type Side = {
  readonly issuer: string;
  readonly traveller: Traveller;
  readonly client: FapiClient;
  readonly prover: Prover;
  /** Signs its requests, and has its answers signed (FAPI 2.0 Message Signing). */
  readonly isSigning: boolean;
  /** It signs in with a certificate and binds its tokens to it (RFC 8705), instead of assertions and proofs. */
  readonly certified?: { readonly door: CertificateDoorOfTests; readonly shown: ShownCertificate };
};

/** How the services of the plan prove who they are and what is theirs. */
export const ways = ['key', 'certificate'] as const;
export type Way = (typeof ways)[number];

export type FapiWorld = {
  readonly world: World;
  readonly issuer: string;
  readonly traveller: Traveller;
  readonly first: Side;
  readonly second: Side;
  readonly close: () => Promise<void>;
};

type Certified = { readonly door: CertificateDoorOfTests; readonly first: Issued; readonly second: Issued };

/** The first service has a certificate of an authority, and the second one of its own. */
async function certify(): Promise<Certified> {
  const door = await prepareDoor();
  const first = door.authority.issue({ subject: { C: 'SA', O: 'Conformance', CN: 'conformance-fapi-1' } });
  return { door, first, second: createSelfSigned({ subject: { CN: 'conformance-fapi-2' } }) };
}

const fileSchema = z.object({
  agencies: z.array(z.looseObject({ services: z.array(z.looseObject({ client_id: z.string() })) })),
});

/** The services of class `fapi` in a file, registered with certificates. */
function registerCertificates(file: string, { second }: Pick<Certified, 'second'>): void {
  const members: Readonly<Record<string, object>> = {
    'conformance-fapi-1': {
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: 'CN=conformance-fapi-1,O=Conformance,C=SA',
      jwks: undefined,
    },
    'conformance-fapi-2': { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [second.jwk] } },
  };
  const { agencies } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const changed = agencies.map((agency) => ({
    ...agency,
    services: agency.services.map((service) => {
      const own = members[service.client_id];
      return own === undefined ? service : { ...service, ...own, tls_client_certificate_bound_access_tokens: true };
    }),
  }));
  writeFileSync(file, JSON.stringify({ agencies: changed }));
}

type Prepared = ReturnType<typeof prepareFiles> & {
  readonly world: World;
  readonly show: (name: 'first' | 'second') => Pick<Side, 'certified'>;
};

async function prepareCertificates(): Promise<Prepared> {
  const certified = await certify();
  const world = await createWorld({ env: certified.door.env });
  const files = prepareFiles(world, 'fapi.json');
  registerCertificates(files.agencies, certified);
  return { world, ...files, show: (name) => ({ certified: { door: certified.door, shown: certified[name] } }) };
}

async function prepareKeys(configuration: Parameters<typeof prepareFiles>[1]): Promise<Prepared> {
  const world = await createWorld();
  return { world, ...prepareFiles(world, configuration), show: () => ({}) };
}

const preparations: Readonly<Record<Way | 'signing', () => Promise<Prepared>>> = {
  key: () => prepareKeys('fapi.json'),
  signing: () => prepareKeys('message-signing.json'),
  certificate: prepareCertificates,
};

/** `signing`: with the services that sign their requests (FAPI 2.0 Message Signing). */
export async function createFapiWorld(way: Way | 'signing' = 'key'): Promise<FapiWorld> {
  const { world, agencies, configuration, show } = await preparations[way]();
  const traveller = createTraveller(world.issuer);
  await enrol(traveller, await loadFiles(world, agencies, 'plain'));
  const { first, second } = readFapiClients(configuration);
  const shared = { issuer: world.issuer, traveller, isSigning: way === 'signing' };
  const at: FapiWorld = {
    world,
    issuer: world.issuer,
    traveller,
    first: { ...shared, client: first, prover: createProver(), ...show('first') },
    second: { ...shared, client: second, prover: createProver(), ...show('second') },
    close: world.close,
  };
  await authorize(at.first);
  await authorize(at.second);
  return at;
}

/** A new key for proofs, the same service. */
export const withNewKey = (side: Side): Side => ({ ...side, prover: { ...createProver(), nonce: side.prover.nonce } });

export type PushParts = {
  /** Of the authorization request. */
  readonly changes?: Changes;
  /** In the request object of a service that signs; null sends the parameters as they are. */
  readonly object?: ObjectChanges | null;
  /** Of the form besides. */
  readonly form?: Readonly<Record<string, string>>;
  readonly assertion?: AssertionChanges;
  /** With a proof at the endpoint; left out, none is sent. */
  readonly proof?: ProofChanges;
};

export type Pushed = { readonly answer: Answer; readonly request: PlainRequest };

export async function push(side: Side, parts: PushParts = {}): Promise<Pushed> {
  const url = `${side.issuer}/request`;
  const request = createPlainRequest(side.client, { ...(side.isSigning ? { response_mode: 'jwt' } : {}), ...parts.changes });
  const isSigned = side.isSigning && parts.object !== null;
  const sent = isSigned
    ? { request: createRequestObject({ ...side.client, issuer: side.issuer }, request.parameters, parts.object ?? {}) }
    : request.parameters;
  if (side.certified !== undefined) {
    const form = { ...request.parameters, client_id: side.client.clientId, ...parts.form };
    return { request, answer: await sendCertified(side.certified.door, side.certified.shown, { path: '/request', form }) };
  }
  const assertion = createFapiAssertion(side.issuer, side.client, parts.assertion);
  const body = new URLSearchParams({ ...sent, ...toAssertionFields(assertion), ...parts.form });
  if (parts.proof === undefined) {
    return { request, answer: await toAnswer(await fetch(url, { method: 'POST', body })) };
  }
  return { request, answer: await sendProven(side.prover, { method: 'POST', url }, { changes: parts.proof, body }) };
}

export function getRequestUri({ answer }: Pushed): string {
  const value = answer.body['request_uri'];
  if (answer.status !== 201 || typeof value !== 'string') {
    throw new Error(`not pushed: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return value;
}

const duplicated = ['response_type', 'scope', 'redirect_uri'] as const;

/** Where the browser is sent; `beside` are parameters that stand outside of what was pushed, `undefined` takes one out. */
export function toAuthorizationUrl(side: Side, pushed: Pushed, beside: Changes = {}): string {
  const { parameters } = pushed.request;
  const outer: Changes = {
    client_id: side.client.clientId,
    request_uri: getRequestUri(pushed),
    ...Object.fromEntries(duplicated.map((name) => [name, parameters[name]])),
    ...beside,
  };
  const url = new URL('/auth', side.issuer);
  Object.entries(outer).forEach(([name, value]) => value !== undefined && url.searchParams.set(name, value));
  return url.href;
}

export async function open(side: Side, pushed: Pushed, beside: Changes = {}): Promise<Answered> {
  return side.traveller.agent.get(toAuthorizationUrl(side, pushed, beside));
}

export type Authorized = {
  readonly request: PlainRequest;
  readonly pushed: Pushed;
  readonly callback: string;
  readonly answer: URLSearchParams;
};

export async function authorize(side: Side, parts: PushParts & { readonly beside?: Changes } = {}): Promise<Authorized> {
  const pushed = await push(side, parts);
  const arrived = await goThrough(side.traveller, await open(side, pushed, parts.beside));
  if (!arrived.url.startsWith(side.client.redirectUri)) {
    throw new Error(`the browser ended at ${new URL(arrived.url).pathname} with ${arrived.status}`);
  }
  const answer = await readReturned({ issuer: side.issuer, clientId: side.client.clientId }, arrived.url);
  return { request: pushed.request, pushed, callback: arrived.url, answer };
}

export type TokenParts = {
  /** `undefined` takes a field out. */
  readonly form?: Changes;
  readonly assertion?: AssertionChanges;
  /** Left out, a good proof is sent. */
  readonly proof?: ProofChanges;
  readonly without?: 'proof' | 'assertion';
};

export async function requestToken(side: Side, parts: TokenParts): Promise<Answer> {
  if (side.certified !== undefined) {
    const all = { client_id: side.client.clientId, ...parts.form };
    const form = Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    return sendCertified(side.certified.door, side.certified.shown, { path: '/token', form });
  }
  const assertion =
    parts.without === 'assertion'
      ? { client_id: side.client.clientId }
      : toAssertionFields(createFapiAssertion(side.issuer, side.client, parts.assertion));
  const body = new URLSearchParams(assertion);
  Object.entries(parts.form ?? {}).forEach(([name, value]) => value !== undefined && body.set(name, value));
  const url = `${side.issuer}/token`;
  if (parts.without === 'proof') {
    return toAnswer(await fetch(url, { method: 'POST', body }));
  }
  return sendProven(side.prover, { method: 'POST', url }, { changes: parts.proof ?? {}, body });
}

export async function exchange(side: Side, authorized: Authorized, parts: TokenParts = {}): Promise<Answer> {
  const form: Changes = {
    grant_type: 'authorization_code',
    code: authorized.answer.get('code') ?? '',
    redirect_uri: authorized.request.parameters['redirect_uri'],
    code_verifier: authorized.request.verifier,
    ...parts.form,
  };
  return requestToken(side, { ...parts, form });
}

export function readToken(answer: Answer, name: 'access_token' | 'refresh_token' | 'id_token' = 'access_token'): string {
  const value = answer.body[name];
  if (answer.status !== 200 || typeof value !== 'string') {
    throw new Error(`no ${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return value;
}

export type ResourceParts = {
  readonly proof?: ProofChanges;
  readonly without?: 'proof';
  readonly scheme?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** UserInfo is the resource that the plan protects. */
export async function callResource(side: Side, token: string, parts: ResourceParts = {}): Promise<Answer> {
  if (side.certified !== undefined) {
    const headers = { authorization: `${parts.scheme ?? 'Bearer'} ${token}`, ...parts.headers };
    return sendCertified(side.certified.door, side.certified.shown, { path: '/me', headers });
  }
  const url = `${side.issuer}/me`;
  const init = { authorization: `${parts.scheme ?? 'DPoP'} ${token}`, ...parts.headers };
  if (parts.without === 'proof') {
    return toAnswer(await fetch(url, { headers: init }));
  }
  return sendProven(side.prover, { method: 'GET', url, token }, { changes: parts.proof ?? {}, init });
}

export type Obtained = { readonly authorized: Authorized; readonly tokens: Answer; readonly accessToken: string };

export async function obtain(side: Side, parts: PushParts & { readonly beside?: Changes } = {}): Promise<Obtained> {
  const authorized = await authorize(side, parts);
  const tokens = await exchange(side, authorized);
  return { authorized, tokens, accessToken: readToken(tokens) };
}
