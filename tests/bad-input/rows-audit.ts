// What an auditor's program may get wrong at its interface, and who else may knock there.

import { person } from './row.ts';
import type { Answer, Header, StageName, WebRow } from './row.ts';

type Asked = {
  readonly stage?: StageName;
  readonly method?: string;
  readonly path?: string;
  readonly what: string;
  readonly headers?: readonly Header[];
  readonly answer?: Answer;
};

const token: readonly Header[] = [['Authorization', 'Bearer {access}']];
const bad = person(400, 'audit/parameter-refused');
const unknownEntry = person(404, 'audit/entry-unknown');

const queries: readonly (readonly [query: string, what: string])[] = [
  ['type=dance', 'a type of event that does not exist'],
  ['type=constructor', 'a type named like a member of every object'],
  ['type=consent.given,dance', 'two types, of which one does not exist'],
  ['service=nobody', 'a service that does not exist'],
  ['service=%00', 'a null character'],
  ['purpose=nothing', 'a purpose that does not exist'],
  ['attribute=shoe_size', 'an attribute that does not exist'],
  ['from=yesterday', 'a day in words'],
  ['from=2026-02-31', 'a day that does not exist'],
  ['from=2026-06-01T09:00', 'an instant without its zone'],
  ['from=2026-06-01&to=2026-01-01', 'an end before the beginning'],
  ['limit=0', 'a count of none'],
  ['limit=100000', 'a count over the most'],
  ['limit=%D9%A5', 'a count in Arabic digits'],
  ['limit=5&limit=6', 'two counts'],
  ['cursor=x', 'a cursor that is none'],
  ['order=random', 'an order that does not exist'],
  ['after=1', 'a parameter that does not exist'],
  ['service[]=moh-clinic', 'a list in brackets'],
];

const asked: readonly Asked[] = [
  ...queries.map(([query, what]) => ({ what, path: `/audit/api/v1/entries?${query}` })),
  {
    what: 'a cursor with the whole result',
    path: '/audit/api/v1/entries?cursor=1',
    headers: [...token, ['Accept', 'application/x-ndjson']],
  },
  { what: 'an entry that does not exist', path: '/audit/api/v1/entries/999999', answer: unknownEntry },
  { what: 'an index that is no number', path: '/audit/api/v1/entries/x', answer: unknownEntry },
  { what: 'an index below zero', path: '/audit/api/v1/entries/-1', answer: unknownEntry },
  { what: 'an address that nothing has', path: '/audit/api/v1/people', answer: person(404, 'request/not-found') },
  { what: 'a method that changes', method: 'DELETE', path: '/audit/api/v1/entries/1', answer: person(404, 'request/not-found') },
  { what: 'a filter of entries that there is not', path: '/audit/api/v1/matches?x=1' },
  { what: 'markup for a mark', path: '/audit/api/v1/matches?level=%3Cscript%3E' },
  { what: 'a number of somebody for a reason', path: '/audit/api/v1/matches?reason=1034567891' },
  { what: 'a person, outside any case', path: '/audit/api/v1/matches?person=P-000000000000' },
  { what: 'a case, by a program', path: '/audit/api/v1/cases/x/matches', answer: person(404, 'audit/case-unknown') },
  { what: 'answers that are not overdue', path: '/audit/api/v1/duties?state=all' },
  { what: 'a cursor of answers that is none', path: '/audit/api/v1/duties?cursor=x' },
  { what: 'no token', headers: [], answer: person(401, 'token/missing') },
  { what: 'a token that nobody issued', headers: [['Authorization', 'Bearer x']], answer: person(401, 'token/refused') },
  { what: 'Basic in place of Bearer', headers: [['Authorization', 'Basic eDp5']], answer: person(401, 'token/refused') },
  { stage: 'service', what: 'the token of a service for people', answer: person(401, 'token/refused') },
  { stage: 'registrar', what: 'a registrar who is signed in', headers: [], answer: person(403, 'officer/other-role') },
  {
    stage: 'auditor',
    what: 'an auditor whose browser comes from another site',
    headers: [['Sec-Fetch-Site', 'cross-site']],
    answer: person(403, 'request/cross-site'),
  },
];

export const auditRows: readonly WebRow[] = asked.map(
  ({ stage = 'program', method = 'GET', path = '/audit/api/v1/entries', what, headers = token, answer = bad }, index) => ({
    id: `BI-${String(index + 1).padStart(2, '0')}`,
    where: `${method} ${path}`,
    what,
    stage,
    sent: { method, path, headers: headers.some(([name]) => name === 'Accept') ? headers : [['Accept', 'application/json'], ...headers] },
    answer,
  }),
);
