// Answers that services owe and whose day has passed. It names services and nobody else.

import { renderCell, renderCode, renderNamed, renderNumber, renderTableRegion, toAuditNav } from './audit-parts.ts';
import type { Named } from './audit-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

export type OverdueRow = {
  readonly service: Named;
  readonly agency: string;
  readonly purpose: Named;
  readonly kind: 'withdrawn' | 'narrowed' | 'revoked' | 'invalidated' | 'erasure-requested';
  readonly dueAt: number;
  readonly daysOver: number;
  readonly isTold: boolean;
};

export type AuditDutiesPage = { readonly rows: readonly OverdueRow[]; readonly moreUrl: string | null; readonly firstUrl: string | null };

const columns = ['service', 'purpose', 'kind', 'due', 'days', 'message'] as const;

function renderRow({ texts, dates }: StaffFrame, row: OverdueRow): Html {
  const service = html`${renderNamed(row.service)}<br /><span class="small muted"><bdi>${row.agency}</bdi></span>`;
  return html`<tr>
    ${renderCell(texts, 'overdue-service', service)} ${renderCell(texts, 'overdue-purpose', renderNamed(row.purpose))}
    ${renderCell(texts, 'overdue-kind', html`${texts.t(`overdue-kind-${row.kind}`)}`)}
    ${renderCell(texts, 'overdue-due', dates.shortDay(row.dueAt))} ${renderCell(texts, 'overdue-days', renderNumber(row.daysOver))}
    ${renderCell(texts, 'overdue-message', html`${texts.t(row.isTold ? 'overdue-told' : 'overdue-untold')}`)}
  </tr>`;
}

function renderTable(frame: StaffFrame, rows: readonly OverdueRow[]): Html {
  const { t } = frame.texts;
  return renderTableRegion(
    t('overdue-title'),
    columns.map((column) => t(`overdue-${column}`)),
    rows.map((row) => renderRow(frame, row)),
  );
}

export function renderAuditDutiesPage(frame: StaffFrame, { rows, moreUrl, firstUrl }: AuditDutiesPage): string {
  const { t } = frame.texts;
  const link = (url: string | null, label: string): Html | false =>
    url !== null && html`<a class="button button-text" href="${safeUrl(url)}">${label}</a>`;
  return renderStaffLayout(frame, {
    title: t('overdue-title'),
    nav: toAuditNav(frame.texts, 'duties'),
    main: html`<div class="page-head">
        <h1>${t('overdue-title')}</h1>
        <p class="lead">${t('overdue-lead')}</p>
      </div>
      ${rows.length === 0 ? html`<p>${t('overdue-none')}</p>` : renderTable(frame, rows)}
      <p class="actions">${link(firstUrl, t('overdue-first'))} ${link(moreUrl, t('overdue-more'))}</p>
      <p class="muted">${t('overdue-command')} ${renderCode('huwiya audit overdue')}</p>`,
  });
}
