// Which services the short way knows (ADR-0112), and what it needs to know of each. A registration with anything in it that is not on the list here goes the long way.

import type { KeyObject } from 'node:crypto';
import type { AllClientMetadata } from 'oidc-provider';
import type { Millis } from '../../domain/kernel/clock.ts';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { classMember, isFirstParty, toClient, toIdleLimit } from '../clients.ts';
import { toPlainKeys } from './plain-assertion.ts';

/** How its codes are exchanged the short way: by which secret or keys it is known, and how its ID tokens are signed. */
export type PlainExchange = {
  readonly secretDigest: string | undefined;
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly alg: string;
};

export type PlainClient = {
  readonly registered: RegisteredService;
  readonly clientId: string;
  readonly redirectUris: ReadonlySet<string>;
  readonly scopes: ReadonlySet<string>;
  readonly needsPkce: boolean;
  readonly needsAuthTime: boolean;
  readonly idleLimit: Millis;
  /** Whether its UserInfo is plain JSON. */
  readonly isPlainUserInfo: boolean;
  /** Undefined where it proves itself in another way, or its ID tokens are encrypted. */
  readonly exchange: PlainExchange | undefined;
};

/** None of them changes what is asked of a request, or how it is answered. */
const ordinary: ReadonlySet<string> = new Set([
  'application_type',
  'authorization_signed_response_alg',
  'backchannel_logout_session_required',
  'backchannel_logout_uri',
  'client_id',
  'client_name',
  'client_secret',
  'client_uri',
  'client_uri#ar',
  'client_uri#en',
  'grant_types',
  'id_token_signed_response_alg',
  'jwks',
  'jwks_uri',
  'policy_uri',
  'policy_uri#ar',
  'policy_uri#en',
  'post_logout_redirect_uris',
  'redirect_uris',
  'request_object_signing_alg',
  'require_auth_time',
  'response_modes',
  'response_types',
  'scope',
  'sector_identifier_uri',
  'subject_type',
  'token_endpoint_auth_method',
  'token_endpoint_auth_signing_alg',
  'tos_uri',
  'tos_uri#ar',
  'tos_uri#en',
  'userinfo_encrypted_response_alg',
  'userinfo_encrypted_response_enc',
  'userinfo_signed_response_alg',
  classMember,
]);

const secretMethods: ReadonlySet<unknown> = new Set(['client_secret_basic', 'client_secret_post']);
const assertionAlgorithms: ReadonlySet<unknown> = new Set([undefined, 'ES256']);
const noKeys: ReadonlyMap<string, KeyObject> = new Map();

function toExchange(client: AllClientMetadata): PlainExchange | undefined {
  const { client_secret: secretDigest, id_token_signed_response_alg: alg = 'ES256', token_endpoint_auth_method: method } = client;
  if (secretMethods.has(method)) {
    return { secretDigest, keys: noKeys, alg };
  }
  // Keys that are published elsewhere are read on the long way.
  const hasOwnKeys = client.jwks_uri === undefined && assertionAlgorithms.has(client.token_endpoint_auth_signing_alg);
  return method === 'private_key_jwt' && hasOwnKeys ? { secretDigest: undefined, keys: toPlainKeys(client.jwks), alg } : undefined;
}

function isListed(list: unknown, value: string): boolean {
  return Array.isArray(list) && list.includes(value);
}

function isOrdinary({ service }: RegisteredService, client: AllClientMetadata): boolean {
  const isKnown = Object.keys(client).every((name) => ordinary.has(name));
  const isAsked = (
    [
      ['response_types', 'code'],
      ['response_modes', 'query'],
      ['grant_types', 'authorization_code'],
    ] as const
  ).every(([member, value]) => isListed(client[member], value));
  return isKnown && isAsked && service.serviceClass !== 'fapi' && service.minimumLevel !== 'high' && !isFirstParty(service.clientId);
}

function make(registered: RegisteredService): PlainClient | undefined {
  const client = toClient(registered);
  if (client === undefined || !isOrdinary(registered, client)) {
    return undefined;
  }
  const { service } = registered;
  return {
    registered,
    clientId: service.clientId,
    redirectUris: new Set(client.redirect_uris),
    scopes: new Set(client.scope?.split(' ')),
    needsPkce: service.serviceClass !== 'legacy',
    needsAuthTime: client.require_auth_time === true,
    idleLimit: toIdleLimit(service.metadata['session_idle']),
    isPlainUserInfo: client.userinfo_signed_response_alg === undefined && client.userinfo_encrypted_response_alg === undefined,
    exchange: toExchange(client),
  };
}

const made = new WeakMap<RegisteredService, { readonly client: PlainClient | undefined }>();

/** Undefined for a service that is not active, and for one whose requests the short way does not answer. */
export function findPlainClient(registered: RegisteredService): PlainClient | undefined {
  const known = made.get(registered) ?? { client: make(registered) };
  made.set(registered, known);
  return known.client;
}
