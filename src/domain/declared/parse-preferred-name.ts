// The name a person likes to be called by. Agencies show it to their clerks, so it holds letters and nothing that only looks like one: each language has
// one script, and within a script no sign that is drawn like another.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';

export const longestName = 60;

// The letters of Arabic, and the four that Gulf names add. No tatweel, no vowel marks, no Farsi yeh or Urdu kaf, which are drawn like the Arabic ones.
const arabicLetter = '\u0621-\u063A\u0641-\u064A\u067E\u0686\u06A4\u06AF';
// Basic Latin, Latin-1 and Latin Extended-A without signs and without the letters drawn like others: dotless i, kra, long s, n with an apostrophe, ligatures of ij.
const latinLetter = 'A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u0130\u0134-\u0137\u0139-\u013E\u0141-\u0148\u014A-\u017E';

// Words of letters, one joiner between two of them. Every branch begins with another sign, so the time is linear.
const patterns = {
  ar: new RegExp(`^[${arabicLetter}]+(?:[ -][${arabicLetter}]+)*$`),
  en: new RegExp(`^[${latinLetter}]+(?:[ '\u2019-][${latinLetter}]+)*$`),
} as const;

/** Empty for nothing. In Unicode normal form C, with single spaces. */
export function parsePreferredName(language: 'ar' | 'en', text: string): Outcome<string, 'name/not-accepted'> {
  const name = text.slice(0, 1000).normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  if (name === '') {
    return succeed('');
  }
  const isName = name.length <= longestName && patterns[language].test(name);
  return isName ? succeed(name.replaceAll("'", '\u2019')) : refuse('name/not-accepted', `letters of the preferred name in ${language}`);
}
