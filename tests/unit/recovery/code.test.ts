import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { toRecoveryCodeDigest } from '../../../src/domain/recovery/code.ts';

test('the code of a recovery is known by a digest that nobody computes without the key', () => {
  const [one, other] = [createSecretKey(randomBytes(32)), createSecretKey(randomBytes(32))];
  expect(toRecoveryCodeDigest(one, 'A'.repeat(16))).not.toBe(toRecoveryCodeDigest(other, 'A'.repeat(16)));
});
