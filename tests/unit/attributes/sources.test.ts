// Where a value is put right: every register in the catalogue says who owns it, in both languages.

import { expect, test } from 'vitest';
import { attributeCatalogue } from '../../../src/domain/attributes/catalogue.ts';
import { getCorrection, hasOwnCorrection } from '../../../src/domain/attributes/sources.ts';

test('every source of the catalogue says who owns it, where a correction is asked for and what to bring', () => {
  const sources = new Map(attributeCatalogue.map(({ source }) => [source.id, source]));
  expect([...sources.values()].filter((source) => !hasOwnCorrection(source)).map(({ id }) => id)).toEqual([]);
  for (const source of sources.values()) {
    const { owner, where, bring } = getCorrection(source);
    for (const { ar, en } of [owner, where, bring]) {
      expect({ id: source.id, isArabic: /^[^A-Za-z]+$/.test(ar), isEnglish: /^[^\u0600-\u06FF]+$/.test(en) }).toEqual({
        id: source.id,
        isArabic: true,
        isEnglish: true,
      });
    }
  }
});

test('a register nobody described is asked for through the registration office', () => {
  const unknown = { id: 'new-register', labels: { ar: 'سجل جديد', en: 'New register' } };
  expect(hasOwnCorrection(unknown)).toBe(false);
  expect(getCorrection(unknown).owner.en).toMatch(/registration office/);
});
