// The rows of the catalogue that concern who signs in, in a file of their own for length alone; errors.ts holds the whole.

export const signInErrors = {
  'sign-in/another-person': {
    status: 403,
    oauth: 'login_required',
    level: 'info',
    text: 'error-another-person',
    advice: 'The service named the person who has to sign in (id_token_hint or sub), and somebody else confirmed. Nobody was signed in.',
  },
} as const;
