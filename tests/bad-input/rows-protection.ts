// What may go wrong where somebody closes their identity, or opens it again: by a printed code, by the link of a letter, on the own page, at the counter.

import { ignored, person, toWebRows } from './row.ts';
import type { Answer, Asked, Header, StageName, WebRow } from './row.ts';

const json: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json'],
  ['X-Huwiya-Token', '{token}'],
];
const crossSite: readonly Header[] = [['Sec-Fetch-Site', 'cross-site']];
const jsonType: readonly Header[] = [['Content-Type', 'application/json']];
const invalid = person(400, 'request/invalid');
const outdated = person(409, 'request/form-outdated');
const elsewhere = person(403, 'request/cross-site');
const notFound = person(404, 'request/not-found');
const asEver = ignored(200, 'ar');

type Row = Omit<Asked, 'stage' | 'path'>;

const at = (stage: StageName, path: string, rows: readonly Row[]): readonly Asked[] => rows.map((row) => ({ stage, path, ...row }));

/** What every form refuses, whatever it is for. */
const toGuards = (fields: string): readonly Row[] => [
  { what: 'no form token', body: fields, answer: outdated },
  { what: 'a form token that nobody gave', body: `${fields}&token=${'A'.repeat(43)}`, answer: outdated },
  { what: 'the form token twice', body: `${fields}&token={token}&token={token}`, answer: invalid },
  { what: 'a form from another site', body: `${fields}&token={token}`, headers: crossSite, answer: elsewhere },
  { what: 'JSON in place of a form', body: '{}', headers: jsonType, answer: invalid },
];

const unknownCode: Answer = { reader: 'form', status: 400, code: 'freeze/code-unknown' };
const wrongCodes = [
  ['no code', ''],
  ['a code that nobody was given', '&code=2222-2222-2222-2222'],
  ['a statement of SQL for a code', '&code=%27%20OR%201=1%20--'],
  ['a code of 20 000 characters', `&code=${'2'.repeat(20_000)}`],
  ['a code that turns the direction of the text', '&code=%E2%80%AE2222'],
] as const;

const byCode = at('freeze-code', '/freeze', [
  ...toGuards('code=2222-2222-2222-2222'),
  ...wrongCodes.map(([what, code]) => ({ what, body: `token={token}${code}`, answer: unknownCode })),
  { what: 'two codes', body: 'token={token}&code=2222&code=3333', answer: invalid },
  { what: 'a null character', body: 'token={token}&code=%00', answer: invalid },
  { what: 'a form of 40 KB', body: `token={token}&code=${'2'.repeat(40_000)}`, answer: person(413, 'request/too-large') },
]);

const unfreeze: readonly Asked[] = [
  ...at('unfreeze', '/unfreeze/options', [
    { what: 'no form token', body: '{}', headers: json.slice(0, 2), answer: outdated },
    { what: 'from another site', body: '{}', headers: [...json, ...crossSite], answer: elsewhere },
    { what: 'another browser than the page was opened in', body: '{}', headers: [...json, ['Cookie', null]], answer: outdated },
    { what: 'a cookie that this server never set', body: '{}', headers: [...json, ['Cookie', 'unfreeze=x']], answer: outdated },
  ]),
  ...at('unfreeze', '/unfreeze/verify', [
    { what: 'an empty object', body: '{}', headers: json, answer: invalid },
    { what: 'JSON that is none', body: '{', headers: json, answer: invalid },
    { what: 'a person named', body: '{"ceremony":"x","response":{},"person":"1000000008"}', headers: json, answer: invalid },
    {
      what: 'a ceremony that was never begun',
      body: '{"ceremony":"x","response":{}}',
      headers: json,
      answer: person(400, 'passkey/challenge-unknown'),
    },
  ]),
  ...at('unfreeze', '/unfreeze/stop', [
    { what: 'no freeze and no token', body: 'x=1', answer: outdated },
    { what: 'a freeze that this server did not name', body: `freeze=1&token=${'A'.repeat(43)}`, answer: outdated },
    { what: 'two freezes', body: 'freeze=1&freeze=2&token=x', answer: invalid },
    { what: 'from another site', body: 'freeze=1&token=x', headers: crossSite, answer: elsewhere },
    { what: 'JSON in place of a form', body: '{}', headers: jsonType, answer: invalid },
  ]),
  { stage: 'nobody', path: '/unfreeze/waits', what: 'no time', answer: notFound },
  { stage: 'nobody', path: '/unfreeze/waits?at=1900000000000&mark=x', what: 'a time that this server did not give out', answer: notFound },
  { stage: 'nobody', path: '/unfreeze/waits?at=1&at=2&mark=x', what: 'two times', answer: notFound },
];

const noLink = person(410, 'notice/link-invalid');
const madeUp = `/not-me/01900000-0000-7000-8000-000000000000.${'A'.repeat(43)}`;

const notMe: readonly Asked[] = [
  { stage: 'nobody', path: '/not-me/unknown', what: 'a link that nobody sent', answer: noLink },
  { stage: 'nobody', path: '/not-me/%00', what: 'a null character', answer: noLink },
  { stage: 'nobody', path: madeUp, what: 'a mark that is not ours', answer: noLink },
  { stage: 'nobody', path: madeUp, what: 'a mark that is not ours, pressed', body: 'token=x', answer: noLink },
  { stage: 'notice', path: '/not-me/{notice}x', what: 'a link with one character more', answer: noLink },
  ...at('notice', '/not-me/{notice}', toGuards('yes=1')),
];

const account: readonly Asked[] = ['/account/freeze', '/account/freeze/code'].flatMap((path) => [
  ...at('account', path, toGuards('code=1')),
  {
    stage: 'account',
    path,
    what: 'nobody signed in',
    body: 'token={token}',
    headers: [['Cookie', null]],
    answer: person(401, 'session/ended'),
  },
]);

const unchosen: Answer = { reader: 'form', status: 400, code: 'officer/nothing-chosen' };
const unknownPerson = person(404, 'person/unknown');
const otherRole = person(403, 'officer/other-role');

const counter: readonly Asked[] = [
  ...at('registrar', '/office/freeze', [
    ...toGuards('number=1000000016'),
    { what: 'no number', body: 'token={token}', answer: asEver },
    { what: 'two numbers', body: 'token={token}&number=1&number=2', answer: invalid },
    { what: 'a statement of SQL for a number', body: "token={token}&number=' OR 1=1 --", answer: asEver },
  ]),
  ...at('registrar', '/office/freeze/close', [
    ...toGuards('number=1000000016&reason=lost'),
    { what: 'a number that nobody has', body: 'token={token}&number=1000000016&reason=lost', answer: unknownPerson },
    { what: 'no reason', body: 'token={token}&number=1000000008', answer: unchosen },
    { what: 'a reason named like a member of every object', body: 'token={token}&number=1000000008&reason=constructor', answer: unchosen },
    {
      what: 'a confirmation that nobody gave',
      body: 'token={token}&number=1000000008&reason=lost&confirmation=x',
      answer: { reader: 'form', status: 409, code: 'officer/unconfirmed' },
    },
  ]),
  ...at('registrar', '/office/freeze/lift', [
    ...toGuards('number=1000000016&document=passport'),
    { what: 'a person who is not frozen', body: 'token={token}&number=1000000008&document=passport', answer: person(409, 'freeze/none') },
    { what: 'a number that nobody has', body: 'token={token}&number=1000000016&document=passport', answer: unknownPerson },
  ]),
  { stage: 'registrar', path: '/office/cases/C-0000-0000', what: 'a case that nobody opened', answer: notFound },
  { stage: 'registrar', path: '/office/cases/%00', what: 'a null character', answer: notFound },
  {
    stage: 'registrar',
    path: '/office/cases?after=x',
    what: 'a place that was not given out',
    answer: person(400, 'request/place-unknown'),
  },
  ...at('registrar', '/office/cases/C-0000-0000', [
    ...toGuards('step=spoke&act=note'),
    { what: 'no step', body: 'token={token}&act=note', answer: notFound },
    { what: 'a step named like a member of every object', body: 'token={token}&step=constructor&act=note', answer: notFound },
    { what: 'an act that the form does not have', body: 'token={token}&step=spoke&act=erase', answer: invalid },
    { what: 'a case that nobody opened, noted', body: 'token={token}&step=spoke&act=close', answer: notFound },
  ]),
  { stage: 'auditor', path: '/office/cases/C-0000-0000', what: 'an auditor', body: 'token={token}&step=spoke&act=note', answer: otherRole },
  { stage: 'auditor', path: '/office/freeze/close', what: 'an auditor', body: 'token={token}&number=1000000008', answer: otherRole },
  {
    stage: 'account',
    path: '/office/freeze/close',
    what: 'a person who is no officer',
    body: 'token={token}&number=1000000008',
    answer: person(401, 'officer/signed-out'),
  },
];

export const protectionRows: readonly WebRow[] = toWebRows('BP', [...byCode, ...unfreeze, ...notMe, ...account, ...counter]);
