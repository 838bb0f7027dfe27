// All saved questions, in the order in which auditors' manuals count them.

import { breachQuestions } from './breach.ts';
import { clusterQuestions } from './clusters.ts';
import { complaintQuestions } from './complaint.ts';
import { decisionQuestions } from './decisions.ts';
import { exportQuestion } from './export-complete.ts';
import { holdingQuestions } from './holdings.ts';
import { logQuestions } from './log.ts';
import { officerQuestions } from './officers.ts';
import type { Question } from './question.ts';
import { registrationQuestions } from './registration.ts';
import { releaseQuestions } from './releases.ts';

export const questionCatalogue: readonly Question[] = [
  ...complaintQuestions,
  ...releaseQuestions,
  ...holdingQuestions,
  ...decisionQuestions,
  ...clusterQuestions,
  ...officerQuestions,
  ...registrationQuestions,
  ...breachQuestions,
  ...logQuestions,
  exportQuestion,
].toSorted((left, right) => left.number - right.number);

export function findQuestion(name: string): Question | undefined {
  return questionCatalogue.find((question) => question.name === name);
}
