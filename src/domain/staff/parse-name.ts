// The name of an officer as an operator types it: what cannot be seen is taken out, so that one name is one text.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';

const longest = 80;

export function parseOfficerName(text: string): Outcome<string, 'request/invalid'> {
  const name = text
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return name === '' || Array.from(name).length > longest || !name.isWellFormed()
    ? refuse('request/invalid', `a name of 1 to ${longest} characters`)
    : succeed(name);
}
