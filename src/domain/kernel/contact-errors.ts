// The rows of the catalogue that concern what a person changes about themselves, in a file of their own for length alone; errors.ts holds the whole.

export const contactErrors = {
  'contact/address-invalid': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-contact-address',
    advice: 'What the person typed is no email address or no telephone number in international form.',
  },
  'contact/unchanged': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-contact-unchanged',
    advice: 'The person gave the address that is held and proven already.',
  },
  'contact/too-many-codes': {
    status: 429,
    oauth: 'temporarily_unavailable',
    level: 'warn',
    text: 'error-contact-too-many',
    advice: 'A person, or one address, reached the limit of codes. If many do, look for somebody who floods an address.',
  },
  'contact/code-wrong': {
    status: 400,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-contact-code-wrong',
    advice: 'The code was not the one that was sent. After five tries it ends.',
  },
  'contact/code-ended': {
    status: 410,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-contact-code-ended',
    advice: 'No code of this session can be used: ten minutes passed, five tries were wrong, it was used, or another session asked for it.',
  },
  'name/not-accepted': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-name',
    advice: 'The preferred name holds letters of another script, signs that are no letters, or is longer than 60 letters.',
  },
} as const;
