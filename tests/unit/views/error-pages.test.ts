// Every error as a person meets it: what happened, what it means for their data, what to do. One text for two codes only with a reason.

import { describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../../src/domain/kernel/errors.ts';
import type { ErrorCode } from '../../../src/domain/kernel/errors.ts';
import { createTexts } from '../../../views/messages/messages.ts';
import { toErrorWords } from '../../../views/error.ts';
import { errorCodes, renderErrorSamples } from '../../support/sample-errors.ts';

const languages = ['ar', 'en'] as const;

const byCommand = 'only a command answers with it; no page does';
const sameOutside = 'nobody outside may tell which of the two it was (decision 7)';
const onlyLogged = 'it is a line of the log alone; the page asks for the same passkey';
const byProgram = 'a program reads the code and never the page';
const notTheirs = 'a person can do the same, and no more, about both';

/** Codes that share the text of another, and why nobody would need different help. */
const sharing: Readonly<Record<string, string>> = {
  'passkey/unknown': sameOutside,
  'configuration/invalid': notTheirs,
  'person/unknown': byCommand,
  'agency/unknown': byCommand,
  'agency/host-unknown': byCommand,
  'agency/host-unproven': byCommand,
  'proofing/issuer-unknown': byCommand,
  'import/invalid': byCommand,
  'audit/filter-unknown': byCommand,
  'token/proof-refused': byProgram,
  'token/nonce-needed': byProgram,
  'metadata/malformed': byCommand,
  'metadata/untrusted': byCommand,
  'metadata/older': byCommand,
  'figures/month-unknown': byCommand,
  'figures/month-open': byCommand,
  'figures/published': byCommand,
  'figures/corrected': byCommand,
  'figures/not-published': byCommand,
  'key/not-begun': byCommand,
  'key/too-early': byCommand,
  'key/not-signing': byProgram,
  'officer/unknown': byCommand,
  'officer/enrolled': byCommand,
  'officer/many-freezes': onlyLogged,
};

/** A developer reads these beside a header or a format, whose names are English in every language. */
const forPrograms: ReadonlySet<string> = new Set<ErrorCode>([
  'token/missing',
  'token/refused',
  'token/proof-refused',
  'token/nonce-needed',
  'audit/parameter-refused',
  'request/not-acceptable',
]);

describe.each(languages)('the error pages in %s', (language) => {
  const texts = createTexts(language);
  const wordsOf = (code: ErrorCode) => toErrorWords(texts, errorCatalogue[code].text);

  test('are different wherever a person would need different help', () => {
    const owners = new Map<string, ErrorCode>();
    const twins: string[] = [];
    for (const code of errorCodes.filter((candidate) => sharing[candidate] === undefined)) {
      const { title, meaning, next } = wordsOf(code);
      const same = owners.get(`${title} ${meaning} ${next}`);
      owners.set(`${title} ${meaning} ${next}`, code);
      twins.push(...(same === undefined ? [] : [`${code} says what ${same} says: give it words of its own, or a reason in this test`]));
    }
    expect(twins).toEqual([]);
  });

  test.each(renderErrorSamples(language))('$code names its code, its reference and what to do', ({ code, document }) => {
    expect(document).toContain(`data-error="${code}"`);
    expect(document).toContain('H-4T7K-M2Q9');
    const words = wordsOf(code);
    for (const text of [words.title, words.meaning, words.next]) {
      expect(text.trim().length).toBeGreaterThan(8);
      expect(document).toContain(text);
    }
    expect(words.next).not.toBe(words.meaning);
  });

  test.each(errorCodes)('%s says what became of the person’s data, or of what they wanted', (code) => {
    const { title, meaning } = wordsOf(code);
    const consequence = {
      ar: /(?:شارَك|تغيّر|نشأ|ضَف|حفظ|محفوظ|عرض|نفَّذ|نفذ|أُخذ|خرج|صدر|يُسلَّم|يُبحث)/,
      en: /\b(?:shared|changed|created|added|kept|safe|shown|made|carried out|left|handed out|searched)\b/,
    }[language];
    expect(`${title} ${meaning}`).toMatch(consequence);
  });

  test.each(errorCodes)('%s blames nobody and jokes about nothing', (code) => {
    const { title, meaning, next } = wordsOf(code);
    const all = `${title} ${meaning} ${next}`;
    expect(all).not.toMatch(/Oops|sorry|unfortunately|you (?:failed|forgot|must|did not)|illegal|forbidden|invalid|bad request|\berror\b/i);
    expect(all).not.toMatch(/عفو|آسف|نأسف|نعتذر|للأسف|أخطأت|خطؤك|غير قانوني|ممنوع|\d{3}/);
    expect(title.split(' ').length).toBeLessThan(12);
  });
});

test('no Arabic error page holds a word of English', () => {
  const samples = renderErrorSamples('ar').filter(({ code }) => !forPrograms.has(code));
  const found = samples.flatMap(({ code, document }) => {
    const [, main = ''] = document.split('<main');
    const text = main.split('</main>')[0]?.replace(/<bdi class="code"[\s\S]*?<\/bdi>|<[^>]*>/g, ' ') ?? '';
    return (text.slice(text.indexOf('>') + 1).match(/[A-Za-z]{2,}/g) ?? []).map((word) => `${code}: ${word}`);
  });
  expect(found).toEqual([]);
});
