// Filters of which there are only so many values are chosen, in words of both languages, and each value finds what it says.

import { describe, expect, it } from 'vitest';
import { toFactField } from '../../../src/web/audit/questions/fact-fields.ts';
import { parseFactQuery } from '../../../src/web/audit/questions/fact-query.ts';
import { createTexts } from '../../../views/messages/messages.ts';

const closed = ['form', 'level', 'language', 'person-kind', 'document', 'category', 'role', 'actor-kind', 'shared'] as const;

describe.each(['ar', 'en'] as const)('filters with few values, in %s', (language) => {
  const words = { texts: createTexts(language), register: { language, services: [], purposes: [] } };
  const find = (name: Parameters<typeof toFactField>[1], typed = '') => toFactField(words, name, new URLSearchParams({ [name]: typed }));

  it.each(closed)('offers %s by names, each of which is a filter', (name) => {
    const options = (find(name).groups ?? []).flatMap((group) => group.options);
    expect(options.length).toBeGreaterThan(0);
    expect(new Set(options.map(({ label }) => label)).size).toBe(options.length);
    expect(options.filter(({ value }) => !parseFactQuery(new URLSearchParams({ [name]: value })).ok)).toEqual([]);
    expect(options.filter(({ label }) => language === 'ar' && /^[a-z_-]*$/.test(label))).toEqual([]);
  });

  it.each(['endpoint', 'status', 'browser', 'reason'] as const)('leaves %s to be typed, because others bring their own', (name) => {
    expect(find(name, 'something')).toEqual({ name, isRequired: false, typed: 'something' });
  });
});
