// The classes of service and of change in English, and in which ways one is less protected: for reviewers, auditors and the public register.

export const enClasses = {
  'class-fapi': 'Highest protection class',
  'class-standard': 'Standard class',
  'class-legacy': 'Ready-made application class',
  'class-title': 'How the service connects to us',
  'class-full': 'Its protection is in nothing below the highest class.',
  'class-less': 'How it differs from the highest class:',
  'weakness-symmetric-credential': 'It proves who it is with a shared secret, not with a key that only it holds.',
  'weakness-no-authentication': 'It runs on the device of its user, so it cannot prove who it is.',
  'weakness-open-requests': 'Its requests reach us through the browser, not over a connection of its own.',
  'weakness-no-pkce': 'It does not have to tie the sign-in code to whoever began the request.',
  'weakness-bearer-tokens': 'Whoever gets its access token can use it for up to five minutes.',
  'weakness-old-signature': 'Tokens are signed for it with an older algorithm (RS256).',
  'weakness-answers-by-form': 'An answer may reach it in a form that the browser sends.',
} as const;

export const enReview = {
  'review-safe': 'takes effect at once',
  'review-reviewed': 'needs one approver',
  'review-dual': 'needs two approvers',
  'review-reason-basis': 'It changes the legal basis.',
  'review-reason-choice': 'It asks without a choice for what people choose, or chose before.',
  'review-reason-level': 'It lowers the level of sign-in.',
  'review-reason-class': 'It moves the service to a weaker class.',
  'review-reason-protection': 'It takes away a protection that the service has today.',
  'review-reason-sector': 'It changes who can recognise the same person.',
  'review-reason-verification': 'It tells the service more of how people’s identities were checked.',
  'review-reason-delegation': 'It lets others act for people.',
  'review-one-of-two': 'approved once, waiting for a second approver',
  'review-yours': 'You have approved this. It now waits for another approver.',
  'review-by-one': 'Approved by {$name}',
  'review-saved': 'Your approval is in the log. The request takes effect when another approver agrees.',
} as const;
