// Registrations that keep a rule of the classes of service, each beside one that breaks it.

import { createOkpJwk, createPublicJwk, createRsaJwk } from './sample-proposal.ts';

export type Members = Readonly<Record<string, unknown>>;
export type Row = { readonly rule: string; readonly keeps: Members; readonly breaks: Members; readonly at: string };

export const sampleSecret = 'kZ0yq3T8vXw1LrB7mNc5Pd9sHfJg2QeAuYiOoKtE4xM';
const jwk = createPublicJwk();
const rsa = createRsaJwk(2048);
const withSecret = { token_endpoint_auth_method: 'client_secret_basic', client_secret: sampleSecret, jwks: undefined };
export const fapi = { class: 'fapi', jwks: { keys: [jwk, createPublicJwk({ kid: 'two' })] } };
export const legacy = { class: 'legacy', ...withSecret };
const open = { token_endpoint_auth_method: 'none', jwks: undefined };
const native = { ...open, application_type: 'native', dpop_bound_access_tokens: true };
const two = { keys: [jwk, createPublicJwk({ kid: 'two' })] };
const hooks = 'https://permits.mol.example/sign-outs';
const elsewhere = 'https://collector.example/sign-outs';

export const classRows: readonly Row[] = [
  { rule: 'fapi signs in with a key', keeps: fapi, breaks: { ...fapi, ...withSecret }, at: 'token_endpoint_auth_method' },
  { rule: 'fapi is no public application', keeps: fapi, breaks: { ...fapi, ...open }, at: 'token_endpoint_auth_method' },
  { rule: 'standard keeps no secret', keeps: {}, breaks: withSecret, at: 'token_endpoint_auth_method' },
  { rule: 'standard may be public', keeps: open, breaks: { class: 'legacy', ...open }, at: 'token_endpoint_auth_method' },
  {
    rule: 'symmetric assertions are for nobody',
    keeps: {},
    breaks: { class: 'legacy', token_endpoint_auth_method: 'client_secret_jwt', client_secret: sampleSecret },
    at: 'token_endpoint_auth_method',
  },
  {
    rule: 'fapi pushes its requests',
    keeps: { ...fapi, require_pushed_authorization_requests: true },
    breaks: { ...fapi, require_pushed_authorization_requests: false },
    at: 'require_pushed_authorization_requests',
  },
  {
    rule: 'fapi binds its tokens',
    keeps: { ...fapi, dpop_bound_access_tokens: true },
    breaks: { ...fapi, dpop_bound_access_tokens: false },
    at: 'dpop_bound_access_tokens',
  },
  {
    rule: 'standard may leave tokens unbound, installed applications may not',
    keeps: { dpop_bound_access_tokens: false },
    breaks: { ...native, dpop_bound_access_tokens: false },
    at: 'dpop_bound_access_tokens',
  },
  {
    rule: 'an installed application keeps no secret',
    keeps: native,
    breaks: { ...legacy, application_type: 'native' },
    at: 'token_endpoint_auth_method',
  },
  {
    rule: 'refresh tokens of a public application are bound',
    keeps: { ...open, grant_types: ['authorization_code', 'refresh_token'], dpop_bound_access_tokens: true },
    breaks: { ...open, grant_types: ['authorization_code', 'refresh_token'] },
    at: 'grant_types',
  },
  {
    rule: 'RS256 is for legacy: ID tokens of fapi',
    keeps: { ...legacy, id_token_signed_response_alg: 'RS256' },
    breaks: { ...fapi, id_token_signed_response_alg: 'RS256' },
    at: 'id_token_signed_response_alg',
  },
  {
    rule: 'RS256 is for legacy: ID tokens of standard',
    keeps: { id_token_signed_response_alg: 'ES256' },
    breaks: { id_token_signed_response_alg: 'RS256' },
    at: 'id_token_signed_response_alg',
  },
  {
    rule: 'RS256 is for legacy: signed UserInfo',
    keeps: { ...legacy, userinfo_signed_response_alg: 'RS256' },
    breaks: { userinfo_signed_response_alg: 'RS256' },
    at: 'userinfo_signed_response_alg',
  },
  {
    rule: 'no class has unsigned ID tokens',
    keeps: legacy,
    breaks: { ...legacy, id_token_signed_response_alg: 'none' },
    at: 'id_token_signed_response_alg',
  },
  {
    rule: 'a service names an algorithm of a key that it has',
    keeps: { jwks: { keys: [rsa] }, token_endpoint_auth_signing_alg: 'PS256' },
    breaks: { token_endpoint_auth_signing_alg: 'PS256' },
    at: 'token_endpoint_auth_signing_alg',
  },
  {
    rule: 'a service with a secret signs nothing',
    keeps: { token_endpoint_auth_signing_alg: 'ES256' },
    breaks: { ...legacy, token_endpoint_auth_signing_alg: 'ES256' },
    at: 'token_endpoint_auth_signing_alg',
  },
  {
    rule: 'requests are signed by asymmetric algorithms alone, and never by RS256',
    keeps: { request_object_signing_alg: 'ES256', require_signed_request_object: true },
    breaks: { ...legacy, jwks: { keys: [rsa] }, request_object_signing_alg: 'RS256' },
    at: 'request_object_signing_alg',
  },
  {
    rule: 'no request is signed by nobody, nor with a secret',
    keeps: { ...legacy, jwks: { keys: [rsa] }, request_object_signing_alg: 'PS256' },
    breaks: { ...legacy, request_object_signing_alg: 'none' },
    at: 'request_object_signing_alg',
  },
  {
    rule: 'a service signs its requests with a key that it has',
    keeps: { ...fapi, jwks: { keys: [jwk, { ...createOkpJwk(), kid: 'ed' }] }, request_object_signing_alg: 'EdDSA' },
    breaks: { ...fapi, request_object_signing_alg: 'EdDSA' },
    at: 'request_object_signing_alg',
  },
  {
    rule: 'whoever has to sign has a key',
    keeps: { ...legacy, jwks: { keys: [jwk] }, require_signed_request_object: true },
    breaks: { ...legacy, require_signed_request_object: true },
    at: 'require_signed_request_object',
  },
  {
    rule: 'a public application signs nothing, because it keeps no key',
    keeps: { ...open, require_signed_request_object: false },
    breaks: { ...open, require_signed_request_object: true },
    at: 'require_signed_request_object',
  },
  {
    rule: 'answers are signed by ES256 or PS256',
    keeps: { ...fapi, response_modes: ['jwt'], authorization_signed_response_alg: 'PS256' },
    breaks: { ...legacy, response_modes: ['jwt'], authorization_signed_response_alg: 'RS256' },
    at: 'authorization_signed_response_alg',
  },
  {
    rule: 'fapi has its answers signed where it registers that, and never by form',
    keeps: { ...fapi, response_modes: ['query', 'jwt', 'query.jwt'] },
    breaks: { ...fapi, response_modes: ['form_post.jwt'] },
    at: 'response_modes',
  },
  {
    rule: 'signed answers by form are for others, and nobody has one in a fragment',
    keeps: { response_modes: ['form_post.jwt'] },
    breaks: { response_modes: ['fragment.jwt'] },
    at: 'response_modes',
  },
  {
    rule: 'fapi has its answers in the query',
    keeps: { ...fapi, response_modes: ['query'] },
    breaks: { ...fapi, response_modes: ['query', 'form_post'] },
    at: 'response_modes',
  },
  {
    rule: 'standard has answers by form where it registers them',
    keeps: { response_modes: ['query', 'form_post'] },
    breaks: { response_modes: ['fragment'] },
    at: 'response_modes',
  },
  {
    rule: 'a list of modes says something',
    keeps: { ...legacy, response_modes: ['form_post'] },
    breaks: { ...legacy, response_modes: [] },
    at: 'response_modes',
  },
  {
    rule: 'an installed application returns to a claimed https address',
    keeps: { ...native, redirect_uris: ['https://app.mol.example/callback'] },
    breaks: { ...native, redirect_uris: ['mol.example:/callback'] },
    at: 'redirect_uris[0]',
  },
  {
    rule: 'fapi is called on the domain to which people return',
    keeps: { ...fapi, backchannel_logout_uri: hooks, security_events_uri: 'https://events.permits.mol.example/in' },
    breaks: { ...fapi, backchannel_logout_uri: elsewhere },
    at: 'backchannel_logout_uri',
  },
  {
    rule: 'fapi hears of withdrawals on the domain to which people return',
    keeps: { ...fapi, security_events_uri: hooks },
    breaks: { ...fapi, security_events_uri: elsewhere },
    at: 'security_events_uri',
  },
  {
    rule: 'RG-13 a key is strong: RSA of 2048 to 4096 bits',
    keeps: { jwks: { keys: [rsa] } },
    breaks: { jwks: { keys: [createRsaJwk(1024)] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'RG-13 a key is strong: a sound exponent',
    keeps: { jwks: { keys: [rsa] } },
    breaks: { jwks: { keys: [createRsaJwk(2048, 3)] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'RG-13 a key is strong: P-256 or Ed25519',
    keeps: { jwks: { keys: [createOkpJwk()] } },
    breaks: { jwks: { keys: [{ ...jwk, crv: 'P-192' }] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'RG-13 a key is public',
    keeps: { jwks: { keys: [jwk] } },
    breaks: { jwks: { keys: [{ ...jwk, d: 'AAAA' }] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'RG-13 a key has an algorithm of its use',
    keeps: { jwks: { keys: [jwk, createPublicJwk({ kid: 'enc', use: 'enc', alg: 'ECDH-ES+A256KW' })] } },
    breaks: { jwks: { keys: [jwk, createPublicJwk({ kid: 'enc', use: 'enc' })] } },
    at: 'jwks.keys[1]',
  },
  {
    rule: 'RG-13 what signs does not decrypt',
    keeps: { jwks: two },
    breaks: { jwks: { keys: [jwk, { ...jwk, kid: 'enc', use: 'enc', alg: 'ECDH-ES+A256KW' }] } },
    at: 'jwks',
  },
  {
    rule: 'a service that signs in with a key has one that signs',
    keeps: { jwks: { keys: [jwk] } },
    breaks: { jwks: { keys: [createPublicJwk({ use: 'enc', alg: 'ECDH-ES+A256KW' })] } },
    at: 'jwks',
  },
  {
    rule: 'several keys have names',
    keeps: { jwks: two },
    breaks: { jwks: { keys: [jwk, { ...createPublicJwk(), kid: undefined }] } },
    at: 'jwks',
  },
];
