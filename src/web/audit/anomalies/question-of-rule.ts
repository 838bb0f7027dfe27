// The saved question behind each rule, for whoever wants to go on by themselves.

import type { RuleName } from '../../../domain/audit/anomalies/rule.ts';
import { toCountryDay, toDayText } from '../../../domain/audit/country-day.ts';
import { questionCatalogue } from '../../../domain/audit/questions/catalogue.ts';
import type { Millis } from '../../../domain/kernel/clock.ts';

export type Swept = { readonly from: Millis; readonly to: Millis };

/** Asked about the same days, where the question takes days. Null where no question that can be asked outside a case shows the same. */
export function findQuestionUrl(rule: RuleName, swept: Swept): string | null {
  const question = questionCatalogue.find(({ needsCase, rules }) => !needsCase && rules.includes(rule));
  if (question === undefined) {
    return null;
  }
  const [from, to] = [toDayText(toCountryDay(swept.from)), toDayText(toCountryDay(swept.to))];
  const takesDays = question.parameters.some(({ name }) => name === 'from') && question.parameters.every(({ isRequired }) => !isRequired);
  return `/audit/questions/${question.name}${takesDays ? `?ask=1&from=${from}&to=${to}` : ''}`;
}
