// What may go wrong where a decision waits for its passkey, and where a request waits for a stronger one.

import { ignored, person, toWebRows } from './row.ts';
import type { Asked, Header, WebRow } from './row.ts';

const json: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json'],
  ['X-Huwiya-Token', '{token}'],
];
const page = '/interaction/{uid}/confirm';
const stepUp = '/interaction/{uid}/step-up';
const post = { stage: 'decision', body: '{}', headers: json } as const;

const asked: readonly Asked[] = [
  {
    stage: 'nobody',
    path: '/interaction/unknown/confirm',
    what: 'an address that no request has',
    answer: person(400, 'interaction/expired'),
  },
  { stage: 'sign-in', path: page, what: 'a confirmation before anybody signed in', answer: person(401, 'session/ended') },
  { stage: 'decision', path: page, what: 'a confirmation of what was never decided', answer: ignored(200, 'ar') },
  { ...post, path: `${page}/options`, what: 'a challenge for what was never decided', answer: person(409, 'consent/unconfirmed') },
  { ...post, path: `${page}/options`, what: 'no form token', headers: json.slice(0, 2), answer: person(409, 'interaction/stale') },
  {
    ...post,
    path: `${page}/options`,
    what: 'a challenge asked for from another site',
    headers: [...json, ['Sec-Fetch-Site', 'cross-site']],
    answer: person(403, 'request/cross-site'),
  },
  { ...post, path: `${page}/verify`, what: 'JSON that is none', body: '{', answer: person(400, 'request/invalid') },
  {
    ...post,
    path: `${page}/verify`,
    what: 'an answer without its ceremony',
    body: '{"response":{}}',
    answer: person(400, 'request/invalid'),
  },
  {
    ...post,
    path: `${page}/verify`,
    what: 'an answer to a ceremony that never began',
    body: '{"ceremony":"unknown","response":{}}',
    answer: person(400, 'passkey/challenge-unknown'),
  },
  {
    ...post,
    stage: 'sign-in',
    path: `${stepUp}/options`,
    what: 'a step up before anybody signed in',
    answer: person(401, 'session/ended'),
  },
  { ...post, path: `${stepUp}/options`, what: 'a step up that nobody asked for', answer: person(409, 'interaction/stale') },
  { ...post, path: `${stepUp}/verify`, what: 'an answer to a step up that nobody asked for', answer: person(409, 'interaction/stale') },
  {
    ...post,
    path: `${stepUp}/options`,
    what: 'a step up without its form token',
    headers: json.slice(0, 2),
    answer: person(409, 'interaction/stale'),
  },
];

export const confirmationRows: readonly WebRow[] = toWebRows('BK', asked);
