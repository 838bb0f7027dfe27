import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { toNameInSentence } from '../../../views/agency-name.ts';
import { toMasked } from '../../../views/mask.ts';

describe('a masked value', () => {
  test.each([
    ['name', 'سارة القحطاني', 'س••• ا•••••••'],
    ['name', 'Sara Alqahtani', 'S••• A•••••••'],
    ['code', '1000000008', '••••••0008'],
    ['phone', '555 010 0142', '••• ••• •142'],
    ['phone', '+966555010142', '+•••••••••142'],
    ['email', 'sara@example.test', 's•••@example.test'],
    ['email', 'no-address', '••••'],
    ['text', 'الساحل', '••••'],
    ['date', '1990-05-17', '••••'],
  ] as const)('of the kind %s: %s reads %s', (kind, text, masked) => {
    expect(toMasked({ kind, text })).toBe(masked);
  });

  test('of an answer hides the answer whole, and nothing stands for what is not there', () => {
    expect(toMasked({ kind: 'answer', yes: true })).toBe(toMasked({ kind: 'answer', yes: false }));
    expect(toMasked({ kind: 'missing' })).toBe('');
    expect(toMasked({ kind: 'withheld' })).toBe('');
  });

  test('of a code never shows more than half of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,20}$/), (text) => {
        const shown = toMasked({ kind: 'code', text }).replaceAll('•', '');
        expect(shown.length).toBeLessThanOrEqual(Math.min(4, text.length / 2));
      }),
    );
  });
});

describe('the name of an agency in a sentence', () => {
  test.each([
    ['Ministry of Labour', 'the Ministry of Labour'],
    ['Housing Fund', 'the Housing Fund'],
    ['Social Insurance Authority', 'the Social Insurance Authority'],
    ['The Housing Fund', 'The Housing Fund'],
    ['Coast City', 'Coast City'],
  ])('%s reads %s in English', (name, inSentence) => {
    expect(toNameInSentence('en', name)).toBe(inSentence);
    expect(toNameInSentence('ar', name)).toBe(name);
  });
});
