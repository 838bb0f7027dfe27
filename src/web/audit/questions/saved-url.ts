// Where a search that was kept is asked again.

import type { SavedSearch } from '../../../domain/audit/saved-search.ts';
import type { Places } from './question-frame.ts';

/** `asOf`: entries of the log as it stood; null for the log as it stands. */
export function toSearchUrl({ entriesUrl, questionsUrl }: Places, { question, query }: SavedSearch, asOf: number | null): string {
  const asked = new URLSearchParams(query);
  const isQuestion = question !== null;
  if (isQuestion) {
    asked.set('ask', '1');
  }
  if (asOf !== null) {
    asked.set('as_of', String(asOf));
  }
  const text = asked.toString();
  return `${isQuestion ? `${questionsUrl}/${question}` : entriesUrl}${text === '' ? '' : `?${text}`}`;
}
