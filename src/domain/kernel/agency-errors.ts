// The rows of the catalogue that concern what services owe and ask, in a file of their own for length alone; errors.ts holds the whole.

export const agencyErrors = {
  'agency/body-refused': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-agency-body',
    advice: 'A service sent the interface for agencies something of another form than its description; the answer names each part.',
  },
  'agency/host-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-not-found',
    advice: 'No service that is registered or waits names this host. Apply the file of the agency first.',
  },
  'agency/host-unproven': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-not-found',
    advice:
      'The line of the agency stands neither in the DNS of the host nor at its address. "huwiya agencies check" prints line and places.',
  },
  'trace/unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-trace-unknown',
    advice:
      'No request of a registered service has this number, or it is older than 14 days, was not kept, or belongs to another agency than the officer.',
  },
  'duty/unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-duty-unknown',
    advice: 'A service answered for a duty that is not its own, or that does not exist.',
  },
  'duty/answered': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-duty-answered',
    advice: 'A service answered twice, and not the same. The first answer stands; the person and the log have seen it.',
  },
  'duty/open': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-duty-open',
    advice: 'A person asked again for what the agency owes an answer to already.',
  },
} as const;
