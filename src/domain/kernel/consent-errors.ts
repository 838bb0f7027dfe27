// The rows of the catalogue that concern decisions about sharing, in a file of their own for length alone; errors.ts holds the whole.

export const consentErrors = {
  'consent/not-found': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-consent-not-found',
    advice: 'No such consent of this person.',
  },
  'consent/attribute-not-offered': {
    status: 400,
    oauth: 'invalid_request',
    level: 'warn',
    text: 'error-choice-changed',
    advice: 'The consent form was edited: it named a detail that the purpose does not offer.',
  },
  'consent/required-attribute': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-consent-required',
    advice: 'A needed detail cannot be taken out of a consent; the person can withdraw the whole consent.',
  },
  'consent/wrong-state': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-consent-state',
    advice: 'The record is in a state that does not allow this change: it ended, ran out, was paused or stands by law.',
  },
  'consent/unconfirmed': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-consent-unconfirmed',
    advice: 'This decision needs a passkey over its record, and there is none, or it is over another record. The person is asked again.',
  },
  'consent/purpose-changed': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-consent-purpose',
    advice: 'The purpose changed while the consent was paused. The service asks the person again at the next visit.',
  },
} as const;
