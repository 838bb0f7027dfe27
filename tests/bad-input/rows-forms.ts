// What a person's browser, or somebody who edits what it sends, may get wrong at our own forms.

import { ignored, person, toWebRows } from './row.ts';
import type { Asked, Header, StageName, WebRow } from './row.ts';

const json: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json'],
  ['X-Huwiya-Token', '{token}'],
];
const invalid = person(400, 'request/invalid');
const stale = person(409, 'interaction/stale');
const outdated = person(409, 'request/form-outdated');
const crossSite = person(403, 'request/cross-site');
const unknownConsent = person(404, 'consent/not-found');

const at = (stage: StageName, path: string, rows: readonly Omit<Asked, 'stage' | 'path'>[]): readonly Asked[] =>
  rows.map((row) => ({ stage, path, ...row }));

const decision = at('decision', '/interaction/{uid}/decision', [
  { what: 'no form token', body: 'decision=allow&version={version}', answer: stale },
  { what: 'a form token of one character less', body: 'token=x{token}&decision=allow&version={version}', answer: stale },
  { what: 'the form token twice', body: 'token={token}&token={token}&decision=allow&version={version}', answer: invalid },
  { what: 'no decision', body: 'token={token}&version={version}', answer: invalid },
  { what: 'a decision that no button has', body: 'token={token}&decision=everything&version={version}', answer: invalid },
  {
    what: 'a decision named like a member that every object has',
    body: 'token={token}&decision=constructor&version={version}',
    answer: invalid,
  },
  { what: 'a decision named like a prototype', body: 'token={token}&decision=__proto__&version={version}', answer: invalid },
  { what: '“later” without a form token', body: 'decision=later&version={version}', answer: stale },
  { what: '“later” and a refusal at once', body: 'token={token}&decision=later&decision=refuse&version={version}', answer: invalid },
  { what: 'two decisions', body: 'token={token}&decision=allow&decision=refuse&version={version}', answer: invalid },
  { what: 'a decision on a version that was never shown', body: 'token={token}&decision=allow&version=9.9', answer: ignored(200, 'ar') },
  { what: 'two versions', body: 'token={token}&decision=allow&version={version}&version=9.9', answer: invalid },
  {
    what: 'an attribute that the purpose does not offer',
    body: 'token={token}&decision=allow&version={version}&attribute=gender',
    answer: person(400, 'consent/attribute-not-offered'),
  },
  {
    what: 'an attribute that does not exist',
    body: 'token={token}&decision=allow&version={version}&attribute=__proto__',
    answer: person(400, 'consent/attribute-not-offered'),
  },
  { what: 'a null character', body: 'token={token}&decision=allow%00&version={version}', answer: invalid },
  { what: 'a form of 40 KB', body: `token={token}&x=${'y'.repeat(40_000)}`, answer: person(413, 'request/too-large') },
  { what: 'an empty body', body: '', answer: stale },
  { what: 'JSON in place of a form', body: '{"decision":"allow"}', headers: [['Content-Type', 'application/json']], answer: invalid },
  { what: 'a form in parts (multipart)', body: '--x--', headers: [['Content-Type', 'multipart/form-data; boundary=x']], answer: invalid },
  { what: 'no Content-Type', body: 'token={token}&decision=allow', headers: [['Content-Type', null]], answer: invalid },
  {
    what: 'a form from another site (Sec-Fetch-Site)',
    body: 'token={token}&decision=allow&version={version}',
    headers: [['Sec-Fetch-Site', 'cross-site']],
    answer: crossSite,
  },
  {
    what: 'a form from a neighbouring site',
    body: 'token={token}&decision=allow&version={version}',
    headers: [['Sec-Fetch-Site', 'same-site']],
    answer: crossSite,
  },
  {
    what: 'a form from another Origin',
    body: 'token={token}&decision=allow&version={version}',
    headers: [
      ['Sec-Fetch-Site', null],
      ['Origin', 'https://evil.example'],
    ],
    answer: crossSite,
  },
  {
    what: 'no cookie',
    body: 'token={token}&decision=allow&version={version}',
    headers: [['Cookie', null]],
    answer: person(400, 'interaction/expired'),
  },
  {
    what: 'a cookie whose signature is cut',
    body: 'token={token}&decision=allow&version={version}',
    headers: [['Cookie', 'int={uid}; int.sig=AAAA; sid=x; sid.sig=x']],
    answer: person(400, 'interaction/expired'),
  },
]);

const interactions: readonly Asked[] = [
  { stage: 'nobody', path: '/interaction/unknown', what: 'an address that no request has', answer: person(400, 'interaction/expired') },
  {
    stage: 'sign-in',
    path: '/interaction/another',
    what: 'the address of somebody else’s request',
    answer: person(400, 'interaction/expired'),
  },
  {
    stage: 'sign-in',
    method: 'POST',
    path: '/interaction/{uid}/decision',
    what: 'consent before anybody signed in',
    body: 'token={token}&decision=allow',
    answer: invalid,
  },
  {
    stage: 'nobody',
    path: '/auth/unknown',
    what: 'going on with a request that does not exist',
    answer: person(400, 'interaction/expired'),
  },
  { stage: 'sign-in', path: '/auth/{uid}', what: 'going on without having answered', answer: ignored(200, 'ar') },
];

const withdraw = at('account', '/account/consents/{consent}/withdraw', [
  { what: 'no form token', body: '', answer: outdated },
  { what: 'a form token of somebody else', body: 'token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', answer: outdated },
  { what: 'the form token twice', body: 'token={token}&token={token}', answer: invalid },
  { what: 'a form from another site', body: 'token={token}', headers: [['Sec-Fetch-Site', 'cross-site']], answer: crossSite },
  { what: 'nobody signed in', body: 'token={token}', headers: [['Cookie', null]], answer: person(401, 'session/ended') },
]);

const account: readonly Asked[] = [
  {
    stage: 'account',
    method: 'POST',
    path: '/account/consents/unknown/withdraw',
    what: 'a consent that does not exist',
    body: 'token={token}',
    answer: unknownConsent,
  },
  {
    stage: 'account',
    method: 'POST',
    path: '/account/consents/%27%20OR%201=1/withdraw',
    what: 'a statement of SQL for a consent',
    body: 'token={token}',
    answer: unknownConsent,
  },
  { stage: 'account', path: '/account/consents/{consent}/withdrawn', what: 'a withdrawal that was not made', answer: unknownConsent },
  { stage: 'account', path: '/account/services/moh-clinic', what: 'a service that the person never used', answer: unknownConsent },
  { stage: 'account', path: '/account/receipts/unknown.json', what: 'a receipt that does not exist', answer: unknownConsent },
  { stage: 'account', method: 'POST', path: '/account/sign-out', what: 'no form token', body: '', answer: outdated },
  {
    stage: 'account',
    method: 'POST',
    path: '/account/sign-out',
    what: 'a form from another site',
    body: 'token={token}',
    headers: [['Sec-Fetch-Site', 'cross-site']],
    answer: crossSite,
  },
  { stage: 'account', path: '/account/sign-out', what: 'GET, as an image would', answer: person(404, 'request/not-found') },
  {
    stage: 'account',
    method: 'POST',
    path: '/account/passkeys/options',
    what: 'no form token',
    body: '{}',
    headers: json.slice(0, 2),
    answer: outdated,
  },
  {
    stage: 'account',
    method: 'POST',
    path: '/account/passkeys/verify',
    what: 'JSON that is none',
    body: '{',
    headers: json,
    answer: invalid,
  },
  { stage: 'account', path: '/?lang=de', what: 'a language that we do not speak', answer: ignored(200, 'ar') },
  { stage: 'account', path: '/?lang=en&lang=ar', what: 'two languages at once', answer: ignored(200, 'ar') },
  { stage: 'account', path: '/?lang=%00', what: 'a null character for a language', answer: ignored(200, 'ar') },
  {
    stage: 'nobody',
    path: '/?lang=en',
    what: 'a language cookie that cannot be read',
    headers: [['Cookie', 'lang=zz.x.asked']],
    answer: ignored(200, 'en'),
  },
  {
    stage: 'nobody',
    path: '/signed-out',
    what: 'a language cookie of 3 000 characters',
    headers: [['Cookie', `lang=${'x'.repeat(3000)}`]],
    answer: ignored(200, 'ar'),
  },
  {
    stage: 'nobody',
    method: 'POST',
    path: '/session/end/confirm',
    what: 'the form of signing out, from nowhere',
    body: 'xsrf=x&logout=yes',
    answer: person(400, 'interaction/expired'),
  },
  {
    stage: 'nobody',
    path: '/session/end?post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F&client_id=mol-work-permit',
    what: 'an address to go to that is not registered',
    answer: person(400, 'sign-out/refused'),
  },
  {
    stage: 'nobody',
    path: '/session/end?id_token_hint=x.y.z',
    what: 'an id_token_hint that is no token',
    answer: person(400, 'sign-out/refused'),
  },
  {
    stage: 'nobody',
    path: '/session/end?id_token_hint=x.y.z&ui_locales=en',
    what: 'a bad hint, and ui_locales of English',
    headers: [['Accept-Language', 'ar']],
    answer: person(400, 'sign-out/refused', 'en'),
  },
  { stage: 'nobody', path: '/session/end?client_id=nobody', what: 'an unknown client_id', answer: person(400, 'sign-out/refused') },
];

const link = person(410, 'enrolment/invalid-link');
const enrolment: readonly Asked[] = [
  { stage: 'nobody', path: '/enrol/unknown', what: 'a link that nobody sent', answer: link },
  { stage: 'link', path: '/enrol/{link}x', what: 'a link with one character more', answer: link },
  { stage: 'nobody', method: 'POST', path: '/enrol', what: 'no form token', body: 'code=K7Q4-9M2T-XR5H-3WDN', answer: outdated },
  { stage: 'nobody', path: '/enrol/K7Q4-9M2T-XR5H-3WDN', what: 'a code that nobody was given', answer: link },
  { stage: 'nobody', path: '/enrol/%00', what: 'a null character', answer: link },
  { stage: 'nobody', path: `/enrol/${'x'.repeat(8000)}`, what: 'a link of 8 000 characters', answer: link },
  { stage: 'nobody', path: '/enrol/%ff%fe', what: 'a link that is no UTF-8', answer: link },
  {
    stage: 'link',
    method: 'POST',
    path: '/enrol/{link}/options',
    what: 'no form token',
    body: '{}',
    headers: json.slice(0, 2),
    answer: outdated,
  },
  {
    stage: 'link',
    method: 'POST',
    path: '/enrol/{link}/options',
    what: 'from another site',
    body: '{}',
    headers: [...json, ['Sec-Fetch-Site', 'cross-site']],
    answer: crossSite,
  },
  { stage: 'link', method: 'POST', path: '/enrol/{link}/verify', what: 'an empty object', body: '{}', headers: json, answer: invalid },
  {
    stage: 'link',
    method: 'POST',
    path: '/enrol/{link}/verify',
    what: 'a ceremony that was never begun',
    body: '{"ceremony":"x","response":{}}',
    headers: json,
    answer: person(400, 'passkey/challenge-unknown'),
  },
  {
    stage: 'link',
    method: 'POST',
    path: '/enrol/{link}/verify',
    what: 'a member that does not belong there',
    body: '{"ceremony":"x","response":{},"isAdmin":true}',
    headers: json,
    answer: invalid,
  },
  {
    stage: 'link',
    method: 'POST',
    path: '/enrol/{link}/verify',
    what: 'a form in place of JSON',
    body: 'ceremony=x',
    headers: [
      ['Accept', 'application/json'],
      ['X-Huwiya-Token', '{token}'],
    ],
    answer: invalid,
  },
];

export const formRows: readonly WebRow[] = toWebRows('BF', [...decision, ...interactions, ...withdraw, ...account, ...enrolment]);
