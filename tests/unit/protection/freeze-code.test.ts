import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { createOneTimeCode } from '../../../src/domain/kernel/one-time-code.ts';
import { toFreezeCodeDigest } from '../../../src/domain/protection/freeze-code.ts';
import { toRecoveryCodeDigest } from '../../../src/domain/recovery/code.ts';
import { createNoticeToken, findNoticeId } from '../../../src/domain/protection/notice-token.ts';

const key = createSecretKey(randomBytes(32));

test('a freeze code is known by a digest that needs the key, and is no code of another kind', () => {
  const code = createOneTimeCode(systemRandom);
  expect(toFreezeCodeDigest(key, code)).not.toBe(toFreezeCodeDigest(createSecretKey(randomBytes(32)), code));
  expect(toFreezeCodeDigest(key, code)).not.toBe(toRecoveryCodeDigest(key, code));
});

test('the link of a letter names its notice, and no other link does', () => {
  const id = '0199b3c4-0000-7000-8000-000000000001';
  const token = createNoticeToken(key, id);
  expect(findNoticeId(key, token)).toBe(id);
  const others = [
    token.replace('0001.', '0002.'),
    `${token}A`,
    token.slice(0, -2),
    id,
    '',
    createNoticeToken(createSecretKey(randomBytes(32)), id),
  ];
  expect(others.map((other) => findNoticeId(key, other))).toEqual(others.map(() => undefined));
});
