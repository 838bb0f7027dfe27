// What a service's program may get wrong at the interface for agencies, and who else may knock there.

import { person } from './row.ts';
import type { Answer, Header, StageName, WebRow } from './row.ts';

type Asked = {
  readonly stage?: StageName;
  readonly method?: string;
  readonly path?: string;
  readonly what: string;
  readonly headers?: readonly Header[];
  readonly body?: string;
  readonly answer?: Answer;
};

const token: readonly Header[] = [['Authorization', 'Bearer {access}']];
const json: Header = ['Content-Type', 'application/json'];
const bad = person(400, 'agency/body-refused');
const status = '/agency/api/v1/consents/status';
const duties = '/agency/api/v1/duties';
const deliveries = '/agency/api/v1/deliveries';
const answerPath = `${duties}/01900000-0000-7000-8000-000000000000/answer`;

const questions: readonly (readonly [body: string, what: string])[] = [
  ['{}', 'no question'],
  ['[]', 'a list in place of its object'],
  ['null', 'nothing'],
  ['{"items":[]}', 'a list of no questions'],
  [`{"items":[${Array.from({ length: 1001 }, () => '{"sub":"x","purpose":"y"}').join(',')}]}`, 'a question too many'],
  ['{"sub":"x"}', 'a question without its purpose'],
  ['{"sub":1,"purpose":"y"}', 'a number for a subject'],
  ['{"sub":"سارة","purpose":"y"}', 'a name for a subject'],
  ['{"sub":"x","purpose":"y","client_id":"moh-clinic"}', 'another service named'],
  ['{"sub":"x","purpose":"y","items":[]}', 'one question and many at once'],
];

const answers: readonly (readonly [body: string, what: string])[] = [
  ['{}', 'no answer'],
  ['{"answer":"maybe"}', 'an answer that does not exist'],
  ['{"answer":"kept_by_law"}', 'a law that is not named'],
  ['{"answer":"kept_by_law","article":"<b>12</b>"}', 'a law with markup'],
  ['{"answer":"kept_by_law","article":"a\\u202eb"}', 'a law that turns the direction of the text'],
  ['{"answer":"kept_by_law","article":{"ar":"المادة 12"}}', 'a law in one of two languages'],
  ['{"answer":"erased","article":"Article 12"}', 'a law for what was erased'],
];

const asked: readonly Asked[] = [
  ...questions.map(([body, what]) => ({ what, path: status, body })),
  { what: 'no JSON', path: status, body: '{', answer: person(400, 'request/invalid') },
  {
    what: 'a form',
    path: status,
    headers: [...token, ['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'sub=x',
    answer: person(400, 'request/invalid'),
  },
  { what: 'a body over the limit', path: status, body: `"${'x'.repeat(270_000)}"`, answer: person(413, 'request/too-large') },
  ...answers.map(([body, what]) => ({ what, path: answerPath, body })),
  { what: 'a duty that does not exist', path: answerPath, body: '{"answer":"erased"}', answer: person(404, 'duty/unknown') },
  { what: 'a state that does not exist', method: 'GET', path: `${duties}?state=late` },
  { what: 'a cursor that is none', method: 'GET', path: `${duties}?cursor=x` },
  { what: 'two states', method: 'GET', path: `${duties}?state=all&state=all` },
  { what: 'a parameter that does not exist', method: 'GET', path: `${duties}?service=moh-clinic` },
  { what: 'no token', method: 'GET', path: duties, headers: [], answer: person(401, 'token/missing') },
  {
    what: 'a token that nobody issued',
    method: 'GET',
    path: duties,
    headers: [['Authorization', 'Bearer x']],
    answer: person(401, 'token/refused'),
  },
  { stage: 'service', what: 'the token of a person’s visit', method: 'GET', path: duties, answer: person(401, 'token/refused') },
  { stage: 'program', what: 'the token of an audit program', method: 'GET', path: duties, answer: person(401, 'token/refused') },
  { stage: 'account', what: 'a person who is signed in', method: 'GET', path: duties, headers: [], answer: person(401, 'token/missing') },
  { what: 'a state of messages that does not exist', method: 'GET', path: `${deliveries}?state=lost` },
  { what: 'a cursor that is none, among messages', method: 'GET', path: `${deliveries}?cursor=x` },
  { what: 'the messages of another service', method: 'GET', path: `${deliveries}?service=moh-clinic` },
  { what: 'no token, for messages', method: 'GET', path: deliveries, headers: [], answer: person(401, 'token/missing') },
];

const shorten = (path: string): string => path.replace(/01900000[-\d]+/, '…');

export const agencyRows: readonly WebRow[] = asked.map(
  ({ stage = 'agency', method = 'POST', path = status, what, headers, body, answer = bad }, index) => ({
    id: `BY-${String(index + 1).padStart(2, '0')}`,
    where: `${method} ${shorten(path)}`,
    what,
    stage,
    sent: {
      method,
      path,
      headers: [['Accept', 'application/json'], ...(headers ?? (body === undefined ? token : [...token, json]))],
      ...(body === undefined ? {} : { body }),
    },
    answer,
  }),
);
