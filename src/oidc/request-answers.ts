// What a service hears at its redirect address when it gets no code: the error and one stable word for what happened (RFC 6749 §4.1.2.1). Printed into the guide
// for agencies. Whatever is not here is a request that broke a rule of the protocol; its text names the rule and is for developers.

type Row = {
  readonly error: string;
  /** Who ended it: the person, the level or session that there is, or this provider. */
  readonly because: 'the person' | 'the sign-in' | 'the provider';
  readonly when: string;
  /** What a good service does. */
  readonly next: string;
};

export const requestAnswers = {
  consent_refused: {
    error: 'access_denied',
    because: 'the person',
    when: 'The person read what you ask and refused.',
    next: 'Say that nothing arrived, and name another way.',
  },
  consent_deferred: {
    error: 'access_denied',
    because: 'the person',
    when: 'The person decides later, or turned back from a notice.',
    next: 'Say that nothing arrived and nothing was refused; ask again only when the person presses your button again.',
  },
  sign_in_left: {
    error: 'access_denied',
    because: 'the person',
    when: 'The person left at the sign-in.',
    next: 'Go on as for somebody who did not sign in.',
  },
  level_too_low: {
    error: 'access_denied',
    because: 'the sign-in',
    when: 'Your service is registered for a higher level than the person reached. They read why and what to do, and turned back.',
    next: 'Name another way. They may come again with another passkey.',
  },
  level_not_reached: {
    error: 'unmet_authentication_requirements',
    because: 'the sign-in',
    when: 'The request demanded a level (essential `acr`) that the person did not reach, and they turned back; or one that there is none of.',
    next: 'Do without the act that needs it, or name another way.',
  },
  another_person: {
    error: 'login_required',
    because: 'the sign-in',
    when: 'The request named a person (`id_token_hint`, `sub`), and somebody else is signed in.',
    next: 'Send the person without `prompt=none`: only the one you named gets through.',
  },
  not_signed_in: {
    error: 'login_required',
    because: 'the sign-in',
    when: 'With `prompt=none`: nobody is signed in.',
    next: 'Send the person without `prompt=none` when they press your button.',
  },
  sign_in_too_old: {
    error: 'login_required',
    because: 'the sign-in',
    when: 'With `prompt=none`: the last ceremony is older than `max_age` or `default_max_age`, or the session has rested longer than `session_idle`.',
    next: 'Send the person without `prompt=none`.',
  },
  fresh_sign_in_asked: {
    error: 'login_required',
    because: 'the sign-in',
    when: 'With `prompt=none` and `max_age=0`, which asks for a ceremony and forbids it.',
    next: 'Send the person without `prompt=none`.',
  },
  higher_level_needed: {
    error: 'login_required',
    because: 'the sign-in',
    when: 'With `prompt=none`: a level is demanded, by the request or for your service, that the session does not have.',
    next: 'Send the person without `prompt=none`.',
  },
  not_confirmed: {
    error: 'account_selection_required',
    because: 'the sign-in',
    when: 'With `prompt=none`: the person signed out of your service alone, and has not come back since.',
    next: 'Send the person without `prompt=none` when they press your button.',
  },
  decision_needed: {
    error: 'consent_required',
    because: 'the sign-in',
    when: 'With `prompt=none`: there is something to decide or to read first.',
    next: 'Send the person without `prompt=none`.',
  },
  provider_unavailable: {
    error: 'temporarily_unavailable',
    because: 'the provider',
    when: 'With `prompt=none`: something that has to be written could not be. Nothing happened.',
    next: 'Try again after a minute.',
  },
  provider_defect: {
    error: 'server_error',
    because: 'the provider',
    when: 'With `prompt=none`: a defect of ours. Nothing happened.',
    next: 'Report it with the time; try again later.',
  },
} as const satisfies Readonly<Record<string, Row>>;

export type AnswerWord = keyof typeof requestAnswers;
