// The one catalogue of everything that can go wrong. Codes are public and stable; pages, logs and docs/reference/errors.md are printed from it.
// An expected outcome is a value (`Outcome`); a fault is thrown (`Fault`). Neither ever carries personal data, tokens or secrets.

import { consentErrors } from './consent-errors.ts';
import { agencyErrors } from './agency-errors.ts';
import { staffErrors } from './staff-errors.ts';
import { auditErrors } from './audit-errors.ts';
import { homeErrors } from './home-errors.ts';
import { contactErrors } from './contact-errors.ts';
import { askedErrors } from './asked-errors.ts';
import { keyErrors } from './key-errors.ts';
import { limitErrors } from './limit-errors.ts';
import { passkeyErrors } from './passkey-errors.ts';
import { protectionErrors } from './protection-errors.ts';
import { recoveryErrors } from './recovery-errors.ts';

export type LogLevel = 'info' | 'warn' | 'error';

export type ErrorRow = {
  /** HTTP status of the page or response. */
  readonly status: number;
  /** OAuth 2.0 / OIDC error on the wire, where the fault crosses the protocol. */
  readonly oauth: string;
  readonly level: LogLevel;
  /** Key of the page text in views/messages. */
  readonly text: string;
  /** What an operator does about it. */
  readonly advice: string;
};

export const errorCatalogue = {
  'request/invalid': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-request-invalid',
    advice: 'The request did not have the expected form. If one service causes many of these, contact its developers.',
  },
  'request/too-large': {
    status: 413,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-too-large',
    advice: 'A body over the limit was refused. Nothing to do unless it repeats from one place.',
  },
  'request/wrong-host': {
    status: 421,
    oauth: 'invalid_request',
    level: 'warn',
    text: 'error-wrong-host',
    advice: 'A request named another host than the issuer. Check the proxy: it must pass Host unchanged.',
  },
  'request/cross-site': {
    status: 403,
    oauth: 'invalid_request',
    level: 'warn',
    text: 'error-cross-site',
    advice: 'A form was sent from another site and refused.',
  },
  'request/form-outdated': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-form-outdated',
    advice: 'The form was printed for another session or link: the person signed in again meanwhile, or somebody edited it.',
  },
  'request/not-found': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-not-found',
    advice: 'No page has this address.',
  },
  'request/method': {
    status: 405,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-method',
    advice: 'The address exists but not for this HTTP method.',
  },
  'interaction/expired': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-interaction-expired',
    advice: 'The person took longer than ten minutes or opened an old page. They start again from the service.',
  },
  'interaction/stale': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-interaction-stale',
    advice: 'The page was answered twice, or the purpose changed while it was open.',
  },
  'session/ended': {
    status: 401,
    oauth: 'login_required',
    level: 'info',
    text: 'error-session-ended',
    advice: 'The session was ended by the person or by its time limit.',
  },
  'service/unknown': {
    status: 400,
    oauth: 'invalid_client',
    level: 'warn',
    text: 'error-service-unknown',
    advice: 'The client_id is not registered or the service is not active.',
  },
  'service/refused': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-service-refused',
    advice: 'The request of the service broke a rule of the protocol; the log line names the rule.',
  },
  'service/return-address-unknown': {
    status: 400,
    oauth: 'invalid_request',
    level: 'warn',
    text: 'error-return-address',
    advice: 'The redirect_uri is not one of those that the service registered, letter by letter. The person is not sent there.',
  },
  'service/not-for-this-person': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-not-for-you',
    advice: 'The service is registered for other kinds of person.',
  },
  'service/level-too-low': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-level-too-low',
    advice: 'The service asks for a higher level than this passkey reaches.',
  },
  'purpose/unknown': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-purpose-unknown',
    advice: 'The purpose parameter names no purpose of this service.',
  },
  'enrolment/invalid-link': {
    status: 410,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-enrolment-link',
    advice: 'The enrolment link is unknown, used, replaced or older than its life. Invite the person again.',
  },
  'passkey/challenge-unknown': {
    status: 400,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-passkey-expired',
    advice: 'The ceremony took longer than five minutes, was answered twice, or belongs to another page.',
  },
  'passkey/refused': {
    status: 400,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-passkey-refused',
    advice: 'The passkey answer failed a check of WebAuthn; the log names the step.',
  },
  'passkey/unknown': {
    status: 400,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-passkey-refused',
    advice: 'Nobody has this passkey, or no longer. The person sees the same text as for any refused passkey.',
  },
  'passkey/not-own': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-passkey-not-own',
    advice: 'A decision was to be confirmed with a passkey of somebody else, or one that nobody has. Nothing was decided.',
  },
  'passkey/already-registered': {
    status: 409,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-passkey-registered',
    advice: 'The credential id exists already.',
  },
  ...passkeyErrors,
  ...consentErrors,
  'person/unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-not-found',
    advice: 'No person has this registry identifier.',
  },
  'agency/unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-not-found',
    advice: 'No agency or service has this identifier.',
  },
  'import/invalid': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-request-invalid',
    advice: 'The file has lines or fields that are wrong; each is named, and nothing was changed.',
  },
  ...staffErrors,
  ...contactErrors,
  ...askedErrors,
  ...auditErrors,
  ...homeErrors,
  ...agencyErrors,
  ...keyErrors,
  ...limitErrors,
  ...protectionErrors,
  ...recoveryErrors,
  'ledger/unavailable': {
    status: 503,
    oauth: 'temporarily_unavailable',
    level: 'error',
    text: 'error-unavailable',
    advice: 'Evidence could not be written, so nothing was done. Check the disk and the database.',
  },
  'ledger/broken': {
    status: 503,
    oauth: 'temporarily_unavailable',
    level: 'error',
    text: 'error-log-broken',
    advice: 'The log does not verify. Stop writing, keep the files, follow docs/runbooks/broken-log.md.',
  },
  'store/conflict': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-conflict',
    advice: 'Two requests changed the same thing; one won.',
  },
  'store/unavailable': {
    status: 503,
    oauth: 'temporarily_unavailable',
    level: 'error',
    text: 'error-store-unavailable',
    advice: 'The database did not answer in time. Check it, its disk and its connections.',
  },
  'configuration/invalid': {
    status: 503,
    oauth: 'temporarily_unavailable',
    level: 'error',
    text: 'error-internal',
    advice: 'The configuration is not usable; every fault is listed where it was found.',
  },
  'internal/unexpected': {
    status: 500,
    oauth: 'server_error',
    level: 'error',
    text: 'error-internal',
    advice: 'A defect. Look up the reference in the log and report it.',
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorCatalogue;

export function getErrorRow(code: ErrorCode): ErrorRow {
  return errorCatalogue[code];
}

/** A problem that the caller could not have expected to handle. `detail` is for the log: rule names and ids of ours, never personal data. */
export class Fault extends Error {
  readonly code: ErrorCode;
  readonly detail: string;

  constructor(code: ErrorCode, detail: string, options?: { readonly cause?: unknown }) {
    super(`${code}: ${detail}`, options);
    this.name = 'Fault';
    this.code = code;
    this.detail = detail;
  }
}

export type Refused<Code extends ErrorCode> = { readonly ok: false; readonly code: Code; readonly detail: string };

export type Outcome<T, Code extends ErrorCode> = { readonly ok: true; readonly value: T } | Refused<Code>;

export function succeed<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse<Code extends ErrorCode>(code: Code, detail: string): Refused<Code> {
  return { ok: false, code, detail };
}

/** The value of an outcome that the caller has no other way on from: a refusal becomes a fault of the same code and detail. */
export function getValue<T, Code extends ErrorCode>(outcome: Outcome<T, Code>): T {
  if (!outcome.ok) {
    throw new Fault(outcome.code, outcome.detail);
  }
  return outcome.value;
}
