// What a service hears in place of a code, for the guide for agencies.

import { requestAnswers } from '../../src/oidc/request-answers.ts';
import { toTable } from './table.ts';

export function toAnswerTable(): string {
  const rows = Object.entries(requestAnswers).map(([word, { error, because, when, next }]) => [
    `\`${error}\``,
    `\`${word}\``,
    because,
    when,
    next,
  ]);
  return toTable(['`error`', '`error_description`', 'Because of', 'What happened', 'What a good service does'], rows);
}
