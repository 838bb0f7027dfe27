import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { createFreezeCode, findFreezeCode, toFreezeCodeDigest, toReadableCode } from '../../../src/domain/protection/freeze-code.ts';
import { createNoticeToken, findNoticeId } from '../../../src/domain/protection/notice-token.ts';

const key = createSecretKey(randomBytes(32));

test('a freeze code is read as it was made, however it is typed', () => {
  const separators = fc.array(fc.constantFrom('-', ' ', '.', '\u2014', '\u200F'), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(separators, fc.boolean(), (between, isSmall) => {
      const code = createFreezeCode(systemRandom);
      const typed = code.replaceAll(/./g, (letter) => `${letter}${between[code.indexOf(letter)] ?? ''}`);
      expect(findFreezeCode(isSmall ? typed.toLowerCase() : typed)).toBe(code);
      expect(findFreezeCode(code.replaceAll(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit))))).toBe(code);
      expect(toReadableCode(code)).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}(?:-[2-9A-HJKMNP-TV-Z]{4}){3}$/);
    }),
  );
});

test('what is no code is none, and its digest needs the key', () => {
  expect(['', '2345', 'O'.repeat(16), '2345-6789-ABCD-EFG', '٢'.repeat(17), ' '.repeat(9999)].map(findFreezeCode)).toEqual(
    Array.from({ length: 6 }, () => undefined),
  );
  const code = createFreezeCode(systemRandom);
  expect(toFreezeCodeDigest(key, code)).not.toBe(toFreezeCodeDigest(createSecretKey(randomBytes(32)), code));
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
