// The printed freeze code: whoever types it closes every way in to the person who made it, and opens nothing. 78 random bits in groups that can be read out.

import type { KeyObject } from 'node:crypto';
import { toKeyedDigest } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';

/** No 0 and O, no 1, I and L, no U. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;
const isOfAlphabet = new RegExp(`^[${alphabet}]*$`);

/** The largest multiple of the alphabet's length below 256: what lies above would make some letters likelier. */
const fair = Math.floor(256 / alphabet.length) * alphabet.length;

/** Every code is as likely as every other: 30^16 of them, more than 2^78. */
export function createFreezeCode(random: Random): string {
  let code = '';
  while (code.length < length) {
    const letters = [...random.bytes(length)].filter((byte) => byte < fair).map((byte) => alphabet.charAt(byte % alphabet.length));
    code = `${code}${letters.join('')}`.slice(0, length);
  }
  return code;
}

/** In groups, as it is printed. */
export function toReadableCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

/** As people type it: in any case, with gaps or hyphens, in either kind of digits. Undefined for what is no code. */
export function findFreezeCode(text: string): string | undefined {
  const code = text
    .slice(0, 200)
    .normalize('NFKC')
    .replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '');
  return code.length === length && isOfAlphabet.test(code) ? code : undefined;
}

export function toFreezeCodeDigest(lookupKey: KeyObject, code: string): string {
  return toKeyedDigest(lookupKey, `huwiya/freeze-code/1\n${code}`);
}
