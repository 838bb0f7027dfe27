// The rows of the catalogue that concern a person's passkeys beyond the ceremony itself, in a file of their own for length alone; errors.ts holds the whole.

import { metadataErrors } from './metadata-errors.ts';

export const passkeyErrors = {
  'passkey/too-many': {
    status: 409,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-passkey-too-many',
    advice: 'The person has 50 passkeys, the most there can be. They remove one that they no longer use.',
  },
  'passkey/last-one': {
    status: 409,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-passkey-last-one',
    advice: 'The last passkey of a person is never removed. They add another first.',
  },
  'passkey/too-new': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-passkey-too-new',
    advice: 'A passkey of less than a day removes no older one and closes no account. An older one of the person does it at once.',
  },
  'passkey/gone': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-passkey-gone',
    advice: 'The person has no such passkey, or no longer.',
  },
  'passkey/name-not-accepted': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-passkey-name',
    advice: 'The name of a passkey holds signs that no name needs, or is longer than 40 letters.',
  },
  'enrolment/offer-ended': {
    status: 410,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-offer-ended',
    advice: 'The offer of a second passkey right after enrolment ends after ten minutes, one use, or the first sign-in.',
  },
  'passkey/not-strong': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-passkey-not-strong',
    advice:
      'With a level code a passkey came that cannot reach "high": copied to other devices, or of a model that no metadata vouch for. The code is still good, and nothing was stored. "huwiya mds show" lists the sources.',
  },
  'level-code/refused': {
    status: 410,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-level-code',
    advice:
      'A level code is unknown, used, replaced, older than its life, or of another person than the one who is signed in. A registration officer hands out another.',
  },
  ...metadataErrors,
} as const;
