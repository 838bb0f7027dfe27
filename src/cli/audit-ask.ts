// `huwiya audit questions` and `huwiya audit ask`: the saved questions at the command, with the definitions of the desk. The operator is the looker.

import type { Parts } from '../app.ts';
import { requireCaseByNumber } from '../domain/audit/require-case.ts';
import { askQuestion } from '../domain/audit/questions/ask-question.ts';
import type { Asked, AskNeeds, Reply } from '../domain/audit/questions/ask-question.ts';
import { findQuestion, questionCatalogue } from '../domain/audit/questions/catalogue.ts';
import type { Question } from '../domain/audit/questions/question.ts';
import type { Inside } from '../domain/audit/questions/sight.ts';
import { searchLimit } from '../domain/audit/search-entries.ts';
import { toVerifier } from '../domain/ledger/signed-note.ts';
import { createTexts } from '../../views/messages/messages.ts';
import { answerLines, toRowCells } from '../web/audit/questions/answer-lines.ts';
import { toInside } from '../web/audit/questions/question-frame.ts';
import { parseQuestion } from '../web/audit/questions/question-query.ts';
import { findWitnessing } from './audit-pack.ts';
import type { ExitCode } from './context.ts';
import { operator, toViewNeeds } from './look.ts';
import { createProgressBar, printFailure, printLine, printTable } from './print.ts';
import { reportThrown } from './report-thrown.ts';
import { sequenceLog, toLogSigner } from './sequence-log.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type AskOptions = {
  readonly name: string;
  /** `service=mol-work-permit`, each once. */
  readonly parameters: readonly string[];
  readonly case: string | undefined;
  readonly asOf: string | undefined;
  readonly format: 'table' | 'jsonl' | 'csv';
};

const texts = createTexts('en');

export async function runAuditQuestions(): Promise<ExitCode> {
  const rows = questionCatalogue.map(({ name, needsCase, parameters }) => [
    name,
    parameters.map((each) => (each.isRequired ? each.name : `[${each.name}]`)).join(' '),
    needsCase ? 'case' : '',
    texts.t(`question-${name}-title`),
  ]);
  printTable(standardOut, [['QUESTION', 'PARAMETERS', 'NEEDS', 'ASKS'], ...rows]);
  return 0;
}

function toGiven({ parameters, asOf }: AskOptions): URLSearchParams {
  const given = new URLSearchParams(asOf === undefined ? {} : { as_of: asOf });
  for (const each of parameters) {
    const end = each.indexOf('=');
    given.append(end < 0 ? each : each.slice(0, end), end < 0 ? '' : each.slice(end + 1));
  }
  given.set('limit', String(searchLimit));
  return given;
}

/** Facts are caught up by the question; what takes long shows how far it is. */
export function toAskNeeds(parts: Parts, draw: (done: number) => void): AskNeeds {
  const { config, storage } = parts;
  const projectFacts: AskNeeds['facts']['projectFacts'] = async (limit) => {
    const projected = await storage.facts.projectFacts(limit);
    draw(projected.size);
    return projected;
  };
  const witnessing = findWitnessing(parts, toVerifier(toLogSigner(parts)));
  const findWitnessed = witnessing && (async () => witnessing.findWitnessed(0));
  return { ...toViewNeeds(parts), ...storage, facts: { ...storage.facts, projectFacts }, findWitnessed, homeCountry: config.homeCountry };
}

/** Null where no case is named; undefined where there is none to look into, which was said already. */
export async function findInside(parts: Parts, number: string | undefined): Promise<Inside | null | undefined> {
  if (number === undefined) {
    return null;
  }
  const { storage, keys } = parts;
  const needs = { ...toViewNeeds(parts), cases: storage.cases, staff: storage.staff, dataKey: keys.data.encryption };
  const opened = await requireCaseByNumber(needs, number);
  if (!opened.ok) {
    printFailure(standardErr, 'the case', opened.code);
    return undefined;
  }
  return toInside({ cases: storage.cases, agencies: storage.agencies }, opened.value);
}

function printReply({ answer, checkpoint }: Reply): void {
  printLine(standardOut, `as of ${checkpoint?.size ?? 0}`);
  const figures = answer.figures.map(({ name, value, mustBeZero }) => {
    return [name, String(value ?? ''), mustBeZero && value !== 0 ? 'MUST BE ZERO' : ''];
  });
  printTable(standardOut, [...figures, ...answer.findings.map(({ name, holds }) => [name, holds ? 'holds' : 'DOES NOT HOLD', ''])]);
  for (const table of answer.tables) {
    printLine(standardOut, `\n${table.name}`);
    printTable(standardOut, [table.columns.map(({ name }) => name.toUpperCase()), ...table.rows.map((row) => toRowCells(table, row))]);
  }
}

async function ask(parts: Parts, question: Question, asked: AskOptions): Promise<ExitCode> {
  const parsed = await parseQuestion(parts.storage, question, toGiven(asked));
  if (!parsed.ok) {
    parsed.problems.forEach(({ field, problem }) =>
      printLine(standardErr, `${JSON.stringify(field.slice(0, 64))}: ${texts.t(`parameter-${problem}`)}`),
    );
    return 2;
  }
  const inside = await findInside(parts, asked.case);
  if (inside === undefined) {
    return 1;
  }
  const whole: Asked = { question, ...parsed.value, standing: { inside, services: null }, form: asked.format };
  const bar = createProgressBar(standardErr);
  const needs = toAskNeeds(parts, (done) => bar.draw({ label: 'facts', done, total: null }));
  const reply = await askQuestion(needs, operator, whole);
  bar.end();
  if (!reply.ok) {
    printFailure(standardErr, question.name, reply.code);
    return 1;
  }
  if (asked.format === 'table') {
    printReply(reply.value);
  } else {
    standardOut.write(answerLines[asked.format](reply.value));
  }
  return 0;
}

export async function runAuditAsk(parts: Parts, asked: AskOptions): Promise<ExitCode> {
  const question = findQuestion(asked.name);
  if (question === undefined) {
    printFailure(standardErr, JSON.stringify(asked.name.slice(0, 64)), 'audit/question-unknown');
    return 2;
  }
  const broken = await sequenceLog(parts);
  if (broken !== undefined) {
    reportThrown(broken, standardErr);
  }
  return ask(parts, question, asked);
}
