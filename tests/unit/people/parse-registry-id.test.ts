import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasCheckDigit, parseRegistryId, parseRegistryIdOfKind } from '../../../src/domain/people/parse-registry-id.ts';

test.each(['1000000008', '٠١٠٠٠٠٠٠٠٠٨'.slice(1), '۱۰۰۰۰۰۰۰۰۸', '１０００００００08', ' 1000000008\u200F'])(
  '%s names the citizen 1000000008',
  (text) => {
    expect(parseRegistryIdOfKind('citizen', text)).toEqual({ ok: true, value: '1000000008' });
  },
);

test.each(['1000000007', '100000008', '10000000080', '100000000a', '', '1000 000008'])('%j names no citizen and no resident', (text) => {
  expect(parseRegistryIdOfKind('citizen', text).ok).toBe(false);
  expect(parseRegistryIdOfKind('resident', text).ok).toBe(false);
});

test.each(['P1234567', 'GCC-KW.77_1', '7', 'a'.repeat(64)])('%s may name a visitor', (text) => {
  expect(parseRegistryIdOfKind('visitor', text)).toEqual({ ok: true, value: text });
});

test.each(['', 'a b', 'a'.repeat(65), 'زائر', "x'; --", 'a\u0000b', 'a/b'])('%j names nobody', (text) => {
  expect(parseRegistryId(text).ok).toBe(false);
});

test('a check digit catches every single wrong digit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }),
      fc.nat({ max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (head, at, shift) => {
        const valid = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => [...head, digit]).filter((digits) => hasCheckDigit(digits.join('')));
        expect(valid).toHaveLength(1);
        const wrong = valid.flat().map((digit, index) => (index === at ? (digit + shift) % 10 : digit));
        expect(hasCheckDigit(wrong.join(''))).toBe(false);
      },
    ),
  );
});
