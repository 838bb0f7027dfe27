// The auditor's desk: filters, single entries, proofs, the log; and what an office is handed for decision.

import { person } from './row.ts';
import type { Answer, StageName, WebRow } from './row.ts';

type Asked = { readonly path: string; readonly what: string; readonly answer: Answer; readonly stage?: StageName };

/** Nothing was searched. */
const formAgain: Answer = { reader: 'form', status: 400, code: 'audit/filter-unknown' };
const unknown = person(404, 'audit/entry-unknown');

const filters: readonly (readonly [query: string, what: string])[] = [
  ['type=dance', 'a type of event that does not exist'],
  ['type=constructor', 'a type named like a member of every object'],
  ['service=nobody', 'a service that does not exist'],
  ['attribute=%3Cscript%3E', 'markup for an attribute'],
  ['from=2026-02-31', 'a day that does not exist'],
  ['from=2026-06-01&to=2026-01-01', 'an end before the beginning'],
  ['limit=100000', 'a count over the most'],
  ['after=1&before=2', 'two places at once'],
  ['x=1', 'a field that does not exist'],
  ['service=%00', 'a null character'],
];

const asked: readonly Asked[] = [
  ...filters.map(([query, what]) => ({ path: `/audit/entries?${query}`, what, answer: formAgain })),
  { path: '/audit/entries.csv?type=dance', what: 'a type that does not exist, for a file', answer: formAgain },
  { path: '/audit/entries/999999', what: 'an entry that does not exist', answer: unknown },
  { path: '/audit/entries/x', what: 'an index that is no number', answer: unknown },
  { path: '/audit/entries/-1/proof.json', what: 'a proof below zero', answer: unknown },
  { path: '/audit/anomalies?days=8', what: 'a period that there is not', answer: person(400, 'request/invalid') },
  { path: '/audit/anomalies?rule=%27', what: 'a field that does not exist', answer: person(400, 'request/invalid') },
  { path: '/audit/open?entry=%27%20OR%201', what: 'a statement of SQL for an index', answer: unknown },
  { path: '/audit/log/consistency?from=x', what: 'a size that is no number', answer: person(400, 'request/invalid') },
  {
    stage: 'registrar',
    path: '/office/submissions/unknown',
    what: 'a submission, for a registrar',
    answer: person(403, 'officer/other-role'),
  },
  {
    stage: 'registrar',
    path: '/office/submissions/unknown/preview?change=-1&kind=%00&language=fr',
    what: 'a preview, for a registrar',
    answer: person(403, 'officer/other-role'),
  },
  {
    stage: 'registrar',
    path: '/office/requests?number=%00',
    what: 'a null character for the number of a request, by a registrar',
    answer: person(403, 'officer/other-role'),
  },
  {
    path: '/office/requests/2222-2222',
    what: 'a request of a service, by an auditor',
    answer: person(403, 'officer/other-role'),
  },
];

export const auditorRows: readonly WebRow[] = asked.map(({ path, what, answer, stage = 'auditor' }, index) => ({
  id: `BL-${String(index + 1).padStart(2, '0')}`,
  where: `GET ${path}`,
  what,
  stage,
  sent: { path },
  answer,
}));
