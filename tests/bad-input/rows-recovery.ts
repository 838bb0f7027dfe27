// What may go wrong where somebody who lost every passkey comes back, by the letter or at a counter, and where statements of providers are handed in.

import { ignored, person, toWebRows } from './row.ts';
import type { Answer, Asked, Header, StageName, WebRow } from './row.ts';

const json: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json'],
  ['X-Huwiya-Token', '{token}'],
];
const crossSite: readonly Header[] = [['Sec-Fetch-Site', 'cross-site']];
const invalid = person(400, 'request/invalid');
const outdated = person(409, 'request/form-outdated');
const elsewhere = person(403, 'request/cross-site');
const over = person(410, 'recovery/over');
const wrong = person(400, 'recovery/code-wrong');

type Row = Omit<Asked, 'stage' | 'path'>;

const at = (stage: StageName, path: string, rows: readonly Row[]): readonly Asked[] => rows.map((row) => ({ stage, path, ...row }));

const toGuards = (fields: string): readonly Row[] => [
  { what: 'no form token', body: fields, answer: outdated },
  { what: 'the form token twice', body: `${fields}&token={token}&token={token}`, answer: invalid },
  { what: 'a form from another site', body: `${fields}&token={token}`, headers: crossSite, answer: elsewhere },
  { what: 'JSON in place of a form', body: '{}', headers: [['Content-Type', 'application/json']], answer: invalid },
];

const wrongInForm: Answer = { reader: 'form', status: 400, code: 'recovery/code-wrong' };

const byLetter: readonly Asked[] = [
  ...at('recovery', '/recover/number', [
    ...toGuards('number=1000000016'),
    { what: 'two numbers', body: 'token={token}&number=1&number=2', answer: invalid },
    { what: 'no number', body: 'token={token}', answer: ignored(200, 'ar') },
    { what: 'a number that nobody has', body: 'token={token}&number=1000000016', answer: ignored(200, 'ar') },
    { what: 'a statement of SQL for a number', body: "token={token}&number=' OR 1=1 --", answer: ignored(200, 'ar') },
  ]),
  ...at('recovery', '/recover/code', [
    ...toGuards('code=2222-2222-2222-2222'),
    { what: 'two codes', body: 'token={token}&code=2&code=3', answer: invalid },
    { what: 'no code', body: 'token={token}', answer: wrongInForm },
    { what: 'a code that nobody was given', body: 'token={token}&code=2222-2222-2222-2222', answer: wrongInForm },
    { what: 'a way out of the folder for a code', body: 'token={token}&code=../../account', answer: wrongInForm },
    { what: 'a code of 20 000 characters', body: `token={token}&code=${'2'.repeat(20_000)}`, answer: wrongInForm },
  ]),
  { stage: 'nobody', path: '/recover/passkey/unknown', what: 'a code that nobody was given', answer: wrong },
  { stage: 'nobody', path: '/recover/passkey/%00', what: 'a null character', answer: wrong },
  ...at('recovery', '/recover/passkey/2222-2222-2222-2222/options', [
    { what: 'a code that nobody was given', body: '{}', headers: json, answer: wrong },
    { what: 'from another site', body: '{}', headers: [...json, ...crossSite], answer: elsewhere },
  ]),
  ...at('recovery', '/recover/passkey/2222-2222-2222-2222/verify', [
    { what: 'a code that nobody was given', body: '{"ceremony":"x","response":{}}', headers: json, answer: wrong },
  ]),
];

const cancelling: readonly Asked[] = [
  { stage: 'nobody', path: '/recover/cancel/unknown', what: 'a link that nobody sent', answer: over },
  { stage: 'nobody', path: `/recover/cancel/${'A'.repeat(43)}`, what: 'a link of the right form that nobody sent', answer: over },
  { stage: 'nobody', path: '/recover/cancel/%00', what: 'a null character', answer: over },
  ...at('recovery', '/recover/cancel/unknown', toGuards('yes=1').slice(0, 1)),
  ...at('recovery', '/recover/cancel/unknown', [
    { what: 'the form token of another form', body: 'token={token}', answer: outdated },
    { what: 'a form from another site', body: 'token={token}', headers: crossSite, answer: elsewhere },
  ]),
  { stage: 'account', path: '/account/recoveries/unknown/cancel', what: 'the page of a recovery that is not the person’s', answer: over },
  ...at('account', '/account/recoveries/unknown/cancel', [
    ...toGuards('yes=1'),
    { what: 'a recovery that is not the person’s', body: 'token={token}', answer: over },
    { what: 'nobody signed in', body: 'token={token}', headers: [['Cookie', null]], answer: person(401, 'session/ended') },
  ]),
];

const complete = 'document=passport&issuer=Passports&country=SAU&digits=42AB&expiry=2099-01-01&seen=vpip&face=yes';

const unknownNumber: Answer = { reader: 'form', status: 404, code: 'officer/number-unknown' };

const counter: readonly Asked[] = [
  ...at('registrar', '/office/recoveries', [
    ...toGuards(`number=1000000016&${complete}`),
    { what: 'a number that nobody has', body: `token={token}&number=1000000016&${complete}`, answer: unknownNumber },
    { what: 'two numbers', body: `token={token}&number=1&number=2&${complete}`, answer: invalid },
  ]),
  { stage: 'registrar', path: '/office/recoveries/unknown', what: 'a recovery that does not exist', answer: over },
  ...at('registrar', '/office/recoveries/unknown/approve', [
    ...toGuards(complete),
    { what: 'a recovery that does not exist', body: `token={token}&${complete}`, answer: over },
  ]),
  ...at('registrar', '/office/recoveries/unknown/refuse', [
    ...toGuards('why=1'),
    { what: 'a recovery that does not exist', body: 'token={token}', answer: over },
  ]),
  ...at('auditor', '/office/recoveries', [
    { what: 'an auditor', body: `token={token}&${complete}`, answer: person(403, 'officer/other-role') },
  ]),
  ...at('account', '/office/recoveries', [
    { what: 'a person who is no officer', body: `token={token}&${complete}`, answer: person(401, 'officer/signed-out') },
  ]),
];

const jwt: readonly Header[] = [['Content-Type', 'application/jwt']];
const refused = person(400, 'proofing/statement-refused');
const encode = (members: object): string => Buffer.from(JSON.stringify(members)).toString('base64url');
const unsigned = `${encode({ alg: 'none', typ: 'proofing+jwt' })}.${encode({ iss: 'https://proofing.example', sub: '1000000008' })}.`;
const unknown = `${encode({ alg: 'ES256', typ: 'proofing+jwt' })}.${encode({ iss: 'https://nobody.example', sub: '1000000008' })}.AAAA`;

const statements = at('nobody', '/proofing/statements', [
  { what: 'an empty body', body: '', headers: jwt, answer: refused },
  { what: 'a word in place of a statement', body: 'x', headers: jwt, answer: refused },
  { what: 'three parts that are no JSON', body: 'x.y.z', headers: jwt, answer: refused },
  { what: 'a statement that nobody signed', body: unsigned, headers: jwt, answer: refused },
  { what: 'a statement of an issuer that is not trusted', body: unknown, headers: jwt, answer: refused },
  { what: 'a form in place of a statement', body: `statement=${unknown}`, answer: invalid },
  { what: 'a statement of 40 KB', body: 'x'.repeat(40_000), headers: jwt, answer: person(413, 'request/too-large') },
  { what: 'nothing handed in', answer: person(404, 'request/not-found') },
]);

export const recoveryRows: readonly WebRow[] = toWebRows('BR', [...byLetter, ...cancelling, ...counter]);
export const statementRows: readonly WebRow[] = toWebRows('BS', statements);
