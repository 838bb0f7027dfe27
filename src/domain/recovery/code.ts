// The one-time codes of a recovery: sixteen letters and digits that cannot be taken for one another, 79 random bits. A code is a random name for what is stored
// under its digest; nothing stands in it and nothing of it is trusted.

import type { KeyObject } from 'node:crypto';
import { toKeyedDigest } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';

const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const length = 16;
/** The largest multiple of the alphabet's length in a byte: what lies above would make some letters likelier. */
const fair = 256 - (256 % alphabet.length);

export function createRecoveryCode(random: Random): string {
  let code = '';
  while (code.length < length) {
    for (const byte of random.bytes(length)) {
      code += byte < fair && code.length < length ? alphabet.charAt(byte % alphabet.length) : '';
    }
  }
  return code;
}

/** Told apart at a glance, typed with the gaps or without. */
export function toReadableCode(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** As people type it: in any case, with gaps or hyphens, in either kind of digits. Undefined for what is no code. */
export function findRecoveryCode(text: string): string | undefined {
  const code = text
    .slice(0, 120)
    .normalize('NFKC')
    .replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll(/[\s\u200E\u200F\u061C\u2066-\u2069\u2010-\u2015-]/g, '')
    .toUpperCase();
  return new RegExp(`^[${alphabet}]{${length}}$`).test(code) ? code : undefined;
}

/** Without the key nobody finds a code in a stolen database. */
export function toRecoveryCodeDigest(lookupKey: KeyObject, code: string): string {
  return toKeyedDigest(lookupKey, `huwiya/recovery-code/1\n${code}`);
}
