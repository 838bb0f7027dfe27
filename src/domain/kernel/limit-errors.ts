// The rows of the catalogue that concern limits, in a file of their own for length alone; errors.ts holds the whole.

export const limitErrors = {
  'limit/reached': {
    status: 429,
    oauth: 'temporarily_unavailable',
    level: 'info',
    text: 'error-limit-reached',
    advice:
      'Something failed, was tried or was begun too often from one address or for one account; it opens again by itself within minutes. If honest people meet it, raise the limit of their shared address with HUWIYA_LIMITS.',
  },
} as const;
