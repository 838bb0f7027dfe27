// The two claims of a logout token that name an ended session (OIDC Back-Channel Logout 1.0 §2.4). `sub` is kept because closing an account destroys it.

import { toCanonicalJson } from '../kernel/canonical.ts';

type LogoutNotice = {
  /** The pairwise subject by which this service knows the person; null where none was ever made, and then `sid` says it all. */
  readonly sub: string | null;
  readonly sid: string;
};

export function toNoticeBody({ sub, sid }: LogoutNotice): string {
  return toCanonicalJson(sub === null ? { sid } : { sid, sub });
}

function findText(value: unknown, name: string): string | null {
  const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof member === 'string' ? member : null;
}

/** Throws for a text that `toNoticeBody` did not write. */
export function parseNoticeBody(body: string): LogoutNotice {
  const value: unknown = JSON.parse(body);
  const sid = findText(value, 'sid');
  if (sid === null) {
    throw new TypeError('a stored logout notice names no session');
  }
  return { sub: findText(value, 'sub'), sid };
}
