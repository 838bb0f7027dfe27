// The saved questions for programs: the same definitions as at the desk. Outside any case no answer is about a person; an auditor asks inside a case of theirs too.

import type { Context } from 'koa';
import { z } from 'zod';
import { askQuestion } from '../../domain/audit/questions/ask-question.ts';
import type { Reply } from '../../domain/audit/questions/ask-question.ts';
import { findQuestion, questionCatalogue } from '../../domain/audit/questions/catalogue.ts';
import { columnNames, figureNames, findingNames, questionNames, tableNames } from '../../domain/audit/questions/names.ts';
import { questionGroups } from '../../domain/audit/questions/question.ts';
import type { Table } from '../../domain/audit/questions/question.ts';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { answerLines, toRowJson } from '../audit/questions/answer-lines.ts';
import { toAskNeeds } from '../audit/questions/ask-needs.ts';
import { parseQuestion } from '../audit/questions/question-query.ts';
import { placeSchemas, valueSchemas } from '../audit/questions/value-schemas.ts';
import type { PageNeeds } from '../needs.ts';
import { findProgramLanguage } from '../problem.ts';
import { getCaller } from './access.ts';
import { refuseParameters, toDeskQuery } from './asked.ts';
import { linesType } from './list-entries.ts';
import { openCaller } from './standing.ts';

export const questionsAnswer = z
  .strictObject({
    questions: z.array(
      z.strictObject({
        name: z.enum(questionNames).describe('stable'),
        group: z.enum(questionGroups),
        title: z.string().describe('in the language of Accept-Language'),
        meaning: z.string(),
        limit: z.string().describe('what the log cannot say'),
        needs_case: z.boolean().describe('about people; refused outside a case'),
        parameters: z.array(z.strictObject({ name: z.string(), required: z.boolean() })),
      }),
    ),
  })
  .describe('The saved questions.');

const cell = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);

export const questionAnswer = z
  .strictObject({
    question: z.enum(questionNames),
    as_of: z.int().min(0).describe('entries of the ledger as it stood'),
    figures: z.array(
      z.strictObject({
        name: z.enum(figureNames),
        value: z.number().nullable(),
        must_be_zero: z.boolean(),
      }),
    ),
    findings: z.array(z.strictObject({ name: z.enum(findingNames), holds: z.boolean() })),
    tables: z.array(
      z.strictObject({
        name: z.enum(tableNames),
        columns: z.array(z.enum(columnNames)),
        rows: z.array(z.record(z.string(), cell)).describe('a member for each column; times in UTC, durations in milliseconds'),
        is_cut: z.boolean().describe('true when there are more rows than are shown'),
      }),
    ),
    next: z.string().nullable().describe('the cursor of the page behind this one; null on the last'),
  })
  .describe('An answer. It names nobody; inside a case people have its pseudonyms.');

export const questionLine = z
  .record(z.string(), z.union([cell, z.boolean()]))
  .describe('`as_of` first, then each figure, each finding, and each row with the name of its table.');

const places = {
  as_of: placeSchemas.as_of,
  cursor: placeSchemas.after.describe('the `next` of the page before'),
  limit: placeSchemas.limit,
};

/** Every parameter that a question may have inside a case; each question takes its own of them. */
export const caseQuestionQuery = z.strictObject({ ...valueSchemas, ...places });
export const questionQuery = caseQuestionQuery.omit({ person: true });

export async function listQuestions(needs: PageNeeds, ctx: Context): Promise<void> {
  await getCaller(needs, ctx);
  const { t } = needs.texts[findProgramLanguage(needs, ctx)];
  const answer: z.infer<typeof questionsAnswer> = {
    questions: questionCatalogue.map(({ name, group, needsCase, parameters }) => ({
      name,
      group,
      title: t(`question-${name}-title`),
      meaning: t(`question-${name}-meaning`),
      limit: t(`question-${name}-limit`),
      needs_case: needsCase,
      parameters: parameters.map((each) => ({ name: each.name, required: each.isRequired })),
    })),
  };
  ctx.body = answer;
}

function toTableJson(table: Table) {
  const rows = table.rows.map((row) => {
    const members = Object.entries(toRowJson(table, row));
    return Object.fromEntries(members.map(([name, value]) => [name, typeof value === 'object' && value !== null ? [...value] : value]));
  });
  return { name: table.name, columns: table.columns.map(({ name }) => name), rows, is_cut: table.isCut };
}

function toAnswerJson(question: (typeof questionNames)[number], { answer, checkpoint }: Reply): z.infer<typeof questionAnswer> {
  return {
    question,
    as_of: checkpoint?.size ?? 0,
    figures: answer.figures.map(({ name, value, mustBeZero }) => ({ name, value, must_be_zero: mustBeZero })),
    findings: answer.findings.map(({ name, holds }) => ({ name, holds })),
    tables: answer.tables.map(toTableJson),
    next: answer.next === null ? null : String(answer.next),
  };
}

export async function showAnswer(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  const { by, standing } = await openCaller(needs, ctx);
  const question = findQuestion(name);
  if (question === undefined) {
    throw new Fault('audit/question-unknown', 'no saved question has this name');
  }
  const type = ctx.accepts('application/json', linesType);
  if (type === false) {
    throw new Fault('request/not-acceptable', 'neither JSON nor lines');
  }
  const parsed = await parseQuestion(needs, question, toDeskQuery(ctx, standing));
  if (!parsed.ok) {
    refuseParameters(needs, ctx, parsed.problems);
    return;
  }
  const form = type === linesType ? 'jsonl' : 'json';
  const reply = getValue(await askQuestion(toAskNeeds(needs), by, { question, ...parsed.value, standing, form }));
  ctx.body = form === 'jsonl' ? answerLines.jsonl(reply) : toAnswerJson(question.name, reply);
  ctx.type = form === 'jsonl' ? linesType : 'application/json';
}
