// The rows of the catalogue that concern auditors and their programs, in a file of their own for length alone; errors.ts holds the whole.

import { figuresErrors } from './figures-errors.ts';

import { exportErrors } from './export-errors.ts';

export const auditErrors = {
  ...exportErrors,
  ...figuresErrors,
  'audit/filter-unknown': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-request-invalid',
    advice: 'A search of the log named a service, a purpose or an attribute that is not registered. `huwiya agencies list` names them.',
  },
  'audit/entry-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-entry-unknown',
    advice: 'The log has no entry of this index. The first entry is 0; what was committed just now gets its index within a second.',
  },
  'audit/case-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-case-unknown',
    advice: 'No case of this officer has this address. Whether there is such a case at all is told to its members alone.',
  },
  'audit/case-ended': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-case-ended',
    advice: 'The case was closed or has reached its end. It shows nobody any more; a new case needs a new paper.',
  },
  'audit/case-number-taken': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-case-number-taken',
    advice: 'A case with this number was opened before. Whoever needs to see it asks one of its members.',
  },
  'audit/case-too-long': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-case-too-long',
    advice: 'The end of a case lies behind it, or more than a year away.',
  },
  'audit/mandate': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-audit-mandate',
    advice:
      'An auditor of one agency asked for what belongs to another, or to all. Their mandate is the agency that they were invited with.',
  },
  'audit/beyond-case': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-audit-beyond-case',
    advice:
      'An entry was opened inside a case that does not cover it: another agency, another person, or another time. Outside the case it is shown without a person.',
  },
  'audit/member-unfit': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-audit-member',
    advice: 'Only another active auditor, whose mandate covers the case, comes into it, and once.',
  },
  'audit/too-many-looks': {
    status: 429,
    oauth: 'temporarily_unavailable',
    level: 'warn',
    text: 'error-audit-looks',
    advice:
      'An auditor looked more often within the hour than anybody can read (`audit-look.officer`). Ask whether it was they: a program may sit in their open session. `huwiya officers status ID suspended` ends it.',
  },
  'audit/case-needed': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-case-needed',
    advice: 'The question is about people, and is answered only inside a case. `huwiya audit questions` says which ones are.',
  },
  'audit/checkpoint-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-checkpoint-unknown',
    advice:
      'The log has no checkpoint of this size. `/ledger/checkpoint` names the newest; a kept checkpoint has its size in its second line.',
  },
  'audit/question-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-question-unknown',
    advice: 'There is no saved question of this name. `huwiya audit questions` lists them.',
  },
  'audit/receipt-refused': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-audit-receipt',
    advice:
      'A receipt that an auditor brought was not signed by us, is not as it was issued, or is of a service outside the scope of the case.',
  },
  'audit/code-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-audit-code',
    advice: 'The code of a registrar is unknown, used, older than three days, or for another case. The registrar makes a new one.',
  },
  'breach/other-basis': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-breach-basis',
    advice: 'Many people are unmasked at once only in a case whose basis is a breach.',
  },
  'breach/outside': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-breach-outside',
    advice: 'The service or the time of a breach list lies outside the scope or the period of the case.',
  },
  'breach/nobody': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-breach-nobody',
    advice: 'The service received nothing about anybody in the time that was asked for.',
  },
  'breach/too-many': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-breach-many',
    advice: 'A breach list holds 20,000 people at most; several lists of fewer days hold more.',
  },
  'suspension/outside': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-suspension-outside',
    advice: 'A case suspends services of its own agency and whoever works for it. Auditors are suspended by an operator.',
  },
  'suspension/no-effect': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-suspension-no-effect',
    advice: 'The service or the officer has another status by now, or the suspension that was to end was not made in this case.',
  },
  'unmask/pseudonym-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-unmask-pseudonym',
    advice: 'Nobody came up in this case under the pseudonym that was typed.',
  },
  'unmask/too-late': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-unmask-too-late',
    advice: 'The day on which the person is told lies behind, or more than a year away.',
  },
  'unmask/unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-unmask-unknown',
    advice: 'No unmasking of this case has this address.',
  },
  'unmask/own': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-unmask-own',
    advice:
      'Whoever asked for an unmasking tried to decide it, or somebody by the same name or with the same passkey. Another member has to.',
  },
  'unmask/decided': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-unmask-decided',
    advice: 'The unmasking was decided before, or was not decided in time.',
  },
  'unmask/over': {
    status: 410,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-unmask-over',
    advice: 'The unmasking was not approved, its time has passed, or somebody other than who asked opened it.',
  },
  'token/missing': {
    status: 401,
    oauth: 'invalid_token',
    level: 'info',
    text: 'error-token-missing',
    advice:
      'A request to an interface for programs carried no token, and no auditor was signed in. docs/guides/auditor.md and docs/guides/agency.md say how to get one.',
  },
  'token/refused': {
    status: 401,
    oauth: 'invalid_token',
    level: 'info',
    text: 'error-token-refused',
    advice:
      'The token is unknown, older than 300 seconds, given back, of another kind, or its program is not active. The program asks for a new one.',
  },
  'token/proof-refused': {
    status: 401,
    oauth: 'invalid_dpop_proof',
    level: 'warn',
    text: 'error-token-proof',
    advice: 'The token is bound to a key, and the DPoP proof is missing, used before, or made for another key, token, address or method.',
  },
  'token/nonce-needed': {
    status: 401,
    oauth: 'use_dpop_nonce',
    level: 'info',
    text: 'error-token-proof',
    advice: 'The DPoP proof has no nonce of ours or an old one. The program repeats the request with the nonce of this answer.',
  },
  'audit/parameter-refused': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-parameter-refused',
    advice: 'A request to the auditor’s interface has parameters that do not exist or are wrong; the answer names each of them.',
  },
  'request/not-acceptable': {
    status: 406,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-not-acceptable',
    advice: 'A program asked for a form that there is none of. The auditor’s interface answers in JSON, and lists also in JSON Lines.',
  },
} as const;
