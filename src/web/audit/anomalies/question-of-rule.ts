// The saved question behind each rule, for whoever wants to go on by themselves.

import type { RuleName } from '../../../domain/audit/anomalies/rule.ts';
import type { QuestionName } from '../../../domain/audit/questions/names.ts';

const questions: Readonly<Record<RuleName, QuestionName | null>> = {
  'no-record': 'released-without-record',
  'after-withdrawal': 'released-after-end',
  'after-expiry': 'released-after-end',
  paused: 'released-without-record',
  'outside-purpose': 'beyond-purpose',
  'beyond-consent': 'beyond-purpose',
  'below-level': 'below-level',
  'after-death': null,
  hasty: 'hasty-decisions',
  'refusals-after-text': 'refusals-by-text',
  'overdue-answers': 'answer-times',
  'unused-approval': 'approved-never-used',
  'counter-burst': 'acts-at-counter',
  'night-approval': null,
  'curious-auditor': 'looks-and-unmaskings',
};

/** Null where no saved question asks the same. */
export function findQuestionUrl(rule: RuleName): string | null {
  const question = questions[rule];
  return question === null ? null : `/audit/questions/${question}`;
}
