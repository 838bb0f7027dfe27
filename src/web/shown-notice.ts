import { isUnaltered } from '../domain/consent/notice.ts';
import type { ConsentStore } from '../domain/consent/store.ts';
import type { ShownNotice } from '../../views/shown-notice.ts';

/** Null for a decision without a page, and for one from before the texts were kept. */
export async function findShownNotice(consents: Pick<ConsentStore, 'findNotice'>, digest: unknown): Promise<ShownNotice | null> {
  const notice = typeof digest === 'string' ? await consents.findNotice(digest) : undefined;
  if (notice === undefined) {
    return null;
  }
  return { language: notice.language, lines: notice.text.split('\n'), digest: notice.digest, isUnaltered: isUnaltered(notice) };
}
