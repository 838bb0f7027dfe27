// The token in every form: it binds the form to the interaction, session or link that it was printed for. No state is kept.

import type { KeyObject } from 'node:crypto';
import { timingSafeEqual } from 'node:crypto';
import { toKeyedDigest } from '../domain/kernel/ids.ts';

export function createFormToken(key: KeyObject, binding: string): string {
  return toKeyedDigest(key, `form:${binding}`);
}

export function isFormToken(key: KeyObject, binding: string, given: string | undefined): boolean {
  const expected = Buffer.from(createFormToken(key, binding));
  const actual = Buffer.from(given ?? '');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
