import { describe, expect, test } from 'vitest';

import { errorCatalogue } from '../../../src/domain/kernel/errors.ts';
import { toErrorWords } from '../../../views/error.ts';
import { html } from '../../../views/html.ts';
import { ar } from '../../../views/messages/ar.ts';
import { en } from '../../../views/messages/en.ts';
import { createTexts } from '../../../views/messages/messages.ts';
import type { MessageKey } from '../../../views/messages/messages.ts';
import { toRichText } from '../../../views/rich-text.ts';

const catalogues = { ar, en };
const languages = ['ar', 'en'] as const;

function assertKey(key: string): asserts key is MessageKey {
  if (!Object.hasOwn(ar, key)) {
    throw new TypeError(`${key} is the name of no text`);
  }
}

/** The variants of a text without its declarations, markup and placeholders. */
function toSentences(source: string): readonly string[] {
  const variants = source.includes('.match') ? [...source.matchAll(/\{\{(.*?)\}\}(?!\})/gs)].map(([, variant = '']) => variant) : [source];
  return variants
    .map((variant) => variant.replace(/\{#[^}]*\}|\{\/[^}]*\}/g, '').replace(/\{\$[^}]*\}/g, 'X'))
    .flatMap((variant) => variant.split(/(?<=[.؟?؛;])\s+/));
}

/** The two braces around a variant are none. */
function findPlaceholders(source: string): readonly string[] {
  return [...new Set([...source.matchAll(/(?<!(?<!\{)\{)\{#?(\$?[a-z]+)/g)].map(([, name = '']) => name))].toSorted();
}

describe('the texts', () => {
  test('exist in both languages under the same keys, none empty', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(ar).toSorted());
    expect(Object.values(catalogues).flatMap((catalogue) => Object.values(catalogue).filter((text) => text.trim() === ''))).toEqual([]);
  });

  test.each(languages)('are MessageFormat 2, each of them, and make words of their values (%s)', (language) => {
    const { t } = createTexts(language);
    const values = (source: string): Readonly<Record<string, number>> =>
      Object.fromEntries([...source.matchAll(/\$([a-z]+)/gi)].map(([, name = '']) => [name, 3]));
    const empty = Object.entries(catalogues[language]).filter(([key, source]) => {
      assertKey(key);
      return t(key, values(source)).trim() === '';
    });
    expect(empty.map(([key]) => key)).toEqual([]);
  });

  test('name the same values and markup in both languages', () => {
    const english: ReadonlyMap<string, string> = new Map(Object.entries(en));
    const differing = Object.entries(ar).filter(([key, source]) => {
      const other = english.get(key) ?? '';
      const expected = findPlaceholders(source).filter((name) => name !== '$count');
      return JSON.stringify(expected) !== JSON.stringify(findPlaceholders(other).filter((name) => name !== '$count'));
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test.each(languages)('have sentences of at most twenty words (%s)', (language) => {
    const long = Object.values(catalogues[language])
      .flatMap((source) => toSentences(source))
      .filter((sentence) => sentence.split(/\s+/).length > 20);
    expect(long).toEqual([]);
  });

  test('use the digits 0–9 and no exclamation marks, kashida or padding words', () => {
    const all = [...Object.values(ar), ...Object.values(en)].join('\n');
    expect(all).not.toMatch(/[٠-٩۰-۹]/);
    expect(all).not.toMatch(/[!！]/);
    expect(all).not.toMatch(/يرجى|الرجاء|سوف|حيث إن|عفوًا|أنتم/);
    expect(all).not.toMatch(/(?:^|\s)تم [^\s]+/m);
    expect(all.replace(/بـ(?= )/g, '').replace(/هـ/g, '')).not.toContain('ـ');
    expect(all).not.toMatch(/\b(?:claim|scope|PII|relying party|client|Oops|please)\b/i);
  });

  test('count in all six Arabic forms', () => {
    const { t } = createTexts('ar');
    const counted = [0, 1, 2, 3, 11, 100].map((count) => t('attribute-count', { count }).replace(/[\u2066-\u2069]/g, ''));
    expect(counted).toEqual(['لا بيانات', 'بيان واحد', 'بيانان', '3 بيانات', '11 بيانًا', '100 بيان']);
  });

  test('refuse to be printed without a value they name', () => {
    const texts = createTexts('ar');
    expect(() => texts.t('fact-source')).toThrow(/lacks a value/);
    expect(() => toRichText(texts, 'changed-lead')).toThrow(/unknown markup/);
  });

  test('isolate what comes from outside and escape it', () => {
    const hostile = toRichText(createTexts('ar'), 'continue-title', { values: { agency: '<b>John</b>' } });
    expect(String(hostile)).toContain('<span class="whole">\u2068&lt;b&gt;John&lt;/b&gt;\u2069</span>');
    expect(String(toRichText(createTexts('en'), 'changed-lead', { slots: { date: html`<time>x</time>` } }))).toContain('<time>x</time>');
  });
});

describe('every error', () => {
  test.each(languages)('says what happened, what it means and what to do (%s)', (language) => {
    const texts = createTexts(language);
    const words = Object.values(errorCatalogue).map((row) => toErrorWords(texts, row.text));
    for (const { title, meaning, next } of words) {
      expect(title).not.toMatch(/[.!]$/);
      expect(meaning).toMatch(/\.$/);
      expect(next).toMatch(/\.$/);
    }
  });
});
