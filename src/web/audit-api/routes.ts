// The addresses of the auditor's interface.

import type { Context } from 'koa';
import type { PageNeeds } from '../needs.ts';
import { askCaseExport, cancelCaseExport, fetchCaseExport, listCaseExports, showCaseExport } from './case-exports.ts';
import { listCases } from './list-cases.ts';
import { listOverdue } from './list-duties.ts';
import { listEntries } from './list-entries.ts';
import { listMatches } from './list-matches.ts';
import { serveOpenApi } from './openapi.ts';
import { apiPath, metadataPath, serveResourceMetadata } from './protected-resource.ts';
import { listQuestions, showAnswer } from './questions.ts';
import { showEntry } from './show-entry.ts';
import { listEventTypes, listServices, showCheckpoint } from './show-facts.ts';

type ApiRoute = readonly [
  method: 'get' | 'post',
  path: string,
  answer: (needs: PageNeeds, ctx: Context, parameter: string) => Promise<void>,
  parameter?: string,
];

export const auditApiRoutes: readonly ApiRoute[] = [
  ['get', `${apiPath}/entries`, listEntries],
  ['get', `${apiPath}/entries/:index`, showEntry, 'index'],
  ['get', `${apiPath}/questions`, listQuestions],
  ['get', `${apiPath}/questions/:name`, showAnswer, 'name'],
  ['get', `${apiPath}/matches`, listMatches],
  ['get', `${apiPath}/cases`, listCases],
  ['get', `${apiPath}/cases/:case/questions/:name`, showAnswer, 'name'],
  ['get', `${apiPath}/cases/:case/matches`, listMatches],
  ['get', `${apiPath}/cases/:case/exports`, listCaseExports],
  ['post', `${apiPath}/cases/:case/exports`, askCaseExport],
  ['get', `${apiPath}/cases/:case/exports/:export`, showCaseExport],
  ['get', `${apiPath}/cases/:case/exports/:export/file`, fetchCaseExport],
  ['post', `${apiPath}/cases/:case/exports/:export/cancel`, cancelCaseExport],
  ['get', `${apiPath}/checkpoint`, showCheckpoint],
  ['get', `${apiPath}/event-types`, listEventTypes],
  ['get', `${apiPath}/services`, listServices],
  ['get', `${apiPath}/duties`, listOverdue],
  ['get', `${apiPath}/openapi.json`, serveOpenApi],
  ['get', metadataPath, serveResourceMetadata],
];
