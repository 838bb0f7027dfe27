// Headers and request lines that no browser sends, at pages of ours.

import { ignored, nobody, person } from './row.ts';
import type { Answer, Header, StageName, WebRow } from './row.ts';

type Asked = {
  readonly stage?: StageName;
  readonly method?: string;
  readonly path?: string;
  readonly what: string;
  readonly headers?: readonly Header[];
  readonly body?: string;
  readonly answer: Answer;
};

const wrongHost = person(421, 'request/wrong-host');
const unread = person(400, 'request/invalid', 'ar');
const tooLarge = person(431, 'request/too-large', 'ar');
const account = '/account/services/mol-work-permit';

const asked: readonly Asked[] = [
  { what: 'another Host', headers: [['Host', 'evil.example']], answer: wrongHost },
  { what: 'the Host with another port', headers: [['Host', 'localhost:1']], answer: wrongHost },
  { what: 'a Host with a name before it', headers: [['Host', 'evil.example@{host}']], answer: wrongHost },
  {
    what: 'two Hosts',
    headers: [
      ['Host', '{host}'],
      ['Host', 'evil.example'],
    ],
    answer: wrongHost,
  },
  { what: 'no Host', headers: [['Host', null]], answer: nobody(400) },
  { what: 'an address in absolute form', path: 'http://evil.example/', answer: wrongHost },
  { what: 'a Host of Cyrillic letters', headers: [['Host', 'lоcalhost']], answer: wrongHost },
  {
    what: 'X-Forwarded-Host of another site, where no proxy is trusted',
    headers: [
      ['X-Forwarded-Host', 'evil.example'],
      ['X-Forwarded-Proto', 'https'],
    ],
    answer: ignored(200, 'ar'),
  },
  { what: 'X-Forwarded-For with a statement of SQL', headers: [['X-Forwarded-For', "' OR 1=1 --"]], answer: ignored(200, 'ar') },
  {
    what: 'an Origin of another site, reading',
    headers: [
      ['Origin', 'https://evil.example'],
      ['Sec-Fetch-Site', 'cross-site'],
    ],
    answer: ignored(200, 'ar'),
  },
  { what: 'Authorization at a page', headers: [['Authorization', 'Basic eDp5']], answer: ignored(200, 'ar') },
  { what: 'a Cookie of 12 000 characters', headers: [['Cookie', `x=${'y'.repeat(12_000)}`]], answer: ignored(200, 'ar') },
  { what: 'a Cookie of 20 000 characters', headers: [['Cookie', `x=${'y'.repeat(20_000)}`]], answer: tooLarge },
  { what: 'a request line of 20 000 characters', path: `/?x=${'y'.repeat(20_000)}`, answer: tooLarge },
  { what: '3 000 headers', headers: Array.from({ length: 3000 }, (_, index): Header => [`X-${index}`, 'y']), answer: tooLarge },
  { what: 'a Cookie that is no pair', headers: [['Cookie', ';;=;sid;%00=%00;']], answer: ignored(200, 'ar') },
  {
    what: 'the cookie of a session that was never begun',
    stage: 'nobody',
    path: '/account',
    headers: [['Cookie', 'sid=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; sid.sig=AAAA']],
    answer: ignored(200, 'ar'),
  },
  { what: 'a control character in a header', headers: [['X-Name', 'a\u0001b']], answer: unread },
  { what: 'a null character in a header', headers: [['X-Name', 'a\u0000b']], answer: unread },
  { what: 'a header without a name', headers: [['', 'x']], answer: unread },
  { what: 'a header that goes on in the next line', headers: [['X-Name', 'a\r\n b']], answer: unread },
  {
    what: 'Content-Length and Transfer-Encoding at once',
    method: 'POST',
    path: '/auth',
    body: '0\r\n\r\n',
    headers: [['Transfer-Encoding', 'chunked']],
    answer: unread,
  },
  { what: 'a Content-Length that is no number', method: 'POST', path: '/auth', headers: [['Content-Length', 'many']], answer: unread },
  {
    what: 'two Content-Lengths',
    method: 'POST',
    path: '/auth',
    body: 'x=1',
    headers: [
      ['Content-Length', '3'],
      ['Content-Length', '4'],
    ],
    answer: unread,
  },
  {
    what: 'a Content-Type of another letter set',
    method: 'POST',
    path: '/auth',
    body: 'x=1',
    headers: [['Content-Type', 'text/plain; charset=utf-7']],
    answer: person(400, 'request/invalid'),
  },
  { what: 'a method that does not exist', method: 'STEAL', path: '/', answer: unread },
  { what: 'DELETE at the authorization endpoint', method: 'DELETE', path: '/auth', answer: person(405, 'request/method') },
  { what: 'PUT at a page', method: 'PUT', path: '/', answer: person(404, 'request/not-found') },
  {
    what: 'POST at a page that only shows',
    stage: 'account',
    method: 'POST',
    path: account,
    body: 'token={token}',
    answer: person(404, 'request/not-found'),
  },
  { what: 'an address that nothing has', path: '/nowhere', answer: person(404, 'request/not-found') },
  { stage: 'account', what: 'a percent sign that begins nothing', path: '/account/services/%', answer: person(404, 'consent/not-found') },
  {
    stage: 'account',
    what: 'an address of bytes that are no UTF-8',
    path: '/account/services/%ff%fe',
    answer: person(404, 'consent/not-found'),
  },
  { what: 'an address with dots', path: '/assets/../package.json', answer: person(404, 'request/not-found') },
  { what: 'an address in capitals', path: '/ACCOUNT', answer: person(404, 'request/not-found') },
  { what: 'an address with a null character', path: '/account%00', answer: person(404, 'request/not-found') },
  { what: 'an asset with the hash of another', path: '/assets/huwiya.0000000000000000.css', answer: person(404, 'request/not-found') },
  { what: 'a tile of the log that does not exist', path: '/ledger/tile/9/x999/999', answer: person(404, 'request/not-found') },
  { what: 'a tile of the log with dots in its path', path: '/ledger/tile/../../checkpoint', answer: person(404, 'request/not-found') },
];

export const headerRows: readonly WebRow[] = asked.map(
  ({ stage = 'nobody', method = 'GET', path = '/', what, headers = [], body, answer }, index) => ({
    id: `BH-${String(index + 1).padStart(2, '0')}`,
    where: `${method} ${path.length > 60 ? `${path.slice(0, 5)}…` : path}`,
    what,
    stage,
    sent: body === undefined ? { method, path, headers } : { method, path, headers, body },
    answer,
  }),
);
