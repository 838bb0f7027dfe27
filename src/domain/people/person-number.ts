// Whether something typed could hold the number of a citizen or resident, so that it never gets into the log, where it would stand for ever.

import { hasCheckDigit } from './parse-registry-id.ts';

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Ten digits or more in a row, of whatever script, with whatever signs between them. An identifier of ours (UUID) is none. */
export function hasLongNumber(text: string): boolean {
  const joined = text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]/gu, '');
  return /\p{N}{10}/u.test(joined) && !uuid.test(text);
}

const length = 10;

const isPersonNumber = (digits: string): boolean => /^[12]\d{9}$/.test(digits) && hasCheckDigit(digits);

function* toWindows(groups: readonly string[]): Generator<string> {
  for (const [first, group] of groups.entries()) {
    for (let from = 0; from + length <= group.length; from += 1) {
      yield group.slice(from, from + length);
    }
    for (let last = first + 1; last < groups.length; last += 1) {
      yield groups.slice(first, last + 1).join('');
    }
  }
}

/**
 * Ten digits with a right check digit, within a longer row too, or in groups with dots, dashes or spaces between them. A stroke parts numbers: that of a case and
 * its year may have ten digits together.
 */
export function hasPersonNumber(text: string): boolean {
  const runs = text.normalize('NFKC').match(/\d+(?:[.\s-]+\d+)*/g) ?? [];
  return runs.some((run) => [...toWindows(run.split(/[^\d]+/))].some(isPersonNumber));
}
