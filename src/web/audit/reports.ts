// The reports of people at the auditor's desk: case number, service, category, the words that were written to the auditors, the entry concerned by its
// index. No identity. Opening one is a look, and is in the log before anything is shown.

import type { Context } from 'koa';
import { z } from 'zod';
import { listMandated } from '../../domain/audit/mandate.ts';
import { recordLook } from '../../domain/audit/look.ts';
import { answerReport, longestWords, openWords, parseWords } from '../../domain/home/report.ts';
import type { Report } from '../../domain/home/report.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { renderAuditReportPage, renderAuditReportsPage } from '../../../views/audit-reports.ts';
import { createCursor, parsePlace, toListUrl } from '../account/cursor.ts';
import { findField } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getStaffForm } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';
import { toLookNeeds } from './look-needs.ts';
import { openAudit } from './open-audit.ts';

const url = '/audit/reports';
const pageSize = 20;
const placeSchema = z.object({ openedAt: z.int(), id: z.string() });

async function toRow(needs: PageNeeds, staff: Staff, report: Report) {
  const registered = await needs.agencies.findService(report.clientId);
  return {
    caseNumber: report.caseNumber,
    url: `${url}/${report.caseNumber}`,
    serviceName: registered?.service.name[staff.language] ?? report.clientId,
    agencyName: registered?.agency.name[staff.language] ?? '',
    category: report.category,
    openedAt: report.openedAt,
  };
}

export async function showAuditReports(needs: PageNeeds, ctx: Context): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const list = { personId: audit.officer.id, name: 'audit-reports' };
  const after = parsePlace(needs, ctx, { list, schema: placeSchema });
  const services = await listMandated(needs, audit.by);
  const { reports, next } = await needs.reports.readOpenReports({ after, limit: pageSize, services });
  const payload = { query: 'reports', case: null, returned: reports.length, form: 'page' };
  await recordLook(toLookNeeds(needs), audit.by, { type: 'record.searched', payload });
  const page = renderAuditReportsPage(audit.frame, {
    reports: await Promise.all(reports.map(async (report) => toRow(needs, audit, report))),
    isAnswered: ctx.query['answered'] === 'yes',
    moreUrl: next === null ? null : toListUrl(url, {}, createCursor(needs, list, next)),
    firstUrl: after === null ? null : url,
  });
  sendPage(ctx, page);
}

async function isMandated(needs: PageNeeds, { officer }: Staff, { clientId }: Report): Promise<boolean> {
  return officer.agencyId === null || (await needs.agencies.findService(clientId))?.agency.id === officer.agencyId;
}

async function getReport(needs: PageNeeds, staff: Staff, caseNumber: string): Promise<Report> {
  const report = await needs.reports.findReport(caseNumber);
  if (report === undefined) {
    throw new Fault('report/unknown', 'no report has this case number');
  }
  if (!(await isMandated(needs, staff, report))) {
    throw new Fault('audit/mandate', 'a report about another agency');
  }
  return report;
}

type Shown = { readonly staff: Staff; readonly report: Report; readonly lacksWords: boolean };

async function sendReport(needs: PageNeeds, ctx: Context, { staff, report, lacksWords }: Shown): Promise<void> {
  const entry = report.entryId === null ? undefined : await needs.ledger.findEntryByEventId(report.entryId);
  const page = renderAuditReportPage(staff.frame, {
    ...(await toRow(needs, staff, report)),
    words: openWords(needs, report, 'words'),
    answer: openWords(needs, report, 'answer'),
    closedAt: report.closedAt,
    entryIndex: entry?.index ?? null,
    form: report.closedAt === null ? { action: `${url}/${report.caseNumber}`, token: staff.token } : null,
    longest: longestWords,
    lacksWords,
    listUrl: url,
  });
  sendPage(ctx, page, lacksWords ? 400 : 200);
}

export async function showAuditReport(needs: PageNeeds, ctx: Context, caseNumber: string): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const report = await getReport(needs, audit, caseNumber);
  await recordLook(toLookNeeds(needs), audit.by, { type: 'record.viewed', payload: { case: report.caseNumber } });
  await sendReport(needs, ctx, { staff: audit, report, lacksWords: false });
}

export async function submitAuditAnswer(needs: PageNeeds, ctx: Context, caseNumber: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const report = await getReport(needs, staff, caseNumber);
  const words = parseWords(findField(form, 'answer') ?? '');
  if (words === undefined) {
    await sendReport(needs, ctx, { staff, report, lacksWords: true });
    return;
  }
  const answered = await answerReport(needs, report, { officerId: staff.officer.id, words });
  if (!answered.ok) {
    throw new Fault(answered.code, answered.detail);
  }
  redirectTo(ctx, `${url}?answered=yes`);
}
