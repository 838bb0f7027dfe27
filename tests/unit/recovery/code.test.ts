// The codes of a recovery: what they are made of, and how people may type them.

import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { createRecoveryCode, findRecoveryCode, toReadableCode, toRecoveryCodeDigest } from '../../../src/domain/recovery/code.ts';

const toArabic = (text: string): string => text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)));

describe('a code of a recovery', () => {
  test('holds 79 bits in signs that cannot be taken for one another', () => {
    const codes = Array.from({ length: 200 }, () => createRecoveryCode(systemRandom));
    expect(new Set(codes).size).toBe(200);
    expect(codes.every((code) => /^[2-9A-HJKMNP-Z]{16}$/.test(code))).toBe(true);
    expect(16 * Math.log2(31)).toBeGreaterThan(64);
    expect(new Set(codes.join('')).size).toBe(31);
  });

  test('is found in any case, with gaps, hyphens and direction marks, in either kind of digits', () => {
    const code = createRecoveryCode(systemRandom);
    const gap = fc.constantFrom('', ' ', '-', '\u200F', ' - ', '\u2013');
    fc.assert(
      fc.property(fc.array(gap, { minLength: 16, maxLength: 16 }), fc.boolean(), fc.boolean(), (gaps, isLower, isArabic) => {
        const spread = Array.from(code, (sign, index) => `${sign}${gaps[index] ?? ''}`).join('');
        const cased = isLower ? spread.toLowerCase() : spread;
        expect(findRecoveryCode(isArabic ? toArabic(cased) : cased)).toBe(code);
      }),
    );
    expect(toReadableCode(code)).toMatch(/^(?:.{4}-){3}.{4}$/);
  });

  test.each(['', 'ABCD', '0000-0000-0000-0000', 'IIIIIIIIIIIIIIII', `${'A'.repeat(17)}`, '<script>', "' OR 1=1 --"])(
    '%o is none',
    (text) => {
      expect(findRecoveryCode(text)).toBeUndefined();
    },
  );

  test('is known by a digest that nobody computes without the key', () => {
    const [one, other] = [createSecretKey(randomBytes(32)), createSecretKey(randomBytes(32))];
    expect(toRecoveryCodeDigest(one, 'A'.repeat(16))).not.toBe(toRecoveryCodeDigest(other, 'A'.repeat(16)));
  });
});
