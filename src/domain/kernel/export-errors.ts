// The rows of the catalogue that concern what auditors take away, in a file of their own for length alone; errors.ts holds the whole.

export const exportErrors = {
  'audit/export-too-large': {
    status: 413,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-export-too-large',
    advice: 'An evidence pack was asked for that would open more entries than a pack holds. The auditor narrows the query or the period.',
  },
} as const;
