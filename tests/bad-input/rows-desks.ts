// The own page's lists, receipts and sessions, the page that verifies receipts, and the desks of staff.

import { ignored, person, toWebRows } from './row.ts';
import type { Asked, Header, WebRow } from './row.ts';

const json: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json'],
  ['X-Huwiya-Token', '{token}'],
];
const crossSite: readonly Header[] = [['Sec-Fetch-Site', 'cross-site']];
const invalid = person(400, 'request/invalid');
const outdated = person(409, 'request/form-outdated');
const asEver = ignored(200, 'ar');
const inArabicBrowser: readonly Header[] = [['Accept-Language', 'ar']];

const ownPage: readonly Asked[] = [
  { stage: 'account', path: '/account/activity?service=unknown', what: 'a service that does not exist', answer: asEver },
  { stage: 'account', path: '/account/activity?service=moh-clinic', what: 'a service that the person never used', answer: asEver },
  { stage: 'account', path: '/account/activity?kind=constructor', what: 'a kind named like a member of every object', answer: asEver },
  {
    stage: 'account',
    path: '/account/activity?after=-1',
    what: 'a place that this page never gave',
    answer: person(400, 'request/place-unknown'),
  },
  {
    stage: 'account',
    path: '/account/activity?after=99999999999999999999',
    what: 'a number as a place',
    answer: person(400, 'request/place-unknown'),
  },
  {
    stage: 'account',
    path: '/account/activity?after=1&after=2&kind[]=x',
    what: 'two places and a list',
    answer: person(400, 'request/place-unknown'),
  },
  { stage: 'account', path: '/account/activity?service=%00', what: 'a null character', answer: asEver },
  { stage: 'account', path: '/account/receipts/unknown', what: 'a receipt that does not exist', answer: person(404, 'consent/not-found') },
  { stage: 'account', path: '/account/receipts/%00', what: 'a null character for a receipt', answer: person(404, 'consent/not-found') },
  { stage: 'account', path: '/account/sessions/unknown/end', method: 'POST', what: 'no form token', body: '', answer: outdated },
  {
    stage: 'account',
    path: '/account/sessions/unknown/end',
    method: 'POST',
    what: 'a session that is not the person’s',
    body: 'token={token}',
    answer: asEver,
  },
  {
    stage: 'account',
    path: '/account/sessions/end',
    method: 'POST',
    what: 'a form from another site',
    body: 'token={token}',
    headers: crossSite,
    answer: person(403, 'request/cross-site'),
  },
  {
    stage: 'english',
    path: '/account/services/unknown',
    what: 'a service that does not exist, English being saved',
    headers: inArabicBrowser,
    answer: person(404, 'consent/not-found', 'en'),
  },
  {
    stage: 'english',
    path: '/account/sign-out',
    method: 'POST',
    what: 'no form token, English being saved',
    body: '',
    headers: inArabicBrowser,
    answer: person(409, 'request/form-outdated', 'en'),
  },
  { stage: 'nobody', path: '/services?q=%3Cscript%3Ealert(1)%3C/script%3E', what: 'markup to look for', answer: asEver },
  { stage: 'nobody', path: `/services?q=${'a'.repeat(3000)}`, what: 'a text to look for without end', answer: asEver },
  { stage: 'nobody', path: '/services?q=%00%E2%80%AE&q=x', what: 'hidden characters, and two texts at once', answer: asEver },
  { stage: 'nobody', path: '/services/nobody', what: 'a service that does not exist', answer: person(404, 'request/not-found') },
  { stage: 'nobody', path: '/verify?receipt=%3Cscript%3E', what: 'markup in the address', answer: asEver },
  {
    stage: 'nobody',
    path: '/verify',
    method: 'POST',
    what: 'a receipt that is sent, which this page never wants',
    body: 'receipt=x',
    answer: person(404, 'request/not-found'),
  },
];

const counter: readonly Asked[] = [
  { stage: 'registrar', path: '/office/people', method: 'POST', what: 'no form token', body: 'number=1000000008', answer: outdated },
  {
    stage: 'registrar',
    path: '/office/people',
    method: 'POST',
    what: 'a form from another site',
    body: 'token={token}&number=1000000008',
    headers: crossSite,
    answer: person(403, 'request/cross-site'),
  },
  {
    stage: 'registrar',
    path: '/office/people',
    method: 'POST',
    what: 'two numbers',
    body: 'token={token}&number=1&number=2',
    answer: invalid,
  },
  { stage: 'registrar', path: '/office/people', method: 'POST', what: 'no number', body: 'token={token}', answer: asEver },
  {
    stage: 'registrar',
    path: '/office/people',
    method: 'POST',
    what: 'a statement of SQL for a number',
    body: "token={token}&number=' OR 1=1 --",
    answer: asEver,
  },
  {
    stage: 'registrar',
    path: '/office/people',
    method: 'POST',
    what: 'a number of 20 000 digits',
    body: `token={token}&number=${'9'.repeat(20_000)}`,
    answer: asEver,
  },
  {
    stage: 'registrar',
    path: '/office/people',
    method: 'POST',
    what: 'a number with a wrong check digit',
    body: 'token={token}&number=1000000009',
    answer: asEver,
  },
  {
    stage: 'registrar',
    path: '/office/people/evidence',
    method: 'POST',
    what: 'a number that nobody has',
    body: 'token={token}&number=1000000016',
    answer: person(404, 'person/unknown'),
  },
  {
    stage: 'registrar',
    path: '/office/people/evidence',
    method: 'POST',
    what: 'no form token',
    body: 'number=1000000008',
    answer: outdated,
  },
  {
    stage: 'registrar',
    path: '/office/people/evidence',
    method: 'POST',
    what: 'a field of the document twice',
    body: 'token={token}&number=1000000008&digits=42&digits=43',
    answer: invalid,
  },
  {
    stage: 'registrar',
    path: '/office/people',
    method: 'POST',
    what: 'JSON in place of a form',
    body: '{}',
    headers: [['Content-Type', 'application/json']],
    answer: invalid,
  },
  {
    stage: 'auditor',
    path: '/office/people',
    method: 'POST',
    what: 'an auditor at the counter',
    body: 'token={token}&number=1000000008',
    answer: person(403, 'officer/other-role'),
  },
  {
    stage: 'account',
    path: '/office/people',
    method: 'POST',
    what: 'a person who is no officer',
    body: 'token={token}&number=1000000008',
    answer: person(401, 'officer/signed-out'),
  },
  { stage: 'registrar', path: '/staff/sign-out', method: 'POST', what: 'no form token', body: '', answer: outdated },
];

const door: readonly Asked[] = [
  { stage: 'nobody', path: '/staff/enrol/unknown', what: 'a link that nobody sent', answer: person(410, 'officer/invalid-link') },
  { stage: 'nobody', path: '/staff/enrol/%00', what: 'a null character', answer: person(410, 'officer/invalid-link') },
  {
    stage: 'staff-link',
    path: '/enrol/{link}',
    what: 'an officer’s link where people enrol',
    answer: person(410, 'enrolment/invalid-link'),
  },
  { stage: 'link', path: '/staff/enrol/{link}', what: 'a person’s link where officers enrol', answer: person(410, 'officer/invalid-link') },
  {
    stage: 'staff-link',
    path: '/staff/enrol/{link}/options',
    method: 'POST',
    what: 'no form token',
    body: '{}',
    headers: json.slice(0, 2),
    answer: outdated,
  },
  {
    stage: 'staff-link',
    path: '/staff/enrol/{link}/verify',
    method: 'POST',
    what: 'an empty object',
    body: '{}',
    headers: json,
    answer: invalid,
  },
  {
    stage: 'nobody',
    path: '/staff/sign-in/options',
    method: 'POST',
    what: 'no page before it',
    body: '{}',
    headers: json.slice(0, 2),
    answer: person(400, 'interaction/expired'),
  },
  {
    stage: 'nobody',
    path: '/staff/enrolled/constructor',
    what: 'a desk named like a member of every object',
    answer: person(404, 'request/not-found'),
  },
  { stage: 'nobody', path: '/staff/signed-out/nowhere', what: 'a desk that does not exist', answer: person(404, 'request/not-found') },
];

export const deskRows: readonly WebRow[] = toWebRows('BD', [...ownPage, ...counter, ...door]);
