// The rows of the catalogue that concern how identities are checked, in a file of their own for length alone; errors.ts holds the whole.

export const proofingErrors = {
  'proofing/evidence-incomplete': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-evidence-incomplete',
    advice:
      'An officer left out what has to be known of a document, or it has expired. The form comes back and says which field; nothing was handed over.',
  },
  'person/without-passkey': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-person-without-passkey',
    advice:
      'A level code is for somebody who has a passkey that works. Whoever never had one enrols at the counter, and whoever lost them all recovers.',
  },
  'proofing/holder-differs': {
    status: 400,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-holder-differs',
    advice:
      'What an officer wrote down of a document, the day of birth or the end of a number that the registry gives, is not what the registry holds of the person; nothing came of it, and the try is an entry of the person. Where the document is right, the registry has to be mended.',
  },
  'proofing/statement-refused': {
    status: 400,
    oauth: 'invalid_request',
    level: 'warn',
    text: 'error-statement-refused',
    advice:
      'A signed statement about a person was not taken: its issuer, signature, type, audience, time, form or level is not what was registered, it came twice, or it is about somebody whom it cannot let in. The answer is the same for all; the log line names the step, never the person.',
  },
  'proofing/issuer-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-not-found',
    advice: 'No issuer of this name is trusted. "huwiya proofing list" shows whose statements are taken.',
  },
} as const;
