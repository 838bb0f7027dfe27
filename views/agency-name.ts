// How a register's name reads inside a sentence. Arabic needs nothing: its names carry their article.

import type { Language } from './messages/messages.ts';

const institution =
  '(?:Ministry|Authority|Agency|Department|Directorate|Fund|Council|Commission|Board|Bureau|Office|Registry|Centre|Institute)';
const namedByItsKind = new RegExp(`^${institution} (?:of|for)\\b|\\b${institution}$`);

/** "the Ministry of Labour", "the Housing Fund"; a name that is not built on a word such as these keeps its form. */
export function toNameInSentence(language: Language, name: string): string {
  return language === 'en' && namedByItsKind.test(name) && !/^The /i.test(name) ? `the ${name}` : name;
}
