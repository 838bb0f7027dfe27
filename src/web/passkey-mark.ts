// Which passkey an entry tells of. Its own person must find it again, and nobody else may bring two entries together by it: so each entry holds another value,
// made under our key, that is only compared with the passkeys of the one person. With these gone it leads nowhere.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Random } from '../domain/kernel/ids.ts';

type MarkNeeds = { readonly referenceKey: KeyObject };

const nonceBytes = 12;

const toMark = ({ referenceKey }: MarkNeeds, nonce: string, passkeyId: string): string =>
  `${nonce}.${createHmac('sha256', referenceKey).update(`passkey:${nonce}:${passkeyId}`).digest('base64url')}`;

export function createPasskeyMark(needs: MarkNeeds & { readonly random: Random }, passkeyId: string): string {
  return toMark(needs, Buffer.from(needs.random.bytes(nonceBytes)).toString('base64url'), passkeyId);
}

export function isMarkOf(needs: MarkNeeds, mark: string, passkeyId: string): boolean {
  const given = Buffer.from(mark);
  const expected = Buffer.from(toMark(needs, mark.split('.')[0] ?? '', passkeyId));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
