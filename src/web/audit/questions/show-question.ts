// One question at the desk. Opening its form asks nothing; each press of the button, and each further page, is a look of its own.

import type { Context } from 'koa';
import { askQuestion } from '../../../domain/audit/questions/ask-question.ts';
import type { Reply } from '../../../domain/audit/questions/ask-question.ts';
import { findQuestion } from '../../../domain/audit/questions/catalogue.ts';
import type { ParameterName, Question } from '../../../domain/audit/questions/question.ts';
import { Fault, getValue } from '../../../domain/kernel/errors.ts';
import type { FilterGroup } from '../../../../views/audit-model.ts';
import type { QuestionField, QuestionPage, QuestionResult } from '../../../../views/question-model.ts';
import { renderQuestionPage } from '../../../../views/question.ts';
import { sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { findShownNotice } from '../../shown-notice.ts';
import { readRegister, toDetailOptions, toServiceGroups } from '../register.ts';
import type { Register } from '../register.ts';
import { toAskNeeds } from './ask-needs.ts';
import { toAgencyGroups } from './fact-fields.ts';
import { openQuestions } from './question-frame.ts';
import type { QuestionFrame } from './question-frame.ts';
import { parseQuestion } from './question-query.ts';
import type { QuestionQuery } from './question-query.ts';
import { readOfficers } from './read-officers.ts';
import { toSavedQuery } from './saved-query.ts';
import { toShownAnswer } from './shown-answer.ts';
import type { Links } from './shown-answer.ts';

const groupers: { readonly [Name in ParameterName]?: (register: Register) => readonly FilterGroup[] } = {
  agency: toAgencyGroups,
  service: toServiceGroups,
  attribute: ({ language }) => [{ label: '', options: toDetailOptions(language) }],
};

function toGroups(register: Register, name: ParameterName): Pick<QuestionField, 'groups'> {
  const groups = groupers[name]?.(register);
  return groups === undefined ? {} : { groups };
}

function toFields(question: Question, register: Register, given: URLSearchParams): readonly QuestionField[] {
  const own = question.parameters.map(({ name, isRequired, standard }): QuestionField => {
    const typed = given.get(name) ?? (standard === undefined ? '' : String(standard));
    return { name, isRequired, typed, ...toGroups(register, name) };
  });
  return [...own, { name: 'as_of', isRequired: false, typed: given.get('as_of') ?? '' }];
}

export function getQuestion(name: string): Question {
  const question = findQuestion(name);
  if (question === undefined) {
    throw new Fault('audit/question-unknown', 'no saved question has this name');
  }
  return question;
}

export function readAsked(ctx: Context): URLSearchParams {
  const given = new URLSearchParams(ctx.querystring);
  given.delete('lang');
  return given;
}

/** The same question over the same log: pages behind the first, and files, stay with what the first page showed. */
function toSameUrl(url: string, given: URLSearchParams, changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams([...given].filter(([, value]) => value !== ''));
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    if (value !== null) {
      query.set(name, value);
    }
  }
  return `${url}?${query.toString()}`;
}

function toPackUrl({ inCase }: QuestionFrame, given: URLSearchParams): string | null {
  const about = (['record', 'person'] as const).filter((name) => given.has(name)).map((name) => [name, given.get(name) ?? '']);
  return inCase === null || about.length === 0 ? null : `${inCase.url}/exports?${new URLSearchParams(about).toString()}`;
}

/** Where acts of one officer can be asked for, whoever stands in the answer leads to theirs. */
function toOfficerLinks({ question, open, given }: AskedPage): Pick<Links, 'toOfficerUrl'> {
  const url = `${open.questionsUrl}/${question.name}`;
  return question.parameters.some(({ name }) => name === 'officer')
    ? { toOfficerUrl: (officer) => toSameUrl(url, given, { officer, after: null }) }
    : {};
}

type AskedPage = {
  readonly question: Question;
  readonly open: QuestionFrame;
  readonly given: URLSearchParams;
  readonly register: Register;
};

async function toResult(needs: PageNeeds, page: AskedPage, query: QuestionQuery): Promise<QuestionResult> {
  const { question, open, given, register } = page;
  const asked = { question, ...query, standing: open.standing, form: 'page' } as const;
  const { answer, checkpoint }: Reply = getValue(await askQuestion(toAskNeeds(needs), open.audit.by, asked));
  const url = `${open.questionsUrl}/${question.name}`;
  const asOf = checkpoint?.size ?? 0;
  const words = { texts: open.audit.frame.texts, register, officers: await readOfficers(needs, answer) };
  const links = { ...open, asOf, ...toOfficerLinks(page) };
  const same = { as_of: String(asOf), after: null };
  return {
    head: checkpoint,
    ...toShownAnswer(words, links, answer),
    notice: await findShownNotice(needs.consents, answer.notice),
    firstUrl: query.page.after === null ? null : toSameUrl(url, given, same),
    nextUrl: answer.next === null ? null : toSameUrl(url, given, { ...same, after: String(answer.next) }),
    packUrl: toPackUrl(open, given),
    keep: {
      form: { action: open.savedUrl, token: open.audit.token },
      question: question.name,
      query: toSavedQuery(given),
      asOf,
      typed: open.audit.frame.texts.t(`question-${question.name}-title`),
    },
    downloads: { csv: toSameUrl(`${url}/file.csv`, given, same), jsonl: toSameUrl(`${url}/file.jsonl`, given, same) },
  };
}

async function toPage(needs: PageNeeds, page: AskedPage): Promise<QuestionPage> {
  const { question, open, given, register } = page;
  const parsed = await parseQuestion(needs, question, given);
  const isAsked = given.has('ask') || given.has('as_of');
  return {
    name: question.name,
    inCase: open.inCase,
    url: `${open.questionsUrl}/${question.name}`,
    listUrl: open.questionsUrl,
    fields: toFields(question, register, given),
    problems: parsed.ok || !isAsked ? [] : parsed.problems,
    result: parsed.ok && isAsked ? await toResult(needs, page, parsed.value) : null,
  };
}

export async function showQuestion(needs: PageNeeds, ctx: Context, name: string): Promise<void> {
  const open = await openQuestions(needs, ctx);
  if (open === undefined) {
    return;
  }
  const question = getQuestion(name);
  const register = await readRegister(needs.agencies, open.audit.language);
  const page = await toPage(needs, { question, open, given: readAsked(ctx), register });
  sendPage(ctx, renderQuestionPage(open.audit.frame, page), page.problems.length > 0 ? 400 : 200);
}
