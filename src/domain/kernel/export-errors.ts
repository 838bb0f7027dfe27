// The rows of the catalogue that concern what auditors take away, in a file of their own for length alone; errors.ts holds the whole.

export const exportErrors = {
  'audit/export-too-large': {
    status: 413,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-export-too-large',
    advice: 'An evidence pack was asked for that would open more entries than a pack holds. The auditor narrows the query or the period.',
  },
  'audit/export-outside': {
    status: 403,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-export-outside',
    advice: 'An auditor asked for an export beyond the scope of the case: another agency, or a person whom the case did not find.',
  },
  'audit/export-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-export-unknown',
    advice: 'The case has no export of this address. Those of other cases are told to nobody.',
  },
  'audit/export-settled': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-export-settled',
    advice: 'The export was decided on or called off before, or its time is over. Whoever needs it asks anew.',
  },
  'audit/export-own': {
    status: 403,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-export-own',
    advice: 'An auditor tried to agree to an export of their own, or to call off that of somebody else.',
  },
} as const;
