// The addresses of the auditor's desk.

import type { Context } from 'koa';
import type { PageNeeds } from '../needs.ts';
import { fetchBreachFile, showBreachList, submitBreachDecision } from './breach/show-list.ts';
import { showBreachLists, submitBreachList } from './breach/show-lists.ts';
import { showAuditCase, submitCaseClose, submitCaseMember } from './cases/case-home.ts';
import { showCasePeople, submitCasePerson } from './cases/people.ts';
import { showUnmasks, submitUnmask } from './cases/unmask.ts';
import { showUnmasking, submitUnmaskDecision, submitUnmaskShow } from './cases/unmasking.ts';
import { showNewCase, submitNewCase } from './cases/new-case.ts';
import { showAuditCases } from './cases/show-cases.ts';
import { showSuspension, submitSuspensionDecision } from './suspensions/show-suspension.ts';
import { showSuspensions, submitSuspension } from './suspensions/show-suspensions.ts';
import { questionRoutes } from './questions/routes.ts';
import { downloadCsv, downloadJsonLines } from './download-entries.ts';
import { showAnomalies } from './anomalies/show-anomalies.ts';
import { fetchExportFile, showExport, showProgress, submitApproval, submitCancelling, submitDenial } from './exports/show-export.ts';
import { showExports, submitExport } from './exports/show-exports.ts';
import { showAuditReport, showAuditReports, submitAuditAnswer } from './reports.ts';
import { showAudit } from './show-audit.ts';
import { showDuties } from './show-duties.ts';
import { showEntries } from './show-entries.ts';
import { downloadProof, openEntry, showEntry } from './show-entry.ts';
import { serveConsistency, showLog } from './show-log.ts';

type AuditRoute = readonly [
  method: 'get' | 'post',
  path: string,
  answer: (needs: PageNeeds, ctx: Context, parameter: string) => Promise<void>,
  parameter?: string,
];

export const auditRoutes: readonly AuditRoute[] = [
  ['get', '/audit', showAudit],
  ['get', '/audit/open', openEntry],
  ['get', '/audit/cases', showAuditCases],
  ['post', '/audit/cases', submitNewCase],
  ['get', '/audit/cases/new', showNewCase],
  ['get', '/audit/cases/:case', showAuditCase, 'case'],
  ['get', '/audit/cases/:case/people', showCasePeople, 'case'],
  ['post', '/audit/cases/:case/people', submitCasePerson, 'case'],
  ['get', '/audit/cases/:case/unmask', showUnmasks, 'case'],
  ['post', '/audit/cases/:case/unmask', submitUnmask, 'case'],
  ['get', '/audit/cases/:case/unmask/:unmask', showUnmasking, 'unmask'],
  ['post', '/audit/cases/:case/unmask/:unmask', submitUnmaskDecision, 'unmask'],
  ['post', '/audit/cases/:case/unmask/:unmask/show', submitUnmaskShow, 'unmask'],
  ['get', '/audit/cases/:case/breach', showBreachLists, 'case'],
  ['post', '/audit/cases/:case/breach', submitBreachList, 'case'],
  ['get', '/audit/cases/:case/breach/:list', showBreachList, 'list'],
  ['post', '/audit/cases/:case/breach/:list', submitBreachDecision, 'list'],
  ['post', '/audit/cases/:case/breach/:list/file', fetchBreachFile],
  ['get', '/audit/cases/:case/suspensions', showSuspensions, 'case'],
  ['post', '/audit/cases/:case/suspensions', submitSuspension, 'case'],
  ['get', '/audit/cases/:case/suspensions/:suspension', showSuspension, 'suspension'],
  ['post', '/audit/cases/:case/suspensions/:suspension', submitSuspensionDecision, 'suspension'],
  ['post', '/audit/cases/:case/members', submitCaseMember, 'case'],
  ['post', '/audit/cases/:case/close', submitCaseClose, 'case'],
  ...questionRoutes,
  ['get', '/audit/cases/:case/exports', showExports, 'case'],
  ['post', '/audit/cases/:case/exports', submitExport, 'case'],
  ['get', '/audit/cases/:case/exports/:export', showExport],
  ['get', '/audit/cases/:case/exports/:export/progress', showProgress],
  ['post', '/audit/cases/:case/exports/:export/approve', submitApproval],
  ['post', '/audit/cases/:case/exports/:export/deny', submitDenial],
  ['post', '/audit/cases/:case/exports/:export/cancel', submitCancelling],
  ['post', '/audit/cases/:case/exports/:export/file', fetchExportFile],
  ['get', '/audit/entries', showEntries],
  ['get', '/audit/entries.csv', downloadCsv],
  ['get', '/audit/entries.jsonl', downloadJsonLines],
  ['get', '/audit/entries/:index', showEntry, 'index'],
  ['get', '/audit/entries/:index/proof.json', downloadProof, 'index'],
  ['get', '/audit/anomalies', showAnomalies],
  ['get', '/audit/reports', showAuditReports],
  ['get', '/audit/reports/:case', showAuditReport, 'case'],
  ['post', '/audit/reports/:case', submitAuditAnswer, 'case'],
  ['get', '/audit/duties', showDuties],
  ['get', '/audit/log', showLog],
  ['get', '/audit/log/consistency', serveConsistency],
];
