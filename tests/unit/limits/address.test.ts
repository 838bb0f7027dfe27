import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toAddressSubject } from '../../../src/domain/limits/address.ts';

const nameOf = (text: string): string => toAddressSubject(text).name;

describe('RX-06 An address is counted under one name, however it is spelt', () => {
  test.each([
    ['198.51.100.7', '198.51.100.7'],
    [' 198.51.100.7 ', '198.51.100.7'],
    ['198.51.100.7:52113', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::FFFF:C633:6407', '198.51.100.7'],
    ['[::ffff:198.51.100.7]:443', '198.51.100.7'],
    ['0:0:0:0:0:ffff:198.51.100.7', '198.51.100.7'],
    ['64:ff9b::198.51.100.7', '198.51.100.7'],
    ['2002:c633:6407:1::9', '198.51.100.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:0000:0000:0000:0001', '2001:db8:1:2::/64'],
    ['"[2001:db8:1:2:ffff:ffff:ffff:ffff]:8443"', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '127.0.0.1'],
    ['[0:0:0:0:0:0:0:1]:443', '127.0.0.1'],
    ['127.3.2.1', '127.0.0.1'],
    ['::ffff:127.0.0.2', '127.0.0.1'],
    ['::2', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['', 'unknown'],
    ['198.51.100.007', 'unknown'],
    ['1.2.3.4.5', 'unknown'],
    ['<script>', 'unknown'],
  ])('%j is counted as %s', (text, expected) => {
    expect(nameOf(text)).toBe(expected);
  });

  test('and every address of a network of 64 bits as that network', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (last) => {
        const groups = [0x2001, 0xdb8, ...last.slice(2)];
        const other = [...groups.slice(0, 4), 1, 2, 3, 4];
        const spell = (of: readonly number[]): string => of.map((group) => group.toString(16)).join(':');
        expect(nameOf(spell(groups))).toBe(nameOf(spell(other).toUpperCase()));
        expect(nameOf(spell(groups))).not.toBe(nameOf(spell([...groups.slice(0, 3), (groups[3] ?? 0) ^ 1, ...groups.slice(4)])));
      }),
    );
  });

  test('and whatever is written, nothing is thrown', () => {
    const anything = fc.oneof(fc.string(), fc.ipV6(), fc.ipV4Extended());
    fc.assert(
      fc.property(anything, (text) => {
        expect(nameOf(text)).toMatch(/^(?:[\da-f.:/]+|unknown)$/);
      }),
    );
  });
});
