// What the page that checks receipts says of one whose signature held.

import { expect, test } from 'vitest';
import { toFacts } from '../../../views/assets/verify-facts.js';

const words = { 'term-acts': 'may do', 'receipt-acts-ended': 'could do' };
const use = {
  server: 'mol-api',
  name: { ar: 'واجهة التصاريح', en: 'Permit interface' },
  scopes: [{ name: 'permits:read', text: { ar: 'الاطلاع على تصاريحك', en: 'Look at your permits' } }],
};

function findActs(type: string, language: 'ar' | 'en', resources: unknown): unknown {
  const claims = { record: { resources, created_at: '2026-11-22T10:00:00Z', terms: { data_life: 'P1Y' } } };
  const facts = toFacts({ language, words, labels: {} }, { claims, entry: { type }, index: 7 });
  return facts.find(({ label }) => label === 'may do' || label === 'could do');
}

test('a receipt says what the service may do at interfaces in the name of the person, in the words that were shown', () => {
  expect(findActs('consent.given', 'en', [use])).toEqual({ label: 'may do', lines: ['Look at your permits (Permit interface)'] });
  expect(findActs('consent.notified', 'ar', [use])).toEqual({ label: 'may do', lines: ['الاطلاع على تصاريحك (واجهة التصاريح)'] });
});

test('where it has ended the receipt says so, and where nothing was agreed to it says nothing', () => {
  expect(findActs('consent.withdrawn', 'en', [use])).toMatchObject({ label: 'could do' });
  for (const [type, resources] of [
    ['consent.refused', [use]],
    ['consent.given', []],
    ['consent.given', undefined],
    ['consent.given', [null, { scopes: 7 }]],
  ] as const) {
    expect(findActs(type, 'en', resources)).toBeUndefined();
  }
});
