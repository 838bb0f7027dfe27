// Reads the two requests of an ordinary sign-in as far as the short way goes (ADR-0112): their usual parameters, each once. Whatever else was sent, or was sent in
// another way, is left to the engine. Must never refuse anything.

import { parse } from 'node:querystring';
import { z } from 'zod';
import { readAssertion } from './plain-assertion.ts';
import type { PlainAssertion } from './plain-assertion.ts';

export type PlainRequest = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: ReadonlySet<string>;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly challenge: string | undefined;
  readonly purposeId: string | undefined;
};

/** Who asks, and by what that can be seen. */
export type PlainCredentials =
  | { readonly kind: 'secret'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'assertion'; readonly clientId: string; readonly assertion: PlainAssertion };

export type PlainExchangeRequest = {
  readonly credentials: PlainCredentials;
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string | undefined;
};

/** Once, and not empty: of one that came twice the engine's reading makes a list. */
const text = z.string().min(1);

/** RFC 7636 §4.1 and §4.2. */
const pkce = z.string().regex(/^[\w.\-~]{43,128}$/);

const asked = z.strictObject({
  client_id: text,
  redirect_uri: text,
  response_type: z.literal('code'),
  scope: text,
  state: text.optional(),
  nonce: text.optional(),
  code_challenge: pkce.optional(),
  code_challenge_method: z.literal('S256').optional(),
  purpose: text.optional(),
  // Of pages alone, of which there is none here.
  prompt: z.literal('none').optional(),
  ui_locales: text.optional(),
});

export function readPlainRequest(query: string): PlainRequest | undefined {
  // As the engine reads a query and a form.
  const fields = asked.safeParse(parse(query)).data;
  const scopes = new Set(fields?.scope.split(' '));
  const isPlain = scopes.has('openid') && !scopes.has('offline_access');
  if (fields === undefined || !isPlain || (fields.code_challenge === undefined) !== (fields.code_challenge_method === undefined)) {
    return undefined;
  }
  const { client_id: clientId, code_challenge: challenge, nonce, purpose: purposeId, redirect_uri: redirectUri, state } = fields;
  return { clientId, redirectUri, scopes, state, nonce, challenge, purposeId };
}

const exchanged = z.strictObject({
  grant_type: z.literal('authorization_code'),
  code: text,
  redirect_uri: text,
  code_verifier: pkce.optional(),
  client_id: text.optional(),
  client_secret: text.optional(),
  client_assertion: text.optional(),
  client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer').optional(),
});

type Fields = z.infer<typeof exchanged>;

const basicPattern = /^Basic ([A-Za-z0-9+/]+={0,2})$/;
/** Nothing that would have been written in another way (RFC 6749 §2.3.1). */
const unescaped = /^([A-Za-z0-9_.-]+):([A-Za-z0-9_.~-]+)$/;

function readBasic(authorization: string): PlainCredentials | undefined {
  const [, encoded = ''] = basicPattern.exec(authorization) ?? [];
  const [, clientId, secret] = unescaped.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return clientId === undefined || secret === undefined ? undefined : { kind: 'secret', clientId, secret };
}

function readSigned({ client_assertion: signed, client_assertion_type: type }: Fields): PlainCredentials | undefined {
  const assertion = signed === undefined || type === undefined ? undefined : readAssertion(signed);
  return assertion && { kind: 'assertion', clientId: assertion.claims.sub, assertion };
}

function readPosted({ client_id: clientId, client_secret: secret }: Fields): PlainCredentials | undefined {
  return clientId === undefined || secret === undefined ? undefined : { kind: 'secret', clientId, secret };
}

/** In one place alone: the header, a secret in the form, or an assertion. */
function readCredentials(fields: Fields, authorization: string | undefined): PlainCredentials | undefined {
  const { client_assertion: signed, client_assertion_type: type, client_id: clientId, client_secret: posted } = fields;
  const given = [authorization, posted, signed ?? type].filter((each) => each !== undefined);
  if (given.length !== 1) {
    return undefined;
  }
  const found = authorization === undefined ? (readPosted(fields) ?? readSigned(fields)) : readBasic(authorization);
  return clientId === undefined || clientId === found?.clientId ? found : undefined;
}

export function readPlainExchange(form: string, authorization: string | undefined): PlainExchangeRequest | undefined {
  const fields = exchanged.safeParse(parse(form)).data;
  const credentials = fields && readCredentials(fields, authorization);
  return fields && credentials && { credentials, code: fields.code, redirectUri: fields.redirect_uri, verifier: fields.code_verifier };
}
