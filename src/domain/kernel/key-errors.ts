// The rows of the catalogue that concern the keys of tokens, in a file of their own for length alone; errors.ts holds the whole.

export const keyErrors = {
  'key/not-begun': {
    status: 503,
    oauth: 'temporarily_unavailable',
    level: 'error',
    text: 'error-unavailable',
    advice: 'The database holds no signing keys yet. The first start of a node makes them.',
  },
  'key/too-early': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-conflict',
    advice:
      'The next keys have not been published for a day. Wait until then; an emergency does not wait: "huwiya keys rotate --emergency".',
  },
  'key/not-signing': {
    status: 503,
    oauth: 'temporarily_unavailable',
    level: 'warn',
    text: 'error-unavailable',
    advice:
      'A request of a node that had slept was to be signed with a key that signs no more. Nothing was sent; the next request is signed.',
  },
} as const;
