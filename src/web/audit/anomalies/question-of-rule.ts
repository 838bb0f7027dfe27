// The saved question behind each rule, for whoever wants to go on by themselves.

import type { RuleName } from '../../../domain/audit/anomalies/rule.ts';
import { questionCatalogue } from '../../../domain/audit/questions/catalogue.ts';

/** Null where no question that can be asked outside a case shows the same. */
export function findQuestionUrl(rule: RuleName): string | null {
  const question = questionCatalogue.find(({ needsCase, rules }) => !needsCase && rules.includes(rule));
  return question === undefined ? null : `/audit/questions/${question.name}`;
}
