// The rows of the catalogue that concern public figures, in a file of their own for length alone; errors.ts holds the whole.

export const figuresErrors = {
  'figures/month-unknown': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-request-invalid',
    advice: 'What was named is no month. Write it as 2026-10; nothing was published.',
  },
  'figures/month-open': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-conflict',
    advice: 'Figures of a month are published from a day after its end, from a log that has a checkpoint. Nothing was published.',
  },
  'figures/published': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-conflict',
    advice:
      'The figures of this month were published, and are not counted again. A mistake in them is corrected with --correct, which publishes a second edition beside the first.',
  },
  'figures/corrected': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-conflict',
    advice:
      'The figures of this month were corrected once. Another edition would tell more about people than their protection allows; say what is wrong in words.',
  },
  'figures/not-published': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-conflict',
    advice: 'Nothing was published of this month that could be corrected. Publish it without --correct.',
  },
} as const;
