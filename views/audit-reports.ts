// Reports of people at the auditor's desk: what waits for an answer, and one of them with the form for it. Never who wrote it.

import { renderFacts, renderNumber, toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import { renderListPages, toWay } from './list-pages.ts';
import { renderBack } from './parts.ts';
import type { AuditReportPage, AuditReportsPage, ReportRow } from './report-model.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function renderRow({ texts: { t }, dates }: StaffFrame, row: ReportRow): Html {
  return html`<li class="row">
    <div>
      <h2 class="row-title">
        <a href="${safeUrl(row.url)}"><bdi class="code" dir="ltr">${row.caseNumber}</bdi></a>
      </h2>
      <p class="row-text"><bdi>${row.serviceName}</bdi> · <bdi>${row.agencyName}</bdi></p>
      <p class="row-text">${t(`report-category-${row.category}`)} · ${dates.moment(row.openedAt)}</p>
    </div>
    <span class="row-end">${renderIcon('forward')}</span>
  </li>`;
}

export function renderAuditReportsPage(frame: StaffFrame, page: AuditReportsPage): string {
  const { t } = frame.texts;
  const answered =
    page.isAnswered &&
    html`<div class="notice notice-good" role="status">
      ${renderIcon('tick')}
      <div><p>${t('audit-report-answered')}</p></div>
    </div>`;
  return renderStaffLayout(frame, {
    title: t('audit-reports-title'),
    nav: toAuditNav(frame.texts, 'reports'),
    main: html`<div class="page-head">
        <h1>${t('audit-reports-title')}</h1>
        <p class="lead">${t('audit-reports-lead')}</p>
      </div>
      <div class="column stack">
        ${answered}
        ${
          page.reports.length === 0
            ? html`<p class="empty">${t('audit-reports-none')}</p>`
            : html`<ul class="rows">
                ${page.reports.map((row) => renderRow(frame, row))}
              </ul>`
        }
        ${renderListPages(frame, { first: toWay(page.firstUrl, t('list-first')), more: toWay(page.moreUrl, t('list-more')) })}
      </div>`,
  });
}

function renderAnswer({ texts: { t }, dates }: StaffFrame, page: AuditReportPage): Html {
  if (page.form === null) {
    return html`<h2>${t('report-answer')}</h2>
      <p class="muted">${page.closedAt !== null && dates.moment(page.closedAt)}</p>
      <p class="report-words" dir="auto">${page.answer ?? t('audit-report-gone')}</p>`;
  }
  return html`<form class="stack" method="post" action="${safeUrl(page.form.action)}">
    ${renderToken(page.form)}
    <div class="field">
      <label for="answer">${t('audit-report-answer')}</label>
      <p class="hint" id="answer-hint">${t('audit-report-answer-hint')}</p>
      ${page.lacksWords && html`<p class="field-error" id="answer-error"><span>${t('audit-report-answer-missing')}</span></p>`}
      <textarea
        class="input"
        id="answer"
        name="answer"
        rows="6"
        maxlength="${page.longest}"
        required
        dir="auto"
        aria-describedby="answer-hint"
      ></textarea>
    </div>
    <p class="actions"><button class="button" type="submit" data-action="answer">${t('audit-report-send')}</button></p>
  </form>`;
}

export function renderAuditReportPage(frame: StaffFrame, page: AuditReportPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const entry =
    page.entryIndex === null
      ? html`${t('audit-report-no-entry')}`
      : html`<a href="${safeUrl(`/audit/entries/${page.entryIndex}`)}">${renderNumber(page.entryIndex)}</a>`;
  return renderStaffLayout(frame, {
    title: page.caseNumber,
    nav: toAuditNav(texts, 'reports'),
    main: html`${renderBack(page.listUrl, t('audit-reports-title'))}
      <div class="column stack">
        <h1><bdi class="code" dir="ltr">${page.caseNumber}</bdi></h1>
        ${renderFacts([
          [t('receipt-agency'), html`<bdi>${page.serviceName}</bdi> · <bdi>${page.agencyName}</bdi>`],
          [t('report-category'), html`${t(`report-category-${page.category}`)}`],
          [t('entry-when'), dates.moment(page.openedAt)],
          [t('report-entry'), entry],
        ])}
        <h2>${t('audit-report-words')}</h2>
        <p class="report-words" dir="auto">${page.words ?? t('audit-report-gone')}</p>
        ${renderAnswer(frame, page)}
      </div>`,
  });
}
