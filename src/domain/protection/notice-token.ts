// The link in a letter: the id of the notice and a keyed digest of it. Nothing is kept of it, and nothing inside it is believed without the digest.

import type { KeyObject } from 'node:crypto';
import { timingSafeEqual } from 'node:crypto';
import { toKeyedDigest } from '../kernel/ids.ts';

const toMark = (key: KeyObject, id: string): string => toKeyedDigest(key, `huwiya/not-me/1\n${id}`);

export function createNoticeToken(key: KeyObject, noticeId: string): string {
  return `${noticeId}.${toMark(key, noticeId)}`;
}

const form = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** The id of the notice; undefined for anything that was not made with the key. */
export function findNoticeId(key: KeyObject, token: string): string | undefined {
  const [, id = '', mark = ''] = form.exec(token) ?? [];
  const [given, expected] = [Buffer.from(mark), Buffer.from(toMark(key, id))];
  return id !== '' && given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined;
}
