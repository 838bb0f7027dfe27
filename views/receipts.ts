// The place "receipts": one row for each decision, newest first, page by page, each leading to its sheet and to its file.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import { renderListPages, toWay } from './list-pages.ts';
import type { Frame } from './models.ts';
import { renderReceiptLink } from './parts.ts';
import { renderReceiptState } from './receipt.ts';
import type { ReceiptRow, ReceiptsPage } from './receipt-model.ts';

function renderRow(frame: Frame, row: ReceiptRow): Html {
  return html`<li class="option">
    <div>
      <h2 class="row-title"><bdi>${row.purpose}</bdi> ${renderReceiptState(frame, row.kind)}</h2>
      <p class="row-text"><bdi>${row.serviceName}</bdi> · <bdi>${row.agencyName}</bdi></p>
      <p class="row-text">${frame.texts.t('receipts-of', { number: row.version })} · ${frame.dates.moment(row.link.issuedAt)}</p>
      <p class="event-links">${renderReceiptLink(frame.texts, row.link)}</p>
    </div>
  </li>`;
}

export function renderReceiptsPage(frame: Frame, page: ReceiptsPage): string {
  const { t } = frame.texts;
  const rows =
    page.receipts.length === 0
      ? html`<p class="empty">${t('receipts-none')}</p>`
      : html`<ul class="rows">
          ${page.receipts.map((row) => renderRow(frame, row))}
        </ul>`;
  return renderLayout(frame, {
    title: t('receipts-title'),
    place: 'receipts',
    main: html`<div class="page-head">
        <h1>${t('receipts-title')}</h1>
        <p class="lead">${t('receipts-lead')}</p>
      </div>
      <div class="column stack">
        ${rows}
        ${renderListPages(frame, { first: toWay(page.newestUrl, t('activity-newest')), more: toWay(page.olderUrl, t('activity-older')) })}
        <p class="event-links"><a href="${safeUrl(page.verifyUrl)}">${t('receipt-check')}</a></p>
      </div>`,
  });
}
