// Auditors' cases: opening one, finding somebody, unmasking one or many; and the code that a registrar makes for them.

import { person, toWebRows } from './row.ts';
import type { Answer, Asked, WebRow } from './row.ts';

const formAgain: Answer = { reader: 'form', status: 400, code: 'request/invalid' };
const unknown = person(404, 'audit/case-unknown');
const outdated = person(409, 'request/form-outdated');
const otherRole = person(403, 'officer/other-role');
const inCase = '/audit/cases/00000000-0000-7000-8000-000000000000';

const draft = 'token={token}&authority=Court&basis=complaint&scope=all&agency=&from=&to=&ends=2027-01-01';

const opening: readonly Asked[] = [
  { stage: 'auditor', path: '/audit/cases', what: 'no form token', body: 'number=1', answer: outdated },
  {
    stage: 'auditor',
    path: '/audit/cases',
    what: 'the number of a person for that of a case',
    body: `${draft}&number=1000000008`,
    answer: formAgain,
  },
  { stage: 'auditor', path: '/audit/cases', what: 'markup for a number', body: `${draft}&number=%3Cb%3E`, answer: formAgain },
  {
    stage: 'auditor',
    path: '/audit/cases',
    what: 'a basis named like a member of every object',
    body: `${draft}&number=1&basis=constructor`,
    answer: formAgain,
  },
  {
    stage: 'auditor',
    path: '/audit/cases',
    what: 'an agency that does not exist',
    body: 'token={token}&number=1&scope=agency&agency=%27%20OR%201',
    answer: formAgain,
  },
  {
    stage: 'auditor',
    path: '/audit/cases?after=-1',
    what: 'a place that this page never gave',
    answer: person(400, 'request/place-unknown'),
  },
  { stage: 'registrar', path: '/audit/cases', what: 'a registrar', answer: otherRole },
];

const inside: readonly Asked[] = [
  { stage: 'auditor', path: '/audit/cases/%00', what: 'a null character for a case', answer: unknown },
  { stage: 'auditor', path: `${inCase}/people`, what: 'a case that does not exist', answer: unknown },
  {
    stage: 'auditor',
    path: `${inCase}/people`,
    what: 'a code for a case that does not exist',
    body: 'token={token}&code=1',
    answer: unknown,
  },
  {
    stage: 'auditor',
    path: `${inCase}/unmask`,
    what: 'a pseudonym in a case that does not exist',
    body: 'token={token}&pseudonym=P-000000000000',
    answer: unknown,
  },
  { stage: 'auditor', path: `${inCase}/unmask/unknown/show`, what: 'no form token', body: '', answer: outdated },
  {
    stage: 'auditor',
    path: `${inCase}/unmask/unknown/show`,
    what: 'an unmasking that does not exist',
    body: 'token={token}',
    answer: unknown,
  },
  { stage: 'auditor', path: `${inCase}/breach?service=%00`, what: 'a breach in a case that does not exist', answer: unknown },
  { stage: 'auditor', path: `${inCase}/breach`, what: 'no form token', body: 'service=mol-work-permit', answer: outdated },
  { stage: 'auditor', path: `${inCase}/breach/unknown/file`, what: 'a list that does not exist', body: 'token={token}', answer: unknown },
  { stage: 'auditor', path: `${inCase}/suspensions?subject=%00`, what: 'a suspension in a case that does not exist', answer: unknown },
  { stage: 'auditor', path: `${inCase}/suspensions`, what: 'no form token', body: 'subject=suspend:service:x', answer: outdated },
  {
    stage: 'auditor',
    path: `${inCase}/suspensions/unknown`,
    what: 'a decision about a suspension that does not exist',
    body: 'token={token}&decision=approve',
    answer: unknown,
  },
  {
    stage: 'auditor',
    path: `${inCase}/members`,
    what: 'a member of a case that does not exist',
    body: 'token={token}&member=x',
    answer: unknown,
  },
];

const codes: readonly Asked[] = [
  { stage: 'registrar', path: '/office/audit-codes', what: 'no form token', body: 'number=1', answer: outdated },
  { stage: 'auditor', path: '/office/audit-codes', what: 'an auditor', answer: otherRole },
];

export const unmaskingRows: readonly WebRow[] = toWebRows('BN', [...opening, ...inside, ...codes]);
