// The text of the sample consent page as it would be kept.

import { isUnaltered, toNotice } from '../../src/domain/consent/notice.ts';
import type { ShownNotice } from '../../views/shown-notice.ts';
import { toNoticeText } from '../../views/notice-text.ts';
import { createPurpose } from './store-samples.ts';

export function toSampleNotice(language: 'ar' | 'en', document: string): ShownNotice {
  const notice = toNotice(createPurpose('mol-work-permit'), language, toNoticeText(document));
  return { language, lines: notice.text.split('\n'), digest: notice.digest, isUnaltered: isUnaltered(notice) };
}
