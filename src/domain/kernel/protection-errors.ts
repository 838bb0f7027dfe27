// The rows of the catalogue that concern notices and freezes, in a file of their own for length alone; errors.ts holds the whole.

export const protectionErrors = {
  'notice/link-invalid': {
    status: 410,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-notice-link',
    advice:
      'The link of a letter was altered, or is older than two weeks. Nothing was changed; the person freezes on their own page, by their code or at a counter.',
  },
  'freeze/code-unknown': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-freeze-code',
    advice: 'No freeze code of this form works: mistyped, used, or replaced by a newer one. Nothing was changed.',
  },
  'freeze/ordered': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-freeze-ordered',
    advice: 'An operator or a court ordered this freeze. Only "huwiya people status ID active" ends it.',
  },
  'freeze/none': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-freeze-none',
    advice: 'Nothing was frozen that could be opened again; it was opened meanwhile, or never frozen.',
  },
} as const;
