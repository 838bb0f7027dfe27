import { expect, test } from 'vitest';
import { hasLongNumber, hasPersonNumber } from '../../../src/domain/people/person-number.ts';

/** One and the same number, as people write it. */
const written = ['1000000008', '1000 000 008', '1000-000-008', '100.000-0008', 'no1000000008/7', '21000000008', '10000000084'];

test.each([
  ...written,
  '١٠٠٠٠٠٠٠٠٨',
  '۱۰۰۰ ۰۰۰ ۰۰۸',
  '１０００００００08',
  '1000000008\u200F',
  '१०००००००००८',
  '1000/000/008',
  '①000000008',
])('%s is too long a row of digits for what is typed into a search', (text) => {
  expect(hasLongNumber(text)).toBe(true);
});

test.each(['device 15.2', '2026-03-04', '123456789', 'iPhone', '٢٠٢٦', '12345678-9012-7345-8678-901234567890', ''])(
  '%j may be searched for',
  (text) => {
    expect(hasLongNumber(text)).toBe(false);
  },
);

test.each(written)('%s on a paper holds what could be the number of a person', (text) => {
  expect(hasPersonNumber(text)).toBe(true);
});

test.each(['1000/000008', '1000000007', '3000000004', 'C-2026/0011', '2026/000123/45', '4570.123456', '1447-12-345', 'CASE-1'])(
  '%s on a paper is no number of a person',
  (text) => {
    expect(hasPersonNumber(text)).toBe(false);
  },
);
