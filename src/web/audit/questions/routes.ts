// The addresses of saved questions at the desk.

import type { Context } from 'koa';
import type { PageNeeds } from '../../needs.ts';
import { downloadProof, showEntry } from '../show-entry.ts';
import { downloadAnswerCsv, downloadAnswerLines } from './download-answer.ts';
import { showSaved, submitSaved, submitSavedRemoval } from './saved.ts';
import { showFactEntries } from './show-fact-entries.ts';
import { showQuestion } from './show-question.ts';
import { showQuestions } from './show-questions.ts';

type QuestionRoute = readonly [
  method: 'get' | 'post',
  path: string,
  answer: (needs: PageNeeds, ctx: Context, parameter: string) => Promise<void>,
  parameter?: string,
];

export const questionRoutes: readonly QuestionRoute[] = [
  ['get', '/audit/questions', showQuestions],
  ['get', '/audit/questions/entries', showFactEntries],
  ['get', '/audit/questions/:name', showQuestion, 'name'],
  ['get', '/audit/questions/:name/file.csv', downloadAnswerCsv, 'name'],
  ['get', '/audit/questions/:name/file.jsonl', downloadAnswerLines, 'name'],
  ['get', '/audit/saved', showSaved],
  ['post', '/audit/saved', submitSaved],
  ['post', '/audit/saved/:search/remove', submitSavedRemoval, 'search'],
  ['get', '/audit/cases/:case/saved', showSaved],
  ['post', '/audit/cases/:case/saved', submitSaved],
  ['post', '/audit/cases/:case/saved/:search/remove', submitSavedRemoval, 'search'],
  ['get', '/audit/cases/:case/questions', showQuestions],
  ['get', '/audit/cases/:case/entries', showFactEntries],
  ['get', '/audit/cases/:case/entries/:index', showEntry, 'index'],
  ['get', '/audit/cases/:case/entries/:index/proof.json', downloadProof, 'index'],
  ['get', '/audit/cases/:case/questions/:name', showQuestion, 'name'],
  ['get', '/audit/cases/:case/questions/:name/file.csv', downloadAnswerCsv, 'name'],
  ['get', '/audit/cases/:case/questions/:name/file.jsonl', downloadAnswerLines, 'name'],
];
