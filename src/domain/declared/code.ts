// The one-time code that proves a channel: eight digits, which a person can carry from one device to another, behind limits that make guessing vain.

import type { KeyObject } from 'node:crypto';
import { timingSafeEqual } from 'node:crypto';
import { toKeyedDigest } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';

export const codeDigits = 8;
const codes = 10 ** codeDigits;
/** The largest multiple of `codes` below 2^32: what lies above would make small codes likelier. */
const fair = Math.floor(2 ** 32 / codes) * codes;

/** Every code is as likely as every other. */
export function createCode(random: Random): string {
  const number = Buffer.from(random.bytes(4)).readUInt32BE();
  return number < fair ? String(number % codes).padStart(codeDigits, '0') : createCode(random);
}

/** As people type it: in either kind of digits, with a gap or a hyphen in the middle. Undefined for what is no code. */
export function findCode(text: string): string | undefined {
  const digits = text
    .slice(0, 64)
    .replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replaceAll(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll(/[\s\u200E\u200F\u061C\u2066-\u2069-]/g, '');
  return /^\d{8}$/.test(digits) ? digits : undefined;
}

/** Bound to the one change it was made for. Without the key nobody can try all codes against a stolen database. */
export function toCodeDigest(lookupKey: KeyObject, changeId: string, code: string): string {
  return toKeyedDigest(lookupKey, `huwiya/contact-code/1\n${changeId}\n${code}`);
}

export function isSameDigest(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** By which codes to one address are counted, whoever asked for them. */
export function toDestinationDigest(lookupKey: KeyObject, channel: string, address: string): string {
  return toKeyedDigest(lookupKey, `huwiya/contact-destination/1\n${channel}\n${address.toLowerCase()}`);
}
