// What the demo services say to somebody who comes back without a code: as the guide for agencies asks.

import { expect, test } from 'vitest';
import { toTurnedBack } from '../../../examples/service/turned-back.ts';
import { words } from '../../../examples/service/words.ts';

test.each([
  ['consent_refused', 'refused'],
  ['consent_deferred', 'deferred'],
  ['sign_in_left', 'left'],
  ['something else', 'failed'],
  [undefined, 'failed'],
] as const)('%s is told as it is, and nobody is said to have refused who did not', (description, notice) => {
  expect(toTurnedBack({ error: 'access_denied', description })).toBe(notice);
  expect([words.ar.notices[notice], words.en.notices[notice]].every((text) => text.length > 0)).toBe(true);
});

test('what went wrong is no choice of anybody, whatever it says of itself', () => {
  expect(toTurnedBack({ error: 'server_error', description: 'consent_refused' })).toBe('failed');
  expect(toTurnedBack(undefined)).toBe('failed');
});
