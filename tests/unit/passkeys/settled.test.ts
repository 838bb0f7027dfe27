// Which passkey may say no to a recovery: one that is a day old, or that nobody else's was there before (WA-20).

import { describe, expect, test } from 'vitest';
import type { EndedPasskey, PasskeyEnd } from '../../../src/domain/passkeys/passkey.ts';
import { isSettled, settledPasskeyMs } from '../../../src/domain/passkeys/settled.ts';
import { createPasskey, now } from '../../support/store-samples.ts';

const person = 'person';
const held = createPasskey(person, { createdAt: now });
const older = createPasskey(person, { createdAt: now - 90 * settledPasskeyMs });
const end = (endReason: PasskeyEnd): readonly EndedPasskey[] => [{ ...older, endReason }];

describe('a passkey of less than a day', () => {
  test.each([
    ['says no where the person never had another', { alive: [held], ended: [] }, true],
    ['says nothing beside an older one', { alive: [older, held], ended: [] }, false],
    ['says nothing after the older one was removed', { alive: [held], ended: end('removed') }, false],
    ['says nothing after the older one was suspended', { alive: [held], ended: end('copied') }, false],
    ['says no where a recovery ended the older one', { alive: [held], ended: end('recovered') }, true],
  ])('WA-20 %s', (_what, passkeys, isAllowed) => {
    expect(isSettled(passkeys, held.id, now + settledPasskeyMs - 1)).toBe(isAllowed);
    expect(isSettled(passkeys, held.id, now + settledPasskeyMs)).toBe(true);
  });

  test('WA-20 one that has ended says nothing, whenever', () => {
    expect(isSettled({ alive: [held], ended: end('removed') }, older.id, now + 9 * settledPasskeyMs)).toBe(false);
  });
});
