import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { sealData, unsealData } from '../../../src/domain/people/seal-data.ts';

const dataKey = createSecretKey(randomBytes(32));
const needs = { dataKey, random: systemRandom };

test('what is sealed opens to the same data, for its owner only', () => {
  const data = fc.dictionary(
    fc.string({ unit: 'grapheme' }),
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.integer(), fc.constant(null)),
  );
  fc.assert(
    fc.property(data, fc.base64String(), (given, owner) => {
      const sealed = sealData(needs, owner, given);
      expect(unsealData(dataKey, owner, sealed)).toEqual(given);
      expect(() => unsealData(dataKey, `${owner}x`, sealed)).toThrow('internal/unexpected');
    }),
    { numRuns: 50 },
  );
});

test('a changed byte anywhere closes it for good', () => {
  const sealed = sealData(needs, 'owner', { email: 'sara@example.test' });
  for (const part of ['wrappedKey', 'ciphertext'] as const) {
    const bytes = Buffer.from(sealed[part], 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => unsealData(dataKey, 'owner', { ...sealed, [part]: changed.toString('base64url') })).toThrow('internal/unexpected');
    }
  }
});

test('another data key opens nothing, and the parts of two people cannot be mixed', () => {
  const one = sealData(needs, 'one', { email: 'one@example.test' });
  const two = sealData(needs, 'two', { email: 'two@example.test' });
  expect(() => unsealData(createSecretKey(randomBytes(32)), 'one', one)).toThrow('internal/unexpected');
  expect(() => unsealData(dataKey, 'one', { ...one, ciphertext: two.ciphertext })).toThrow('internal/unexpected');
  expect(() => unsealData(dataKey, 'one', { wrappedKey: '', ciphertext: '' })).toThrow('internal/unexpected');
});

test('the same data never looks the same twice, and holds nothing readable', () => {
  const [first, second] = [1, 2].map(() => sealData(needs, 'owner', { email: 'sara@example.test' }));
  expect(first?.ciphertext).not.toBe(second?.ciphertext);
  expect(Buffer.from(first?.ciphertext ?? '', 'base64url').toString('latin1')).not.toContain('sara');
});
