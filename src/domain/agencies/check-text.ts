// Names and texts that people will read before they decide. A name must not be able to look like another agency's (CO-06, RG-06).

import type { Localized } from './agency.ts';
import { toRefusal, toWarning } from './proposal.ts';
import type { Finding, Remark } from './proposal.ts';

const maxNameLength = 60;
const maxTextLength = 300;
const longestSentence = 20;

/** Controls, direction marks, zero-width and private characters, line ends: they change how a text looks without being seen. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\uFEFF]/u;
/** Pictures, ticks and stars (a name must not say "verified"), and the brackets of markup. */
const decoration = /[\p{So}\p{Sk}<>]/u;
const markFlood = /\p{M}{3}/u;
const arabic = /\p{Script_Extensions=Arabic}/u;
const latin = /\p{Script_Extensions=Latin}/u;

export function checkName(path: string, name: Localized): readonly Finding[] {
  return [...checkNameIn('ar', path, name.ar), ...checkNameIn('en', path, name.en)];
}

export function checkText(path: string, text: Localized): readonly Finding[] {
  return [...checkTextIn('ar', path, text.ar), ...checkTextIn('en', path, text.en)];
}

/** A line that stands in one language or none, such as a reference. */
export function checkLine(path: string, text: string): readonly Finding[] {
  const problem = findTextProblem(text, maxTextLength);
  return problem === undefined ? [] : [toRefusal(path, problem)];
}

function checkNameIn(language: keyof Localized, path: string, text: string): readonly Finding[] {
  const problem = findNameProblem(text);
  return problem === undefined ? checkScript(language, path, text) : [toRefusal(`${path}.${language}`, problem)];
}

function checkTextIn(language: keyof Localized, path: string, text: string): readonly Finding[] {
  const problem = findTextProblem(text, maxTextLength);
  if (problem !== undefined) {
    return [toRefusal(`${path}.${language}`, problem)];
  }
  return [...checkScript(language, path, text), ...checkReadability(`${path}.${language}`, text)];
}

/** People read it once, on a small screen, before they decide (domain model 3.4). */
function checkReadability(path: string, text: string): readonly Finding[] {
  const words = text.split(/[.!?؟؛;\n]+/u).map((sentence) => sentence.split(/\s+/).filter((word) => word !== '').length);
  const longest = Math.max(...words);
  const [abbreviation] = /(?<![A-Za-z])[A-Z]{3,}(?![A-Za-z])/.exec(text) ?? [];
  const long = { problem: `has a sentence of ${longest} words`, fix: `use sentences of at most ${longestSentence} words` };
  const short = { problem: `holds the abbreviation ${abbreviation}`, fix: 'write it out: not everybody knows it' };
  return [...(longest > longestSentence ? [toWarning(path, long)] : []), ...(abbreviation === undefined ? [] : [toWarning(path, short)])];
}

function checkScript(language: keyof Localized, path: string, text: string): readonly Finding[] {
  const isReadable = (language === 'ar' ? arabic : latin).test(text);
  const wanted = language === 'ar' ? 'Arabic' : 'Latin';
  return isReadable
    ? []
    : [
        toWarning(`${path}.${language}`, {
          problem: `holds no ${wanted} letters`,
          fix: 'write what a person reading this language understands',
        }),
      ];
}

function findNameProblem(text: string): Remark | undefined {
  const letters = Array.from(text.matchAll(/\p{L}/gu), ([letter]) => letter);
  if (!letters.every((letter) => arabic.test(letter)) && !letters.every((letter) => latin.test(letter))) {
    return { problem: 'mixes scripts', fix: 'use letters of one script, Arabic or Latin, with digits and spaces' };
  }
  if (decoration.test(text) || text !== text.normalize('NFKC')) {
    return { problem: 'holds pictures, markup or compatibility characters', fix: 'use ordinary letters, digits, spaces and punctuation' };
  }
  return findTextProblem(text, maxNameLength);
}

function findTextProblem(text: string, maxLength: number): Remark | undefined {
  if (text.trim() === '' || text.trim() !== text || Array.from(text).length > maxLength) {
    return { problem: `is empty, longer than ${maxLength} characters or has spaces at its ends`, fix: 'shorten or trim it' };
  }
  if (!text.isWellFormed() || invisible.test(text) || markFlood.test(text)) {
    return { problem: 'holds characters that are not seen or pile up', fix: 'remove direction marks, zero-width and control characters' };
  }
  return text === text.normalize('NFC') ? undefined : { problem: 'is not in Unicode normal form C', fix: 'normalise it' };
}

/** Two names with one skeleton look or read alike: case, spaces, marks and the letters that Arabic readers take for one another are folded. */
export function toSkeleton(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{P}\p{Z}\u0640]/gu, '')
    .toLowerCase()
    .replaceAll(/[أإآٱ]/g, 'ا')
    .replaceAll(/[ىیے]/g, 'ي')
    .replaceAll('ة', 'ه')
    .replaceAll('ک', 'ك')
    .replaceAll(/[il1|]/g, 'l')
    .replaceAll(/[o0]/g, 'o');
}
