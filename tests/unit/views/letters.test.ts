// Letters as their readers meet them: as plain text, where nothing but lines and blank lines orders what is said, and as a page.

import { describe, expect, it } from 'vitest';
import { noticeKinds } from '../../../src/domain/protection/notice.ts';
import { dates } from '../../../src/web/frame.ts';
import { joinLetters, toAlertLetter, toChangedLetter, toCodeLetter } from '../../../views/letters.ts';
import type { LetterFrame } from '../../../views/letters.ts';
import { createTexts } from '../../../views/messages/messages.ts';
import { toRecoveryBegunLetter, toRecoveryCodeLetter, toRecoveryDueLetter } from '../../../views/recovery-letters.ts';

const at = Date.UTC(2026, 10, 22, 6, 14);
const url = 'https://huwiya.example/not-me/01a34e77.KExNMWBT4PFcEF9QNGInP99vZAL58tHPjU5Lhc_eLFI';
const device = { browser: 'chrome', system: 'android' } as const;

const toFrame = (language: 'ar' | 'en'): LetterFrame => ({
  texts: createTexts(language),
  dates: dates[language],
  siteHost: 'huwiya.example',
});

const toAlert = (language: 'ar' | 'en', kind: (typeof noticeKinds)[number]) =>
  toAlertLetter(toFrame(language), { kind, at, device, url, isFormer: false, endsAt: at, delayHours: 24 });

function writeAll(language: 'ar' | 'en') {
  const frame = toFrame(language);
  return [
    ...noticeKinds.map((kind) => toAlert(language, kind)),
    toCodeLetter(frame, 'email', '12345678'),
    toChangedLetter(frame, 'phone', at),
    toRecoveryCodeLetter(frame, 'K7QM-3XRT-9WHC-AAAA'),
    toRecoveryBegunLetter(frame, { way: 'waiting', at, until: at, cancelUrl: url }),
    toRecoveryDueLetter(frame, { until: at, url }),
  ];
}

describe.each(['ar', 'en'] as const)('every letter in %s', (language) => {
  it.each(writeAll(language))('reads in order as plain text: $subject', ({ subject, text, html }) => {
    const [heading, rule, blank, ...rest] = text.split('\n');
    expect([heading, rule, blank]).toEqual([subject, '='.repeat(Math.min(subject.length, 40)), '']);
    expect(text).not.toMatch(/[\u2066-\u2069\u200e\u200f]|<[a-z]|&\w+;|\n{3}/);
    // A link stands alone, so that no mail program takes a full stop into it.
    expect(rest.filter((line) => line.includes('https://')).every((line) => /^https:\/\/\S+$/.test(line))).toBe(true);
    expect(html).toContain(`<div style="max-width:560px;margin:0 auto" lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    for (const line of rest.filter((each) => each !== '')) {
      expect(String(html).replaceAll(/<[^>]+>/g, '')).toContain(line.replace(/^- /, ''));
    }
  });

  it('lists when and where by itself, and asks nobody whether they did what only others do', () => {
    const { text } = toAlert(language, 'new-device');
    expect(text).toMatch(/\n\n- [^\n]+2026[^\n]+\n- [^\n]*Chrome[^\n]*Android\n\n/);
    const you = createTexts(language).t('letter-alert-you');
    expect([text.includes(you), toAlert(language, 'link-made').text.includes(you)]).toEqual([true, false]);
  });
});

describe('a letter in both languages', () => {
  it('has both as text and as a page, each in its own direction', () => {
    const [one, other] = [toAlert('ar', 'enrolled'), toAlert('en', 'enrolled')];
    const both = joinLetters(one, other);
    expect(both.text).toBe(`${one.text}\n* * *\n\n${other.text}`);
    expect(both.html?.match(/<div [^>]*dir="(?:rtl|ltr)"/g)).toHaveLength(2);
    expect(both.html?.match(/<\/body>/g)).toHaveLength(1);
    expect(both.html?.match(/href="https:\/\/huwiya\.example\/not-me\//g)).toHaveLength(2);
  });
});
