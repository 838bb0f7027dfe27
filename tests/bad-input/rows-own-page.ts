// What a person's browser, or somebody who edits what it sends, may get wrong on the own page: its lists, its buttons, reports, closing.

import { ignored, person } from './row.ts';
import type { Answer, WebRow } from './row.ts';

type Asked = { readonly path: string; readonly what: string; readonly body?: string; readonly answer: Answer };

const invalid = person(400, 'request/invalid');
const outdated = person(409, 'request/form-outdated');
const unknownConsent = person(404, 'consent/not-found');
const unknownPasskey = person(404, 'passkey/gone');
const unknownPlace = person(400, 'request/place-unknown');
const unknownEntry = person(404, 'account/entry-unknown');

const lists: readonly Asked[] = [
  { path: '/account?after=1', what: 'a place that no list gave out', answer: unknownPlace },
  { path: '/account/activity?after=W10.x', what: 'a place with a mark that is not ours', answer: unknownPlace },
  { path: '/account/receipts?after=', what: 'an empty place', answer: unknownPlace },
  { path: '/account/attributes/email?after=a&after=b', what: 'two places', answer: unknownPlace },
  { path: '/account?q=%27%20OR%201=1&state=valid', what: 'SQL for a name', answer: ignored(200, 'ar') },
  { path: '/account?q=a&q=b&state=__proto__', what: 'two names, and a state named like a prototype', answer: ignored(200, 'ar') },
  { path: `/account?q=${'x'.repeat(3000)}`, what: 'a name of 3,000 characters', answer: ignored(200, 'ar') },
  { path: '/account/activity?attribute=__proto__&period=constructor', what: 'filters named like members', answer: ignored(200, 'ar') },
  { path: '/account/activity/unknown', what: 'an entry that does not exist', answer: unknownEntry },
  { path: '/account/activity/%27%20OR%201=1', what: 'SQL for an entry', answer: unknownEntry },
  { path: '/account/attributes/constructor', what: 'a detail named like a member', answer: person(404, 'request/not-found') },
  { path: '/account/consents/{consent}/paused', what: 'a pause that was not made', answer: unknownConsent },
  { path: '/account/sign-ins?after=W10.x', what: 'a place with a mark that is not ours', answer: unknownPlace },
  { path: '/account/passkeys/unknown/name', what: 'a passkey that does not exist', answer: unknownPasskey },
  { path: '/account/passkeys/__proto__/remove', what: 'a passkey named like a prototype', answer: unknownPasskey },
  { path: '/account/report', what: 'a report about nothing', answer: unknownConsent },
  { path: '/account/report?entry=unknown', what: 'a report about an entry that does not exist', answer: unknownEntry },
  { path: '/account/report?service=unknown', what: 'a report about a service that the person never used', answer: unknownConsent },
];

const buttons: readonly Asked[] = [
  { path: '/account/consents/{consent}/pause', what: 'no form token', body: 'version=1', answer: outdated },
  { path: '/account/consents/{consent}/pause', what: 'no version', body: 'token={token}', answer: person(409, 'store/conflict') },
  {
    path: '/account/consents/{consent}/pause',
    what: 'a version of later',
    body: 'token={token}&version=99',
    answer: person(409, 'store/conflict'),
  },
  { path: '/account/consents/{consent}/pause', what: 'two versions', body: 'token={token}&version=1&version=1', answer: invalid },
  {
    path: '/account/consents/{consent}/resume',
    what: 'what is not paused',
    body: 'token={token}&version=1',
    answer: person(409, 'consent/wrong-state'),
  },
  {
    path: '/account/consents/{consent}/narrow',
    what: 'an attribute that is not shared by choice',
    body: 'token={token}&version=1&attribute=__proto__',
    answer: person(400, 'consent/attribute-not-offered'),
  },
  { path: '/account/consents/unknown/erase', what: 'a consent that does not exist', body: 'token={token}', answer: unknownConsent },
  { path: '/account/consents/{consent}/erase', what: 'no form token', body: '', answer: outdated },
  { path: '/account/passkeys/unknown/name', what: 'no form token', body: 'name=x', answer: outdated },
  { path: '/account/passkeys/unknown/name', what: 'two names', body: 'token={token}&name=a&name=b', answer: unknownPasskey },
  { path: '/account/passkeys/unknown/remove', what: 'no form token', body: '', answer: outdated },
  { path: '/account/passkeys/unknown/remove', what: 'a passkey that does not exist', body: 'token={token}', answer: unknownPasskey },
  { path: '/account/sessions/end-others', what: 'no form token', body: '', answer: outdated },
  { path: '/finish', what: 'no form token', body: '', answer: outdated },
  { path: '/finish', what: 'the form token of another form', body: 'token={token}', answer: outdated },
  { path: '/finish', what: 'two form tokens', body: 'token={token}&token={token}', answer: invalid },
  { path: '/account/close', what: 'no form token', body: '', answer: outdated },
  { path: '/account/reports', what: 'no form token', body: 'service=mol-work-permit&words=x&category=other', answer: outdated },
  {
    path: '/account/reports',
    what: 'no number of the form',
    body: 'token={token}&service=mol-work-permit&words=x&category=other',
    answer: invalid,
  },
  {
    path: '/account/reports',
    what: 'the words twice',
    body: 'token={token}&service=mol-work-permit&id=01900000-0000-7000-8000-000000000000&words=x&words=y&category=other',
    answer: invalid,
  },
];

export const ownPageRows: readonly WebRow[] = [...lists, ...buttons].map(({ path, what, body, answer }, index) => {
  const verb = body === undefined ? 'GET' : 'POST';
  const sent = { method: verb, path };
  return {
    id: `BO-${String(index + 1).padStart(2, '0')}`,
    where: `${verb} ${path.split('?')[0] ?? ''}`,
    what,
    stage: 'account',
    sent: body === undefined ? sent : { ...sent, body },
    answer,
  };
});
