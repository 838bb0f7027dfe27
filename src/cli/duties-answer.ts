// `huwiya duties answer DUTY`: what an agency wrote, entered by an operator. For a service that was retired, or that has no access of its own.

import { toTimestamp } from '../domain/kernel/clock.ts';
import { answerDuty } from '../domain/duties/answer-duty.ts';
import type { Answer } from '../domain/duties/answer-duty.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printJson, printLine } from './print.ts';
import { isSayable, longestSayable } from './sayable.ts';

export const answerStates = ['acknowledged', 'erased', 'kept'] as const satisfies readonly Answer['state'][];

export type DutiesAnswerOptions = {
  readonly duty: string;
  readonly state: Answer['state'];
  /** The law and its article, as the person reads it. */
  readonly article: { readonly ar: string; readonly en: string };
  /** Of the letter. */
  readonly reference: string;
  readonly json: boolean;
};

function findProblem({ state, article, reference }: DutiesAnswerOptions): string | undefined {
  if (!isSayable(reference)) {
    return `give the reference of the letter, at most ${longestSayable} characters; it may not name a person`;
  }
  const hasArticle = isSayable(article.ar) && isSayable(article.en);
  return state === 'kept' && !hasArticle
    ? `what is kept needs the law and its article in both languages, at most ${longestSayable} characters each: --article-ar, --article-en`
    : undefined;
}

export async function runDutiesAnswer(context: Context, options: DutiesAnswerOptions): Promise<ExitCode> {
  const { clock, err, out, random, storage } = context;
  const problem = findProblem(options);
  if (problem !== undefined) {
    printLine(err, `duties answer: ${problem}`);
    return 2;
  }
  const { duty: id, state, article, reference, json } = options;
  const answer: Answer = state === 'kept' ? { state, article: { ar: article.ar.trim(), en: article.en.trim() } } : { state };
  const answered = await answerDuty({ clock, random, duties: storage.duties }, { letter: reference.trim() }, { id, answer });
  if (!answered.ok) {
    printFailure(err, 'duties answer', answered.code);
    return 1;
  }
  const { value } = answered;
  if (json) {
    printJson(out, { id, service: value.clientId, state, answered_at: value.answeredAt === null ? null : toTimestamp(value.answeredAt) });
  } else {
    printLine(out, `${id} of ${value.clientId} is ${state}`);
  }
  return 0;
}
