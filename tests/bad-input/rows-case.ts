// Within a case: what is asked to leave it, and the files that were asked for.

import { person } from './row.ts';
import type { Answer, Header, StageName, WebRow } from './row.ts';

type Asked = {
  readonly path: string;
  readonly what: string;
  readonly answer: Answer;
  readonly body?: string;
  readonly stage?: StageName;
  readonly headers?: readonly Header[];
};

const formAgain: Answer = { reader: 'form', status: 400, code: 'request/invalid' };
const outdated = person(409, 'request/form-outdated');
const strange = person(404, 'audit/export-unknown');
const nowhere = person(404, 'audit/case-unknown');
const nobodys = '00000000-0000-7000-8000-000000000000';

const list = '/audit/cases/{case}/exports';
const good: Readonly<Record<string, string>> = {
  token: '{token}',
  form: 'pack',
  service: 'mol-work-permit',
  recipient: 'A+court',
  reason: 'A+complaint',
};

const toBody = (changes: Readonly<Record<string, string>>): string =>
  Object.entries({ ...good, ...changes })
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const wrong: readonly (readonly [what: string, changes: Readonly<Record<string, string>>, answer?: Answer])[] = [
  ['a form that there is not', { form: 'xlsx' }],
  ['a form named like a member of every object', { form: 'constructor' }],
  ['nothing that it is about', { service: '' }],
  ['a service that does not exist', { service: 'nobody' }],
  ['a statement of SQL for a record', { record: '%27%20OR%201=1' }],
  ['a record that does not exist', { record: nobodys }],
  ['a number for a pseudonym', { person: '1012345672' }],
  ['a pseudonym of nobody in this case', { person: 'P-000000000000' }, person(403, 'audit/export-outside')],
  ['a day that does not exist', { from: '2026-02-31' }],
  ['an end before the beginning', { from: '2026-06-01', to: '2026-01-01' }],
  ['nobody for whom it is', { recipient: '' }],
  ['a reason of 121 characters', { reason: 'x'.repeat(121) }],
  ['a null character for a reason', { reason: '%00%00%00' }],
  ['a form token of somebody else', { token: 'x' }, outdated],
];

const asked: readonly Asked[] = [
  ...wrong.map(([what, changes, answer = formAgain]) => ({ path: list, what, body: toBody(changes), answer })),
  { path: list, what: 'no form token', body: 'form=pack', answer: outdated },
  { path: `/audit/cases/${nobodys}/exports`, what: 'a case that does not exist', answer: nowhere },
  { path: `/audit/cases/${nobodys}/exports`, what: 'a file out of a case that does not exist', body: toBody({}), answer: nowhere },
  { path: '/audit/cases/{case}/entries/x', what: 'an index that is no number', answer: person(404, 'audit/entry-unknown') },
  { path: `/audit/cases/${nobodys}/entries/0`, what: 'an entry in a case that does not exist', answer: nowhere },
  { path: `${list}/${nobodys}`, what: 'a file that nobody asked for', answer: strange },
  { path: `${list}/${nobodys}/file`, what: 'to fetch a file that nobody asked for', body: 'token={token}', answer: strange },
  { path: `${list}/x'y/cancel`, what: 'an apostrophe for a file', body: 'token={token}', answer: strange },
  {
    path: `${list}/{file}/approve`,
    what: 'agreement without a passkey',
    body: 'token={token}',
    answer: { reader: 'form', status: 409, code: 'officer/unconfirmed' },
  },
  { path: `${list}/{file}/deny`, what: 'a refusal by whoever asked', body: 'token={token}', answer: person(403, 'audit/export-own') },
  { path: `${list}/{file}/file`, what: 'to fetch without a form token', body: 'x=1', answer: outdated },
  { path: `${list}/{file}`, what: 'a file of a case, by a registrar', stage: 'registrar', answer: person(403, 'officer/other-role') },
];

const api = '/audit/api/v1/cases/{case}/exports';
const refused = person(400, 'audit/parameter-refused');
const unread = person(400, 'request/invalid');
const json: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json'],
];
const toJson = (changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ form: 'pack', service: 'mol-work-permit', recipient: 'A court', reason: 'A complaint', ...changes });

/** The same by the interface for programs. */
const byProgram: readonly Asked[] = [
  { path: api, what: 'a form that there is not, in JSON', body: toJson({ form: 'xlsx' }), answer: refused },
  { path: api, what: 'a list for a reason', body: toJson({ reason: ['x'] }), answer: refused },
  { path: api, what: 'a member that there is not', body: toJson({ token: 'x' }), answer: refused },
  { path: api, what: 'a member named like one of every object', body: toJson({ constructor: 'x' }), answer: refused },
  { path: api, what: 'a service that does not exist, in JSON', body: toJson({ service: 'nobody' }), answer: refused },
  { path: api, what: 'a statement of SQL for a record, in JSON', body: toJson({ record: "' OR 1=1 --" }), answer: refused },
  {
    path: api,
    what: 'a pseudonym of nobody, in JSON',
    body: toJson({ person: 'P-000000000000' }),
    answer: person(403, 'audit/export-outside'),
  },
  { path: api, what: 'a list in place of an object', body: '[]', answer: unread },
  { path: api, what: 'JSON that ends early', body: '{"form":', answer: unread },
  { path: api, what: 'a form in place of JSON', body: toBody({}), headers: [], answer: unread },
  { path: `${api}/x'y`, what: 'an apostrophe for an export', answer: strange },
  { path: `${api}/${nobodys}/file`, what: 'to fetch an export that nobody asked for', answer: strange },
  { path: `${api}/{file}/cancel`, what: 'to call off without JSON', body: 'x=1', headers: [], answer: unread },
  {
    path: api,
    what: 'an export, asked for by a page of another site',
    body: toJson({}),
    headers: [...json, ['Sec-Fetch-Site', 'cross-site']],
    answer: person(403, 'request/cross-site'),
  },
];

export const caseRows: readonly WebRow[] = [...asked, ...byProgram.map((row): Asked => ({ headers: json, ...row }))].map(
  ({ path, what, answer, body, headers = [], stage = 'case' }, index) => ({
    id: `BG-${String(index + 1).padStart(2, '0')}`,
    where: `${body === undefined ? 'GET' : 'POST'} ${path}`,
    what,
    stage,
    sent: body === undefined ? { path, headers } : { path, method: 'POST', body, headers },
    answer,
  }),
);
