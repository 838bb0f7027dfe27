// The rows of the catalogue that concern a person's own page as a whole, in a file of their own for length alone; errors.ts holds the whole.

export const homeErrors = {
  'request/place-unknown': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-place-unknown',
    advice:
      'The address of a further page of a list was altered, belongs to another list, or was made for somebody else. Nothing was read.',
  },
  'session/too-old': {
    status: 401,
    oauth: 'login_required',
    level: 'info',
    text: 'error-session-too-old',
    advice:
      'The person is signed in, and their last ceremony is older than five minutes. The page asks for the passkey and goes on from there.',
  },
  'session/shared': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-session-shared',
    advice: 'The person said that others use this computer. There no passkey is added and no freeze code is shown.',
  },
  'account/entry-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-own-entry-unknown',
    advice: 'The log has no such entry about this person.',
  },
  'report/unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-report-unknown',
    advice: 'No report has this case number.',
  },
  'report/answered': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-report-answered',
    advice: 'The report was answered already; the first answer stands and the person has it.',
  },
} as const;
