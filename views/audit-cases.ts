// The cases of an auditor.

import type { AuditCaseRow, AuditCasesPage } from './audit-case-model.ts';
import { renderCaseNumber, renderCaseState, renderScope } from './audit-case-parts.ts';
import { toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderListPages, toWay } from './list-pages.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function renderRow(frame: StaffFrame, row: AuditCaseRow): Html {
  const { t } = frame.texts;
  return html`<li class="row" data-case-row>
    <div>
      <h2 class="row-title"><a href="${safeUrl(row.url)}">${renderCaseNumber(row.number)}</a></h2>
      <p class="row-text">${t(`audit-case-basis-${row.basis}`)} · ${renderScope(frame, row)}</p>
    </div>
    <div class="row-end row-end-wrap">${renderCaseState(frame, row)}</div>
  </li>`;
}

export function renderAuditCasesPage(frame: StaffFrame, page: AuditCasesPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('audit-cases-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    main: html`<div class="page-head">
        <h1>${t('audit-cases-title')}</h1>
        <p class="lead">${t('audit-cases-lead')}</p>
      </div>
      <div class="column stack">
        <p class="actions"><a class="button" href="${safeUrl(page.newUrl)}" data-action="new-case">${t('audit-cases-new')}</a></p>
        ${
          page.cases.length === 0
            ? html`<p class="empty">${t('audit-cases-none')}</p>`
            : html`<ul class="rows">
                ${page.cases.map((row) => renderRow(frame, row))}
              </ul>`
        }
        ${renderListPages(frame, { first: toWay(page.firstUrl, t('list-first')), more: toWay(page.moreUrl, t('list-more')) })}
      </div>`,
  });
}
