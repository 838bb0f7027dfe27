// What a service may get wrong when it sends a person to us: the parameters of the authorization request.

import { permitRedirect } from '../support/sample-services.ts';
import { ignored, person, service } from './row.ts';
import type { Answer, Header, WebRow } from './row.ts';

const good: Readonly<Record<string, string>> = {
  client_id: 'mol-work-permit',
  redirect_uri: permitRedirect,
  response_type: 'code',
  scope: 'openid',
  state: 'state-of-the-service',
  nonce: 'nonce-of-the-service',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};

/** The path of a good request with some parameters changed; `null` takes one out, `more` is appended as it is. */
export function toRequestPath(changes: Readonly<Record<string, string | null>>, more = ''): string {
  const parameters = Object.entries({ ...good, ...changes }).filter((pair): pair is [string, string] => pair[1] !== null);
  return `/auth?${new URLSearchParams(parameters).toString()}${more}`;
}

type Asked = {
  readonly what: string;
  readonly changes?: Readonly<Record<string, string | null>>;
  readonly more?: string;
  readonly headers?: readonly Header[];
  readonly answer: Answer;
};

const unknownService = person(400, 'service/unknown');
const refused = person(400, 'service/refused');
const unregistered = person(400, 'service/return-address-unknown');
const asked: readonly Asked[] = [
  { what: 'no client_id', changes: { client_id: null }, answer: refused },
  { what: 'an unknown client_id', changes: { client_id: 'nobody' }, answer: unknownService },
  { what: 'a client_id with a Cyrillic letter in place of a Latin one', changes: { client_id: 'mоl-work-permit' }, answer: unknownService },
  { what: 'a client_id with a null character', changes: { client_id: 'mol\u0000-work-permit' }, answer: unknownService },
  { what: 'a client_id that is a list', changes: { client_id: null }, more: '&client_id[]=mol-work-permit', answer: refused },
  { what: 'no redirect_uri', changes: { redirect_uri: null }, answer: refused },
  { what: 'a redirect_uri that is not registered', changes: { redirect_uri: 'https://evil.example/' }, answer: unregistered },
  { what: 'a redirect_uri with one character more', changes: { redirect_uri: `${permitRedirect}/` }, answer: unregistered },
  { what: 'a redirect_uri with a fragment', changes: { redirect_uri: `${permitRedirect}#x` }, answer: unregistered },
  {
    what: 'a redirect_uri whose letters look like the registered ones',
    changes: { redirect_uri: 'http://lоcalhost:3001/callback' },
    answer: unregistered,
  },
  { what: 'a redirect_uri that is a script', changes: { redirect_uri: 'javascript:alert(1)' }, answer: unregistered },
  { what: 'the redirect_uri twice', more: `&redirect_uri=${encodeURIComponent(permitRedirect)}`, answer: refused },
  { what: 'the scope twice', more: '&scope=openid', answer: service('invalid_request') },
  { what: 'a scope without openid', changes: { scope: 'profile' }, answer: service('invalid_request') },
  { what: 'a scope that nobody knows, beside openid', changes: { scope: 'openid everything' }, answer: ignored(200, 'ar') },
  { what: 'a scope of one long word', changes: { scope: `openid ${'x'.repeat(4000)}` }, answer: ignored(200, 'ar') },
  { what: 'no response_type', changes: { response_type: null }, answer: service('invalid_request') },
  { what: 'the response_type "token"', changes: { response_type: 'token' }, answer: service('invalid_request') },
  { what: 'the response_mode "fragment"', changes: { response_mode: 'fragment' }, answer: service('invalid_request') },
  { what: 'no code_challenge', changes: { code_challenge: null, code_challenge_method: null }, answer: service('invalid_request') },
  { what: 'the code_challenge_method "plain"', changes: { code_challenge_method: 'plain' }, answer: service('invalid_request') },
  { what: 'a code_challenge of ten characters', changes: { code_challenge: 'too-short-' }, answer: service('invalid_request') },
  { what: 'a purpose that is not one of the service', changes: { purpose: 'nothing' }, answer: service('invalid_request') },
  { what: 'a purpose of another service', changes: { purpose: 'booking' }, answer: service('invalid_request') },
  { what: 'a purpose in other case', changes: { purpose: 'Job-Fair' }, answer: service('invalid_request') },
  { what: 'an empty purpose', changes: { purpose: '' }, answer: ignored(200, 'ar') },
  { what: 'a purpose with a null character', changes: { purpose: 'job-fair\u0000' }, answer: service('invalid_request') },
  { what: 'the purpose twice', changes: { purpose: 'job-fair' }, more: '&purpose=permit-renewal', answer: service('invalid_request') },
  { what: 'claims that are not JSON', changes: { claims: '{' }, answer: service('invalid_request') },
  { what: 'claims that are a list', changes: { claims: '[]' }, answer: service('invalid_request') },
  { what: 'claims that are null', changes: { claims: 'null' }, answer: service('invalid_request') },
  { what: 'claims whose userinfo is a text', changes: { claims: '{"userinfo":"email"}' }, answer: service('invalid_request') },
  {
    what: 'claims that ask of one claim in a text',
    changes: { claims: '{"userinfo":{"email":"yes"}}' },
    answer: service('invalid_request'),
  },
  {
    what: 'claims named like a prototype',
    changes: { claims: '{"userinfo":{"__proto__":{"essential":true},"constructor":null}}' },
    answer: ignored(200, 'ar'),
  },
  {
    what: 'claims nested 1 000 deep',
    changes: { claims: `{"userinfo":{"email":${'['.repeat(1000)}${']'.repeat(1000)}}}` },
    answer: service('invalid_request'),
  },
  { what: 'prompt=none beside login', changes: { prompt: 'none login' }, answer: service('invalid_request') },
  { what: 'a prompt that nobody knows', changes: { prompt: 'dance' }, answer: service('invalid_request') },
  { what: 'prompt=none and nobody signed in', changes: { prompt: 'none' }, answer: service('login_required') },
  { what: 'a max_age that is no number', changes: { max_age: 'soon' }, answer: service('invalid_request') },
  { what: 'a max_age below zero', changes: { max_age: '-1' }, answer: service('invalid_request') },
  { what: 'a max_age of 30 digits', changes: { max_age: '9'.repeat(30) }, answer: service('invalid_request') },
  { what: 'a max_age in Arabic digits', changes: { max_age: '٣٠٠' }, answer: service('invalid_request') },
  { what: 'an id_token_hint that is no token', changes: { id_token_hint: 'x.y.z' }, answer: service('invalid_request') },
  {
    what: 'a request object, which nobody registered',
    changes: { request: 'eyJhbGciOiJub25lIn0.e30.' },
    answer: service('request_not_supported'),
  },
  {
    what: 'a request_uri that was not pushed',
    changes: { request_uri: 'urn:ietf:params:oauth:request_uri:unknown' },
    answer: service('invalid_request_uri'),
  },
  {
    what: 'a request_uri of another site',
    changes: { request_uri: 'https://evil.example/request' },
    answer: service('request_uri_not_supported'),
  },
  { what: 'a state with half a surrogate pair', changes: { state: null }, more: '&state=%ED%A0%80', answer: ignored(200, 'ar') },
  { what: 'a percent sign that begins nothing', more: '&x=%', answer: ignored(200, 'ar') },
  { what: 'ui_locales of languages that we do not speak', changes: { ui_locales: 'fr zz-ZZ' }, answer: ignored(200, 'ar') },
  {
    what: 'ui_locales of English and an unknown client_id',
    changes: { ui_locales: 'en', client_id: 'nobody' },
    headers: [['Accept-Language', 'ar']],
    answer: person(400, 'service/unknown', 'en'),
  },
  {
    what: 'ui_locales of Arabic and a redirect_uri that is not registered',
    changes: { ui_locales: 'ar', redirect_uri: 'https://evil.example/' },
    headers: [['Accept-Language', 'en']],
    answer: person(400, 'service/return-address-unknown', 'ar'),
  },
  {
    what: 'an Accept-Language that names no language of ours, and an unknown client_id',
    changes: { client_id: 'nobody' },
    headers: [['Accept-Language', 'fr;q=1, *;q=0']],
    answer: person(400, 'service/unknown', 'ar'),
  },
  {
    what: 'an Accept-Language that cannot be read, and an unknown client_id',
    changes: { client_id: 'nobody' },
    headers: [['Accept-Language', ';;;q=,,=\t'.repeat(40)]],
    answer: person(400, 'service/unknown', 'ar'),
  },
  { what: 'ui_locales in markup', changes: { ui_locales: '<script>' }, answer: ignored(200, 'ar') },
  {
    what: 'claims that demand a level in a list without one',
    changes: { claims: '{"id_token":{"acr":{"essential":true,"values":[]}}}' },
    answer: service('invalid_request'),
  },
];

const byAddress = asked.map(({ what, changes = {}, more = '', headers = [], answer }, index): WebRow => ({
  id: `BQ-${String(index + 1).padStart(2, '0')}`,
  where: 'GET /auth',
  what,
  stage: 'nobody',
  sent: { path: toRequestPath(changes, more), headers },
  answer,
}));

const form: Header = ['Content-Type', 'application/x-www-form-urlencoded'];
const tooLong = `client_id=mol-work-permit&claims=${'x'.repeat(9000)}`;

/** A form is repeated as an address, which does not hold as much. */
const byForm = ['/auth', '/session/end'].map((path, index): WebRow => ({
  id: `BQ-P${index + 1}`,
  where: `POST ${path}`,
  what: 'a form of 9 KB',
  stage: 'nobody',
  sent: { method: 'POST', path, headers: [form], body: tooLong },
  answer: person(414, 'request/address-too-long'),
}));

export const requestRows: readonly WebRow[] = [...byAddress, ...byForm];
