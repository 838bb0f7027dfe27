// The rows of the catalogue that concern recoveries, in a file of their own for length alone; errors.ts holds the whole.

export const recoveryErrors = {
  'recovery/code-wrong': {
    status: 400,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-recovery-code',
    advice: 'A code of a recovery was unknown, used, or too old. One answer for all of them, so that nobody learns which.',
  },
  'recovery/over': {
    status: 410,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-recovery-over',
    advice: 'The recovery was completed, cancelled or refused, or its time passed. The entries of the person say which.',
  },
  'recovery/counter-only': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-recovery-counter-only',
    advice:
      'For this person a recovery by waiting was begun three times in thirty days, or somebody with a passkey said no within the last seven. A counter is open to them.',
  },
  'recovery/passkey-too-new': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-recovery-passkey-too-new',
    advice:
      'Somebody tried to cancel a recovery with a passkey younger than a day beside older ones. If the person says that it was not them, freeze the account.',
  },
  'recovery/own': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-recovery-own',
    advice: 'The officer who opened a recovery, or one of the same name, tried to approve it. Another registrar has to look.',
  },
  'recovery/evidence-differs': {
    status: 409,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-recovery-evidence',
    advice:
      'The two officers wrote down different documents, and that refused the recovery. Both look again and begin anew; if it stays so, report it.',
  },
  'recovery/not-in-presence': {
    status: 409,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-recovery-not-in-presence',
    advice: 'An officer tried a recovery without a document with a picture that they saw in presence and compared with the face.',
  },
  'recovery/already-open': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-recovery-already-open',
    advice:
      'An officer tried to open a recovery of somebody who has an open one. It is completed, refused or cancelled, or its time passes.',
  },
  'recovery/status-refused': {
    status: 409,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-recovery-status',
    advice: 'An officer tried to open a recovery of somebody whose status allows none: suspended, deceased or emigrated.',
  },
  'recovery/own-identity': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-recovery-own-identity',
    advice: 'An officer of the same name as the person tried to take part in the recovery. Another registrar has to.',
  },
} as const;
