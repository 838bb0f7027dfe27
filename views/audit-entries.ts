// Searching the log: filters, what was wrong with them, and the table of entries. That the search is itself logged stays in sight.

import { filterFields } from './audit-model.ts';
import type { AuditEntriesPage, AuditResult, EntryRow } from './audit-model.ts';
import { renderFilters } from './audit-filters.ts';
import { renderCell, renderCode, renderExact, renderNumber, renderTableRegion, toAuditNav } from './audit-parts.ts';
import { renderEvent } from './event-look.ts';
import { html, safeUrl } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { toRichText } from './rich-text.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function renderProblems({ texts }: StaffFrame, { problems }: AuditEntriesPage): Html {
  const { t } = texts;
  const items = problems.map(({ field, problem }) => {
    const known = filterFields.find((name) => name === field);
    const text = toRichText(texts, `problem-${problem}`);
    return known === undefined
      ? html`<li>${renderCode(field)}: ${text}</li>`
      : html`<li><a href="#${known}">${t(`entries-${known}`)}: ${text}</a></li>`;
  });
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="audit/filter-unknown">
    <h2>${t('entries-problems')}</h2>
    <p>${t('entries-problems-text')}</p>
    <ul>
      ${items}
    </ul>
  </div>`;
}

/** The words, and under them what programs call it. */
function renderStacked(name: string, ...more: readonly HtmlValue[]): Html {
  return html`<bdi>${name}</bdi><br /><span class="small muted">${more}</span>`;
}

function renderRow(frame: StaffFrame, row: EntryRow): Html {
  const { texts } = frame;
  const { service, purpose } = row;
  const details = row.details.map((detail, at) => html`${at > 0 && texts.t('list-comma')}<bdi title="${detail.code}">${detail.name}</bdi>`);
  return html`<tr data-entry="${row.index}">
    ${renderCell(texts, 'entries-time', renderExact(frame, row.at))}
    ${renderCell(texts, 'entries-type', html`${renderEvent(texts, row.type)}<br /><span class="small muted">${renderCode(row.type)}</span>`)}
    ${renderCell(
      texts,
      'entries-service',
      service !== null && renderStacked(service.name, html`<bdi>${service.agencyName}</bdi>`, ' · ', renderCode(service.code)),
    )}
    ${renderCell(texts, 'entries-purpose', purpose !== null && renderStacked(purpose.name, renderCode(purpose.code)))}
    ${renderCell(texts, 'entries-details', details.length > 0 && html`<span class="wide">${details}</span>`)}
    ${renderCell(texts, 'entries-entry', html`<a href="${safeUrl(row.url)}">${renderNumber(row.index)}</a>`)}
  </tr>`;
}

const columns = ['entries-time', 'entries-type', 'entries-service', 'entries-purpose', 'entries-details', 'entries-entry'] as const;

function renderTable(frame: StaffFrame, rows: readonly EntryRow[]): Html {
  const { t } = frame.texts;
  const table = renderTableRegion(
    t('entries-table'),
    columns.map((column) => t(column)),
    rows.map((row) => renderRow(frame, row)),
  );
  return html`<p class="table-hint">${t('entries-table-hint')}</p>
    ${table}`;
}

function renderPages({ texts }: StaffFrame, { newerUrl, olderUrl }: AuditResult): Html | false {
  const link = (url: string | null, label: string): Html | false =>
    url !== null && html`<a class="button button-text" href="${safeUrl(url)}">${label}</a>`;
  return (
    (newerUrl !== null || olderUrl !== null) &&
    html`<nav class="actions" aria-label="${texts.t('entries-pages')}">
      ${link(newerUrl, texts.t('entries-newer'))} ${link(olderUrl, texts.t('entries-older'))}
    </nav>`
  );
}

function renderDownloads({ texts }: StaffFrame, { downloads }: AuditResult): Html {
  const { t } = texts;
  return html`<div class="actions">
    <a class="button button-second" href="${safeUrl(downloads.csv)}" data-action="download-csv">${t('entries-csv')}</a>
    <a class="button button-second" href="${safeUrl(downloads.jsonl)}" data-action="download-jsonl">${t('entries-jsonl')}</a>
  </div>`;
}

function renderFound(frame: StaffFrame, result: AuditResult): Html {
  const { texts } = frame;
  const { count, isMore } = result.found;
  const found = texts.t(isMore ? 'entries-found-more' : 'entries-found', { shown: result.rows.length, found: count });
  const order = texts.t(result.order === 'newest-first' ? 'entries-newest-first' : 'entries-oldest-first');
  const comma = texts.t('list-comma');
  const asOf = toRichText(texts, 'entries-as-of', { values: { size: result.size } });
  return html`<p class="muted small" data-found="${count}">${found}${comma}${order}${comma}${asOf}</p>`;
}

function renderResult(frame: StaffFrame, result: AuditResult): Html {
  const { texts } = frame;
  const limit = texts.t('entries-download-limit', { limit: result.downloads.limit });
  const content =
    result.rows.length === 0
      ? html`<p class="empty">${texts.t('entries-none')}</p>`
      : html`${renderTable(frame, result.rows)}
          <div class="pages">${renderDownloads(frame, result)} ${renderPages(frame, result)}</div>
          <p class="small muted">${limit}</p>`;
  return html`<section class="stack" aria-labelledby="results">
    <div class="section-head">
      <h2 id="results">${texts.t('entries-result')}</h2>
      ${result.rows.length > 0 && renderFound(frame, result)}
    </div>
    ${content}
  </section>`;
}

/** `types` are all types of event, in the order of the catalogue. */
export function renderAuditEntriesPage(frame: StaffFrame, page: AuditEntriesPage, types: readonly string[]): string {
  const { texts } = frame;
  const { t } = texts;
  const isRefused = page.problems.length > 0;
  return renderStaffLayout(frame, {
    title: t('entries-title'),
    nav: toAuditNav(texts, 'entries'),
    main: html`${isRefused && renderProblems(frame, page)}
      <div class="page-head">
        <h1>${t('entries-title')}</h1>
        <p class="muted">${t('audit-logged')}</p>
      </div>
      <div class="stack-wide">
        <section class="stack" aria-labelledby="filters">
          <h2 id="filters">${t('entries-filters')}</h2>
          ${renderFilters({ texts, types, page })}
        </section>
        ${page.result !== null && renderResult(frame, page.result)}
        ${page.result === null && !isRefused && html`<p class="empty">${t('entries-nothing-yet')}</p>`}
      </div>`,
  });
}
