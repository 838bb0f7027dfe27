// What a person was told before they decided: the very text of the page, word for word, kept once and named by its digest. It holds no value of a person,
// so that it can be shown to whoever checks a record (domain model 3.1, principle 6).

import type { Purpose } from '../agencies/agency.ts';
import { toDigest } from '../kernel/ids.ts';
import type { Language } from '../people/person.ts';

export type Notice = {
  /** base64url SHA-256 of the text in UTF-8. */
  readonly digest: string;
  readonly language: Language;
  readonly clientId: string;
  readonly purposeId: string;
  readonly purposeVersion: number;
  /** Line by line, as shown; the person's own values and dates of the moment left open. */
  readonly text: string;
};

export type NoticeVersion = Pick<Notice, 'clientId' | 'purposeId' | 'purposeVersion'>;

export function toNotice({ clientId, id, version }: Purpose, language: Language, text: string): Notice {
  return { digest: toDigest(text), language, clientId, purposeId: id, purposeVersion: version, text };
}

export function findDigest(notice: Notice | null): string | null {
  return notice === null ? null : notice.digest;
}

/** Whether the text that is kept is the one that its digest names. */
export function isUnaltered({ digest, text }: Notice): boolean {
  return toDigest(text) === digest;
}
