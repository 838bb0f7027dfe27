// Pages that go on by themselves.

export const enGoOn = {
  'go-on-title-answer': 'Back to {$service}',
  'go-on-title-no-session': 'Nobody is signed in here',
  'go-on-title-another-person': 'Another person is signing in',
  'go-on-text-answer': 'Huwiya passes its answer on to the service.',
  'go-on-text-no-session': 'There is no sign-in with Huwiya to end in this browser.',
  'go-on-text-another-person': 'The sign-in of the person before you ends in this browser. Then you go on.',
  'go-on-stays': 'This page goes on by itself. If it stays, press the button.',
} as const;
