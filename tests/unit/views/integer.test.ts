// Numbers in texts, against the library's own way with them.

import { MessageFormat } from 'messageformat';
import { describe, expect, test } from 'vitest';
import { ar } from '../../../views/messages/ar.ts';
import { en } from '../../../views/messages/en.ts';
import { createTexts, locales } from '../../../views/messages/messages.ts';
import type { MessageKey } from '../../../views/messages/messages.ts';

const catalogues = { ar, en };
const counts = [
  ...Array.from({ length: 31 }, (_, index) => index),
  99,
  100,
  101,
  102,
  103,
  111,
  1000,
  1003,
  12_345,
  1_000_000,
  -1,
  2.4,
  2.6,
];

function isKey(name: string): name is MessageKey {
  return name in ar;
}

describe.each(['ar', 'en'] as const)('a text with numbers in %s', (language) => {
  const catalogue: Readonly<Record<string, string>> = catalogues[language];
  const keys = Object.keys(catalogue)
    .filter(isKey)
    .filter((key) => catalogue[key]?.includes(':integer'));

  test('is the same as the library makes it, for every text and number', () => {
    expect(keys.length).toBeGreaterThan(10);
    const texts = createTexts(language);
    for (const key of keys) {
      const source = catalogue[key] ?? '';
      const reference = new MessageFormat(locales[language], source);
      const names = [...new Set([...source.matchAll(/\$([a-z][\w-]*)/gi)].map(([, name = '']) => name))];
      for (const count of counts) {
        const values = Object.fromEntries(names.map((name) => [name, count]));
        expect([key, count, texts.t(key, values)]).toEqual([key, count, reference.format(values)]);
      }
    }
  });

  test('is refused without a number', () => {
    const key = keys[0];
    expect(key).toBeDefined();
    expect(() => key !== undefined && createTexts(language).t(key, {})).toThrow(TypeError);
  });
});
