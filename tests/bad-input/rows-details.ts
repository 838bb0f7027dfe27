// The place "details": the forms by which a person changes what is theirs.

import { ignored, person } from './row.ts';
import type { Answer, Header, StageName, WebRow } from './row.ts';

type Asked = {
  readonly stage: StageName;
  readonly path: string;
  readonly what: string;
  /** With one it is a post. */
  readonly body?: string;
  readonly headers?: readonly Header[];
  readonly answer: Answer;
};

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

export const detailRows: readonly WebRow[] = [...language].map(({ stage, path, what, body, headers = [], answer }, index) => {
  const method = body === undefined ? 'GET' : 'POST';
  const sent = { method, path, headers };
  return {
    id: `BM-${String(index + 1).padStart(2, '0')}`,
    where: `${method} ${path.split('?')[0] ?? ''}`,
    what,
    stage,
    sent: body === undefined ? sent : { ...sent, body },
    answer,
  };
});
