// A one-time code that people read from paper, say on the telephone and type: sixteen characters of an alphabet without look-alikes, over 78 bits.
// It is a random name and nothing else: nothing is encoded in it, and only its digest is stored.

import type { Random } from './ids.ts';

/** Without 0 and O, 1, I and L, and U. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;
/** The largest multiple of the alphabet's size that a byte holds: what lies above would make some characters likelier. */
const fair = 240;

/** Every code is as likely as every other. */
export function createOneTimeCode(random: Random): string {
  let code = '';
  while (code.length < length) {
    for (const byte of random.bytes(length)) {
      code += byte < fair && code.length < length ? alphabet.charAt(byte % alphabet.length) : '';
    }
  }
  return code;
}

/** In four groups, as it is shown and printed. */
export function toShownCode(code: string): string {
  return code.replaceAll(/.{4}(?=.)/g, '$&-');
}

/** As people type it: in any case, with or without separators, in either kind of digits, pasted with marks of direction. Undefined for what is no code. */
export function findOneTimeCode(text: string): string | undefined {
  const code = text
    .slice(0, 120)
    .normalize('NFKC')
    .replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll(/[\s\p{Dash_Punctuation}\u200E\u200F\u061C\u2066-\u2069._]/gu, '')
    .toUpperCase();
  return new RegExp(`^[${alphabet}]{${length}}$`).test(code) ? code : undefined;
}
