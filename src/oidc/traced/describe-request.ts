// What was asked, as far as it can be kept: names that the protocol knows, and values that the register or a specification knows. Whatever else came is counted
// and not kept, because a name or a value that somebody made up may be anything, a person's number too.

import type { OIDCContext } from 'oidc-provider';
import { allClaimNames } from '../../domain/attributes/catalogue.ts';
import { levelNames } from '../../domain/kernel/levels.ts';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { readTexts } from '../../domain/agencies/proposal.ts';
import { verifiedClaims } from '../../domain/verified/ask-verified.ts';
import type { FactNote, TraceFact } from '../../domain/traces/trace.ts';
import { allScopes } from '../scopes.ts';
import { findDifference } from './compare-address.ts';

type Described = { readonly value: string | null; readonly note: FactNote | null };
type Describe = (text: string, registered: RegisteredService) => Described;

const given: Describe = () => ({ value: null, note: 'given' });

/** Words out of a list that somebody else made; the rest is only said to be there. */
function among(known: Iterable<string>): Describe {
  const words = new Set(known);
  return (text) => {
    const named = [...new Set(text.split(/\s+/).filter((word) => word !== ''))];
    const kept = named.filter((word) => words.has(word));
    return { value: kept.length === 0 ? null : kept.join(' '), note: kept.length === named.length ? null : 'unknown' };
  };
}

function address(member: 'redirect_uris' | 'post_logout_redirect_uris'): Describe {
  return (text, { service }) => {
    const registered = readTexts(service.metadata, member);
    return registered.includes(text)
      ? { value: text, note: null }
      : { value: null, note: findDifference(text, registered) ?? 'unregistered' };
  };
}

function toObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return toObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const knownClaims = among([...allClaimNames(), verifiedClaims, 'sub', 'sid', 'acr', 'amr', 'auth_time', 'iss']);

const claims: Describe = (text, registered) => {
  const parsed = parseJson(text);
  if (parsed === undefined) {
    return { value: null, note: 'unreadable' };
  }
  const names = [parsed['userinfo'], parsed['id_token']].flatMap((part) => Object.keys(toObject(part) ?? {}));
  return knownClaims(names.join(' '), registered);
};

const number: Describe = (text) => (/^\d{1,9}$/.test(text) ? { value: text, note: null } : { value: null, note: 'unreadable' });

const purpose: Describe = (text, { purposes }) =>
  purposes.some(({ id }) => id === text) ? { value: text, note: null } : { value: null, note: 'unregistered' };

const clientId: Describe = (text, { service }) =>
  text === service.clientId ? { value: text, note: null } : { value: null, note: 'other' };

const levels = Object.values(levelNames);
const grants = ['authorization_code', 'refresh_token', 'client_credentials', 'password', 'implicit'];
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const describers: Readonly<Record<string, Describe>> = {
  client_id: clientId,
  response_type: among(['code', 'token', 'id_token', 'none']),
  response_mode: among(['query', 'fragment', 'form_post', 'web_message', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt']),
  redirect_uri: address('redirect_uris'),
  scope: among(allScopes),
  purpose,
  claims,
  claims_locales: among(['ar', 'en']),
  ui_locales: among(['ar', 'en']),
  prompt: among(['none', 'login', 'consent', 'select_account', 'create']),
  display: among(['page', 'popup', 'touch', 'wap']),
  acr_values: among(levels),
  max_age: number,
  state: given,
  nonce: given,
  login_hint: given,
  id_token_hint: given,
  logout_hint: given,
  code_challenge: given,
  code_challenge_method: among(['S256', 'plain']),
  request: given,
  request_uri: given,
  registration: given,
  resource: given,
  authorization_details: given,
  dpop_jkt: given,
  grant_type: among(grants),
  code: given,
  code_verifier: given,
  refresh_token: given,
  access_token: given,
  client_secret: given,
  client_assertion: given,
  client_assertion_type: among([assertionType]),
  token: given,
  token_type_hint: among(['access_token', 'refresh_token']),
  post_logout_redirect_uri: address('post_logout_redirect_uris'),
};

export type AskedParameters = {
  /** The protocol's own names alone; a value that came twice is the list of both. */
  readonly known: ReadonlyMap<string, unknown>;
  readonly unknown: number;
};

/** As it was sent, and where the engine took it from elsewhere (a pushed request, one that was resumed), as the engine has it. */
export function readParameters({
  ctx,
  body,
  params,
}: Pick<OIDCContext, 'body' | 'params'> & { readonly ctx: { readonly query: object } }): AskedParameters {
  const sent: Readonly<Record<string, unknown>> = { ...params, ...ctx.query, ...body };
  const names = Object.keys(sent).filter((name) => sent[name] !== undefined && sent[name] !== null && sent[name] !== '');
  const known = names.filter((name) => Object.hasOwn(describers, name));
  return { known: new Map(known.map((name) => [name, sent[name]])), unknown: names.length - known.length };
}

function describe(name: string, value: unknown, registered: RegisteredService): TraceFact {
  if (Array.isArray(value)) {
    return { name, value: null, note: 'twice' };
  }
  return {
    name,
    ...(typeof value === 'string' ? (describers[name] ?? given)(value, registered) : { value: null, note: 'given' as const }),
  };
}

const longestValue = 300;

function shorten({ name, value, note }: TraceFact): TraceFact {
  return { name, value: value === null ? null : value.slice(0, longestValue), note };
}

export function describeParameters({ known, unknown }: AskedParameters, registered: RegisteredService): readonly TraceFact[] {
  const facts = [...known].map(([name, value]) => shorten(describe(name, value, registered)));
  return unknown === 0 ? facts : [...facts, { name: 'others', value: String(unknown), note: null }];
}
