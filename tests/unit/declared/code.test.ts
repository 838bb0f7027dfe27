// The one-time code: fair, eight digits, typed as people type, useless without the key.

import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCode, findCode, isSameDigest, toCodeDigest, toDestinationDigest } from '../../../src/domain/declared/code.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { createSeededRandom } from '../../support/ledger-samples.ts';

const key = createSecretKey(randomBytes(32));
const eightDigits = fc.stringMatching(/^\d{8}$/);

const toArabic = (code: string): string => code.replaceAll(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
const toFarsi = (code: string): string => code.replaceAll(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

test('every code has eight digits, and each digit stands about as often in each place', () => {
  const random = createSeededRandom('codes');
  const codes = Array.from({ length: 4000 }, () => createCode(random));
  expect(codes.every((code) => /^\d{8}$/.test(code))).toBe(true);
  const counts = Array.from({ length: 8 }, (_, place) =>
    Array.from({ length: 10 }, (__, digit) => codes.filter((code) => code[place] === String(digit)).length),
  );
  // 400 expected, with a standard deviation of 19.
  expect(counts.flat().filter((count) => Math.abs(count - 400) > 100)).toEqual([]);
});

test('bytes that would make small codes likelier are thrown away', () => {
  const given = [Buffer.from('ffffffff', 'hex'), Buffer.from('00000007', 'hex')];
  expect(createCode({ bytes: () => given.shift() ?? Buffer.alloc(4) })).toBe('00000007');
});

test('a code is read as people type it: either digits, with gaps, hyphens and direction marks', () => {
  fc.assert(
    fc.property(eightDigits, fc.constantFrom(' ', '-', '\u00A0', '\u200F'), (code, gap) => {
      const forms = [code, `${code.slice(0, 4)}${gap}${code.slice(4)}`, ` ${toArabic(code)} `, toFarsi(code), `\u2068${code}\u2069`];
      expect(forms.map(findCode)).toEqual(forms.map(() => code));
    }),
  );
});

test('anything else is no code', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const found = findCode(text);
      expect(found === undefined || /^[0-9]{8}$/.test(found)).toBe(true);
    }),
  );
  expect(['', '1234567', '123456789', '1234567a', '１２３４５６７８', `${'1'.repeat(8)}${' '.repeat(100)}2`].map(findCode)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    '11111111',
  ]);
});

test('the digest is bound to key, change and code', () => {
  fc.assert(
    fc.property(fc.tuple(eightDigits, eightDigits), fc.tuple(fc.uuid(), fc.uuid()), ([code, other], [change, otherChange]) => {
      const digest = toCodeDigest(key, change, code);
      expect(isSameDigest(digest, toCodeDigest(key, change, code))).toBe(true);
      expect(isSameDigest(digest, toCodeDigest(key, change, other))).toBe(code === other);
      expect(isSameDigest(digest, toCodeDigest(key, otherChange, code))).toBe(change === otherChange);
      expect(isSameDigest(digest, toCodeDigest(createSecretKey(randomBytes(32)), change, code))).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test('codes to one address are counted together however it is written in capitals', () => {
  expect(toDestinationDigest(key, 'email', 'Sara@Example.test')).toBe(toDestinationDigest(key, 'email', 'sara@example.test'));
  expect(toDestinationDigest(key, 'email', '+966500000000')).not.toBe(toDestinationDigest(key, 'phone', '+966500000000'));
  expect(createCode(systemRandom)).toHaveLength(8);
});
