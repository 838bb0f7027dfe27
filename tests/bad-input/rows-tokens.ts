// What a service may get wrong at the endpoints that programs talk to.

import { permitRedirect } from '../support/sample-services.ts';
import { program, toWebRows } from './row.ts';
import type { Asked, Header, StageName, WebRow } from './row.ts';

const assertionType = 'client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer';
const signed = `${assertionType}&client_assertion={assertion}`;
const exchange = `grant_type=authorization_code&redirect_uri=${encodeURIComponent(permitRedirect)}`;

const token = (stage: StageName, rows: readonly Omit<Asked, 'stage' | 'path'>[]): readonly Asked[] =>
  rows.map((row) => ({ stage, path: '/token', ...row }));

const exchanges = token('code', [
  { what: 'no grant_type', body: signed, answer: program(400, 'invalid_request') },
  { what: 'a grant_type that does not exist', body: `grant_type=password&${signed}`, answer: program(400, 'unsupported_grant_type') },
  { what: 'no code', body: `${exchange}&code_verifier={verifier}&${signed}`, answer: program(400, 'invalid_request') },
  {
    what: 'a code that nobody issued',
    body: `${exchange}&code=x&code_verifier={verifier}&${signed}`,
    answer: program(400, 'invalid_grant'),
  },
  {
    what: 'a code with a null character',
    body: `${exchange}&code={code}%00&code_verifier={verifier}&${signed}`,
    answer: program(400, 'invalid_grant'),
  },
  {
    what: 'the code twice',
    body: `${exchange}&code={code}&code={code}&code_verifier={verifier}&${signed}`,
    answer: program(400, 'invalid_request'),
  },
  {
    what: 'a code that is a list',
    body: `${exchange}&code[]={code}&code_verifier={verifier}&${signed}`,
    answer: program(400, 'invalid_request'),
  },
  { what: 'no code_verifier', body: `${exchange}&code={code}&${signed}`, answer: program(400, 'invalid_grant') },
  {
    what: 'a code_verifier of another request',
    body: `${exchange}&code={code}&code_verifier=${'a'.repeat(43)}&${signed}`,
    answer: program(400, 'invalid_grant'),
  },
  {
    what: 'a code_verifier of three characters',
    body: `${exchange}&code={code}&code_verifier=abc&${signed}`,
    answer: program(400, 'invalid_request'),
  },
  {
    what: 'a redirect_uri of another request',
    body: `grant_type=authorization_code&redirect_uri=https%3A%2F%2Fevil.example&code={code}&code_verifier={verifier}&${signed}`,
    answer: program(400, 'invalid_grant'),
  },
  {
    what: 'a client assertion that is no token',
    body: `${exchange}&code={code}&code_verifier={verifier}&${assertionType}&client_assertion=x.y.z`,
    answer: program(400, 'invalid_request'),
  },
  {
    what: 'a client assertion whose signature is cut',
    body: `${exchange}&code={code}&code_verifier={verifier}&${signed}A`,
    answer: program(401, 'invalid_client'),
  },
  {
    what: 'no client authentication',
    body: `${exchange}&code={code}&code_verifier={verifier}&client_id=mol-work-permit`,
    answer: program(401, 'invalid_client'),
  },
  {
    what: 'the secret method for a service that signs',
    body: `${exchange}&code={code}&code_verifier={verifier}&client_id=mol-work-permit&client_secret=x`,
    answer: program(401, 'invalid_client'),
  },
  {
    what: 'Basic that is no base64',
    body: `${exchange}&code={code}&code_verifier={verifier}`,
    headers: [['Authorization', 'Basic %%%']],
    answer: program(400, 'invalid_request'),
  },
  {
    what: 'a DPoP proof that is no token',
    body: `${exchange}&code={code}&code_verifier={verifier}&${signed}`,
    headers: [['DPoP', 'x.y.z']],
    answer: program(400, 'invalid_dpop_proof'),
  },
  {
    what: 'two DPoP proofs',
    body: `${exchange}&code={code}&code_verifier={verifier}&${signed}`,
    headers: [
      ['DPoP', 'x'],
      ['DPoP', 'y'],
    ],
    answer: program(400, 'invalid_dpop_proof'),
  },
  {
    what: 'JSON in place of a form',
    body: '{"grant_type":"authorization_code"}',
    headers: [['Content-Type', 'application/json']],
    answer: program(400, 'invalid_request'),
  },
  { what: 'a body of 100 KB', body: `grant_type=${'x'.repeat(100_000)}`, answer: program(400, 'invalid_request') },
  { what: 'GET', method: 'GET', answer: program(405, 'invalid_request') },
]);

const refreshes = token('service', [
  {
    what: 'a refresh token that nobody issued',
    body: `grant_type=refresh_token&refresh_token=x&${signed}`,
    answer: program(400, 'invalid_grant'),
  },
  {
    what: 'an access token for a refresh token',
    body: `grant_type=refresh_token&refresh_token={access}&${signed}`,
    answer: program(400, 'invalid_grant'),
  },
  {
    what: 'the refresh token twice',
    body: `grant_type=refresh_token&refresh_token={refresh}&refresh_token={refresh}&${signed}`,
    answer: program(400, 'invalid_request'),
  },
  {
    what: 'more scope than was granted',
    body: `grant_type=refresh_token&refresh_token={refresh}&scope=openid%20email&${signed}`,
    answer: program(400, 'invalid_scope'),
  },
  {
    what: 'the refresh token of another service',
    body: 'grant_type=refresh_token&refresh_token={refresh}',
    headers: [['Authorization', `Basic ${Buffer.from('moh-clinic:clinic-secret-of-at-least-32-characters').toString('base64')}`]],
    answer: program(400, 'invalid_grant'),
  },
]);

const bearer = (value: string): readonly Header[] => [['Authorization', value]];
const userinfo: readonly Asked[] = [
  { stage: 'service', path: '/me', what: 'no access token', answer: program(401, 'invalid_token') },
  {
    stage: 'service',
    path: '/me',
    what: 'an access token that nobody issued',
    headers: bearer('Bearer x'),
    answer: program(401, 'invalid_token'),
  },
  {
    stage: 'service',
    path: '/me',
    what: 'a refresh token for an access token',
    headers: bearer('Bearer {refresh}'),
    answer: program(401, 'invalid_token'),
  },
  {
    stage: 'service',
    path: '/me',
    what: 'an ID token for an access token',
    headers: bearer('Bearer {id-token}'),
    answer: program(401, 'invalid_token'),
  },
  {
    stage: 'service',
    path: '/me',
    what: 'an access token with one character more',
    headers: bearer('Bearer {access}x'),
    answer: program(401, 'invalid_token'),
  },
  {
    stage: 'service',
    path: '/me',
    what: 'Basic in place of Bearer',
    headers: bearer('Basic {access}'),
    answer: program(400, 'invalid_request'),
  },
  { stage: 'service', path: '/me?access_token={access}', what: 'an access token in the address', answer: program(400, 'invalid_request') },
  {
    stage: 'service',
    path: '/me',
    what: 'two access tokens',
    headers: [...bearer('Bearer {access}'), ...bearer('Bearer x')],
    answer: program(400, 'invalid_request'),
  },
  {
    stage: 'service',
    path: '/me',
    what: 'an access token of 12 000 characters',
    headers: bearer(`Bearer ${'x'.repeat(12_000)}`),
    answer: program(401, 'invalid_token'),
  },
  {
    stage: 'service',
    path: '/me',
    what: 'DPoP as scheme, without a proof',
    headers: bearer('DPoP {access}'),
    answer: program(400, 'invalid_request'),
  },
];

const others: readonly Asked[] = [
  { stage: 'service', method: 'POST', path: '/token/revocation', what: 'no token', body: signed, answer: program(400, 'invalid_request') },
  {
    stage: 'service',
    method: 'POST',
    path: '/token/revocation',
    what: 'a token of somebody else',
    body: `token=x&${signed}`,
    answer: program(200, '-'),
  },
  {
    stage: 'service',
    method: 'POST',
    path: '/token/revocation',
    what: 'no client authentication',
    body: 'token={access}',
    answer: program(400, 'invalid_request'),
  },
  {
    stage: 'nobody',
    method: 'POST',
    path: '/request',
    what: 'a pushed request of nobody',
    body: 'x=y',
    answer: program(400, 'invalid_request'),
  },
  {
    stage: 'service',
    method: 'POST',
    path: '/request',
    what: 'a pushed request with a redirect_uri that is not registered',
    body: `client_id=mol-work-permit&redirect_uri=https%3A%2F%2Fevil.example&response_type=code&scope=openid&${signed}`,
    answer: program(400, 'invalid_request'),
  },
  {
    stage: 'nobody',
    method: 'POST',
    path: '/registration',
    what: 'a registration, which does not exist',
    body: '{}',
    headers: [
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json'],
    ],
    answer: { reader: 'person', status: 404, code: 'request/not-found' },
  },
];

export const tokenRows: readonly WebRow[] = toWebRows('BT', [...exchanges, ...refreshes, ...userinfo, ...others]);
