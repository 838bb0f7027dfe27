import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { createOneTimeCode, findOneTimeCode, toShownCode } from '../../../src/domain/kernel/one-time-code.ts';

const random = { bytes: systemRandom.bytes };
const drawn = fc.constant(null).map(() => createOneTimeCode(random));
const separators = fc.constantFrom('', ' ', '-', '–', '  ', '\u200F', '.');
const toArabic = (text: string, zero: number): string => text.replaceAll(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));

test('a code is found again however it is typed: in any case, with any separators, in either kind of digits, in wide letters', () => {
  fc.assert(
    fc.property(
      drawn,
      separators,
      fc.tuple(fc.boolean(), fc.constantFrom(0x30, 0x0660, 0x06f0, 0xff10)),
      (code, between, [isLower, zero]) => {
        const typed = toArabic(Array.from(isLower ? code.toLowerCase() : code).join(between), zero);
        expect(findOneTimeCode(typed)).toBe(code);
        expect(findOneTimeCode(toShownCode(code))).toBe(code);
      },
    ),
    { numRuns: 200 },
  );
});

test('no character of a code is taken for another, and each is as likely as every other', () => {
  const all = Array.from({ length: 2000 }, () => createOneTimeCode(random)).join('');
  expect(all).toMatch(/^[2-9A-HJKMNP-TV-Z]*$/);
  const counts = new Map<string, number>();
  for (const character of all) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect(counts.size).toBe(30);
  // 32,000 draws: each is expected 1,067 times, with a deviation of 32; eight of them is beyond all luck.
  expect(Math.min(...counts.values())).toBeGreaterThan(800);
  expect(Math.max(...counts.values())).toBeLessThan(1330);
});

test('bytes that would make some characters likelier are drawn again', () => {
  const drawnBytes = [255, 240, 239, 0, 29, 30];
  let place = 0;
  const planned = { bytes: (size: number) => Uint8Array.from({ length: size }, () => drawnBytes[place++ % drawnBytes.length] ?? 0) };
  expect(createOneTimeCode(planned)).toBe('Z2Z2Z2Z2Z2Z2Z2Z2');
});

test.each(['', 'K7Q4-9M2T-XR5H-3WD', 'K7Q4-9M2T-XR5H-3WDN2', 'K7Q4-9M2T-XR5H-3WD0', 'K7Q4-9M2T-XR5H-3WDU', 'x'.repeat(10_000)])(
  '%j is no code',
  (text) => expect(findOneTimeCode(text)).toBeUndefined(),
);

test('whatever is typed is a code in its one form, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      expect(findOneTimeCode(text) ?? 'K7Q49M2TXR5H3WDN').toMatch(/^[2-9A-HJKMNP-TV-Z]{16}$/);
    }),
    { numRuns: 300 },
  );
});
