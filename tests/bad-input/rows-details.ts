// The place "details": the forms by which a person changes what is theirs.

import { ignored, person, toWebRows } from './row.ts';
import type { Asked, Answer, Header, WebRow } from './row.ts';

const invalid = person(400, 'request/invalid');
const outdated = person(409, 'request/form-outdated');
const crossSite: readonly Header[] = [['Sec-Fetch-Site', 'cross-site']];

/** What every form of the own page refuses, whatever it is for. */
function toGuards(path: string, fields: string): readonly Asked[] {
  return [
    { stage: 'account', path, what: 'no form token', body: fields, answer: outdated },
    { stage: 'account', path, what: 'the form token of somebody else', body: `${fields}&token=${'A'.repeat(43)}`, answer: outdated },
    { stage: 'account', path, what: 'the form token twice', body: `${fields}&token={token}&token={token}`, answer: invalid },
    {
      stage: 'account',
      path,
      what: 'a form from another site',
      body: `${fields}&token={token}`,
      headers: crossSite,
      answer: person(403, 'request/cross-site'),
    },
    { stage: 'nobody', path, what: 'nobody signed in', body: `${fields}&token=x`, answer: person(401, 'session/ended') },
  ];
}

const language: readonly Asked[] = [
  ...toGuards('/account/details/language', 'language=ar'),
  {
    stage: 'account',
    path: '/account/details/language',
    what: 'a language that we do not speak',
    body: 'token={token}&language=de',
    answer: invalid,
  },
  {
    stage: 'account',
    path: '/account/details/language',
    what: 'two languages',
    body: 'token={token}&language=ar&language=en',
    answer: invalid,
  },
  { stage: 'account', path: '/account/details/language', what: 'no language', body: 'token={token}', answer: invalid },
  { stage: 'account', path: '/account/details?changed=constructor', what: 'a change that is none', answer: ignored(200, 'ar') },
];

const form = (status: number, code: 'name/not-accepted' | 'contact/address-invalid' | 'contact/unchanged'): Answer => ({
  reader: 'form',
  status,
  code,
});

const names: readonly Asked[] = [
  ...toGuards('/account/details/name', 'name-ar=&name-en=Sara'),
  ...(
    [
      ['letters of the other script', 'name-ar=Sara'],
      ['letters drawn like others', 'name-en=S%D0%B0ra'],
      ['an override of the direction', 'name-ar=%D8%B3%E2%80%AE'],
      ['markup', 'name-en=%3Cb%3E'],
      ['61 letters', `name-en=${'a'.repeat(61)}`],
      ['no letters at all', 'name-ar=%F0%9F%98%80'],
    ] as const
  ).map(([what, body]): Asked => ({
    stage: 'account',
    path: '/account/details/name',
    what,
    body: `token={token}&${body}`,
    answer: form(400, 'name/not-accepted'),
  })),
  { stage: 'account', path: '/account/details/name', what: 'one field twice', body: 'token={token}&name-ar=a&name-ar=b', answer: invalid },
];

const contact: readonly Asked[] = [
  ...toGuards('/account/details/email', 'address=a%40example.test'),
  ...toGuards('/account/details/email/code', 'code=12345678'),
  ...toGuards('/account/details/email/resend', 'x=y'),
  ...(
    [
      ['nothing', ''],
      ['no address', 'address=sara'],
      ['two addresses', 'address=a%40example.test%2Cb%40example.test'],
      ['a line end and another header', 'address=a%40example.test%0D%0ABcc%3A+b%40example.test'],
      ['a name before the address', 'address=Sara+%3Ca%40example.test%3E'],
      ['letters drawn like others in the domain', 'address=a%40ex%D0%B0mple.test'],
      ['400 characters', `address=${'a'.repeat(400)}%40example.test`],
    ] as const
  ).map(([what, body]): Asked => ({
    stage: 'account',
    path: '/account/details/email',
    what,
    body: `token={token}&${body}`,
    answer: form(400, 'contact/address-invalid'),
  })),
  {
    stage: 'account',
    path: '/account/details/email',
    what: 'the address that is held already',
    body: 'token={token}&address=sara%40example.test',
    answer: form(400, 'contact/unchanged'),
  },
  {
    stage: 'account',
    path: '/account/details/phone',
    what: 'a number without its country',
    body: 'token={token}&address=0500000000',
    answer: form(400, 'contact/address-invalid'),
  },
  {
    stage: 'account',
    path: '/account/details/email',
    what: 'two fields of the address',
    body: 'token={token}&address=a%40example.test&address=b%40example.test',
    answer: invalid,
  },
  {
    stage: 'account',
    path: '/account/details/email/code',
    what: 'a code where none was asked for',
    body: 'token={token}&code=12345678',
    answer: person(410, 'contact/code-ended'),
  },
  {
    stage: 'account',
    path: '/account/details/phone/resend',
    what: 'a new code where none was asked for',
    body: 'token={token}',
    answer: person(410, 'contact/code-ended'),
  },
  {
    stage: 'account',
    path: '/account/details/pager',
    what: 'a channel that does not exist',
    body: 'token={token}&address=1',
    answer: person(404, 'request/not-found'),
  },
  {
    stage: 'account',
    path: '/account/details/constructor',
    what: 'a channel named like a member of every object',
    answer: person(404, 'request/not-found'),
  },
  { stage: 'account', path: '/account/details/email/code', what: 'the page of a code that nobody sent', answer: ignored(200, 'ar') },
];

export const detailRows: readonly WebRow[] = toWebRows('BM', [...language, ...names, ...contact]);
