// The text that is kept is the text of the page: nothing of a person, and not a word less (CO-07).

import { describe, expect, test } from 'vitest';
import { openPlace, toNoticeText } from '../../../views/notice-text.ts';
import { renderSamplePages } from '../../support/sample-pages.ts';
import { sampleWords } from '../../support/sample-words.ts';

const pages = ['consent', 'consent-again', 'consent-changed', 'notice'] as const;

/** As a reader of the markup sees it who knows nothing of the extraction: no tags, no values, no dates. */
function toWords(document: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(document)?.[0] ?? '';
  return main
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll(/<time[\s\S]*?<\/time>/g, '')
    .replaceAll(/<details class="reveal"[\s\S]*?<\/details>/g, '')
    .replaceAll(/<p class="muted" data-own>[\s\S]*?<\/p>/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll(/[\s\u2066-\u2069]/g, '');
}

describe.each(['ar', 'en'] as const)('the text of a decision page in %s', (language) => {
  const samples = renderSamplePages(language).filter(({ name }) => pages.some((page) => page === name));

  test('is every word of the page besides values and dates', () => {
    expect(samples.length).toBeGreaterThan(1);
    for (const { document } of samples) {
      const text = toNoticeText(document);
      expect(text.replaceAll(openPlace, '').replaceAll(/\s/g, '')).toBe(toWords(document));
    }
  });

  test('holds no value of the person', () => {
    const { fullName } = sampleWords[language];
    for (const { document } of samples) {
      expect(toNoticeText(document)).not.toContain(fullName);
      expect(toNoticeText(document)).not.toMatch(/•/);
    }
  });
});

test('a text of an agency cannot break out of its line or take the place of a value', () => {
  const document =
    '<main id="main"><p>&lt;time&gt; &amp;amp; &quot;[…]&quot;</p><p>b\n c</p><time datetime="x">d</time><p data-own>e<b>f</b></p>g</main>';
  expect(toNoticeText(document)).toBe('<time> &amp; "[…]"\nb c\n[…]\n[…]g');
});

test('a page without a main part has no text to keep', () => {
  expect(() => toNoticeText('<html></html>')).toThrow(/main/);
});
