// The identifier by which the state's registry names a human being. It is typed by clerks, so every way of writing the same one comes out the same.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { PersonKind } from './person.ts';

const pattern = /^[A-Za-z0-9._-]{1,64}$/;
/** Kinds whose identifier is ten digits, the last of them a check digit. */
const numberedKinds: readonly PersonKind[] = ['citizen', 'resident'];

/** For looking a person up: normal form only, since the kind is not known yet. */
export function parseRegistryId(text: string): Outcome<string, 'import/invalid'> {
  const id = toAsciiDigits(text.normalize('NFKC')).trim();
  return pattern.test(id) ? succeed(id) : refuse('import/invalid', 'id must be 1 to 64 of A-Z, a-z, 0-9, dot, underscore and hyphen');
}

/** For taking a person in: the rules of the kind apply. */
export function parseRegistryIdOfKind(kind: PersonKind, text: string): Outcome<string, 'import/invalid'> {
  const parsed = parseRegistryId(text);
  if (!parsed.ok || !numberedKinds.includes(kind)) {
    return parsed;
  }
  if (!/^\d{10}$/.test(parsed.value)) {
    return refuse('import/invalid', `id of a ${kind} must be ten digits`);
  }
  return hasCheckDigit(parsed.value) ? parsed : refuse('import/invalid', 'id has a wrong check digit');
}

/** Arabic-Indic and Extended Arabic-Indic digits; NFKC leaves both as they are. Direction marks come along when text is pasted. */
function toAsciiDigits(text: string): string {
  return text
    .replaceAll(/[\u200E\u200F\u061C]/g, '')
    .replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));
}

/** Luhn (ISO/IEC 7812-1 Annex B). */
export function hasCheckDigit(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, position) => total + toWeighted(Number(digit), position), 0);
  return sum % 10 === 0;
}

function toWeighted(digit: number, position: number): number {
  if (position % 2 === 0) {
    return digit;
  }
  return digit > 4 ? digit * 2 - 9 : digit * 2;
}
