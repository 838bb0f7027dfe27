// Reports, as the person writes and reads them and as the auditor answers them, with invented data.

import { renderAuditReportPage, renderAuditReportsPage } from '../../views/audit-reports.ts';
import { renderReportPage, renderReportsPage } from '../../views/reports.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { day, now } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const longest = 2000;

export function renderReportPages({ account, frame, words }: World): readonly SamplePage[] {
  const signOut = { action: '/staff/sign-out', token: 'sample-token' };
  const desk: StaffFrame = { ...frame, homeUrl: '/audit', officer: { name: words.fullName, role: 'auditor', signOut } };
  const given = { caseNumber: 'C-7K4Q-9M2T', category: 'not-me', openedAt: now - 2 * day, words: words.report } as const;
  const own = { ...given, serviceName: words.labour.serviceName, answer: null, closedAt: null, entryUrl: '/account/activity/1' };
  const row = { ...given, ...words.labour, url: '/audit/reports/C-7K4Q-9M2T' };
  const form = {
    id: '01900000-0000-7000-8000-000000000000',
    asker: words.labour,
    clientId: 'mol-work-permit',
    entryId: null,
    form: { action: '/account/reports', token: 'sample-token' },
    longest,
    backUrl: '/account/services/mol-work-permit',
  };
  const opened = { ...row, answer: null, closedAt: null, entryIndex: 4711, longest, lacksWords: false, listUrl: '/audit/reports' };
  const pages = { moreUrl: null, firstUrl: null };
  const answered = { ...own, caseNumber: 'C-0X3D-11HB', answer: words.answer, closedAt: now };
  return [
    { name: 'report', document: renderReportPage(account, { ...form, category: null, words: '', problem: null }) },
    { name: 'report-lacking', document: renderReportPage(account, { ...form, category: 'not-me', words: '', problem: 'words' }) },
    { name: 'reports', document: renderReportsPage(account, { ...pages, reports: [own, answered], isSent: true, accountUrl: '/account' }) },
    { name: 'reports-none', document: renderReportsPage(account, { ...pages, reports: [], isSent: false, accountUrl: '/account' }) },
    { name: 'audit-reports', document: renderAuditReportsPage(desk, { ...pages, reports: [row], isAnswered: true }) },
    {
      name: 'audit-report',
      document: renderAuditReportPage(desk, { ...opened, form: { action: '/audit/reports/C-7K4Q-9M2T', token: 'sample-token' } }),
    },
    {
      name: 'audit-report-answered',
      document: renderAuditReportPage(desk, { ...opened, answer: words.answer, closedAt: now, form: null }),
    },
  ];
}
