// The rows of the catalogue that concern what a service asks for when it sends somebody, in a file of their own for length alone; errors.ts holds the whole.

export const askedErrors = {
  'request/address-too-long': {
    status: 414,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-address-too-long',
    advice: 'A form was posted that is too long to be repeated as an address. Its developers push such a request instead (RFC 9126).',
  },
  'sign-in/another-person': {
    status: 403,
    oauth: 'login_required',
    level: 'info',
    text: 'error-another-person',
    advice: 'The service named the person who has to sign in (id_token_hint or sub), and somebody else confirmed. Nobody was signed in.',
  },
  'interaction/session-changed': {
    status: 409,
    oauth: 'login_required',
    level: 'info',
    text: 'error-session-changed',
    advice:
      'The page was opened in a sign-in that is over: somebody else signed in in this browser, the person signed out elsewhere, or their status changed. They start again from the service.',
  },
  'passkey/suspended': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-passkey-suspended',
    advice:
      'The signature of a passkey was good, but its count of uses stood still or went back (a copy of the key), or it became another kind of key. It has ended with its sessions, and the log has the entry. The person needs another passkey.',
  },
  'sign-out/refused': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-sign-out-refused',
    advice:
      'The service sent somebody to sign out with a bad id_token_hint, an unknown client_id or a post_logout_redirect_uri that it did not register. The log line names which. Nobody was signed out.',
  },
} as const;
