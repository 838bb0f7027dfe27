// Searches that were kept: what each asks, and its two ways back. Of the log as it stands, or as it stood when it was kept.

import { renderNumber, toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderKeepFields } from './keep-search.ts';
import { renderToken } from './layout.ts';
import { renderInCase } from './questions.ts';
import { toRichText } from './rich-text.ts';
import type { SavedPage, SavedRow } from './saved-searches-model.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function renderRefused({ texts }: StaffFrame, { keep, problem }: NonNullable<SavedPage['refused']>): Html {
  const { t } = texts;
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="audit/search-refused">
      <h2>${t('saved-refused')}</h2>
      <ul>
        <li><a href="#name">${t(`saved-problem-${problem}`)}</a></li>
      </ul>
    </div>
    <section class="stack" aria-labelledby="keep">
      <h2 id="keep">${t('saved-keep-title')}</h2>
      ${renderKeepFields(texts, keep, problem)}
    </section>`;
}

function renderFilters({ texts }: StaffFrame, { filters, question }: SavedRow): Html {
  const { t } = texts;
  const asked = question === null ? t('fact-entries-title') : t(`question-${question}-title`);
  const parts = filters.map(({ name, text }) => html`<li>${t(`asked-${name}`)}: <bdi>${text}</bdi></li>`);
  return html`<p class="row-text">${asked}</p>
    ${
      parts.length > 0 &&
      html`<ul class="plain-list small">
        ${parts}
      </ul>`
    }`;
}

function renderRow(frame: StaffFrame, row: SavedRow): Html {
  const { dates, texts } = frame;
  const size = renderNumber(row.asOf);
  const removal =
    row.removal !== null &&
    html`<form method="post" action="${safeUrl(row.removal.action)}">
      ${renderToken(row.removal)}
      <button class="button button-text" type="submit" data-action="remove" aria-label="${texts.t('saved-remove-one', { name: row.name })}">
        ${texts.t('saved-remove')}
      </button>
    </form>`;
  return html`<li class="row" data-saved>
    <div class="stack">
      <h2 class="row-title"><bdi>${row.name}</bdi></h2>
      ${renderFilters(frame, row)}
      <p class="small muted">
        ${toRichText(texts, 'saved-by', { slots: { name: html`<bdi>${row.by}</bdi>`, time: dates.moment(row.at) } })}
      </p>
      <div class="actions">
        <a class="button button-second" href="${safeUrl(row.askUrl)}" data-action="ask-now">${texts.t('saved-ask')}</a>
        <a class="button button-text" href="${safeUrl(row.asOfUrl)}" data-action="ask-as-of"
          ><span>${toRichText(texts, 'saved-ask-as-of', { slots: { size } })}</span></a
        >
        ${removal}
      </div>
    </div>
  </li>`;
}

export function renderSavedPage(frame: StaffFrame, page: SavedPage): string {
  const { t } = frame.texts;
  const rows =
    page.rows.length === 0
      ? html`<p class="empty">${t('saved-none')}</p>`
      : html`<ul class="rows">
          ${page.rows.map((row) => renderRow(frame, row))}
        </ul>`;
  return renderStaffLayout(frame, {
    title: t('saved-title'),
    nav: toAuditNav(frame.texts, page.inCase === null ? 'questions' : 'cases'),
    main: html`${renderInCase(frame, page.inCase)}
      <div class="column stack-wide">
        ${page.refused !== null && renderRefused(frame, page.refused)}
        <div class="page-head">
          <h1>${t('saved-title')}</h1>
          <p class="lead">${t(page.inCase === null ? 'saved-lead-own' : 'saved-lead-case')}</p>
          <p class="actions">
            <a href="${safeUrl(page.questionsUrl)}">${t('question-all')}</a>
            <a href="${safeUrl(page.entriesUrl)}">${t('fact-entries-title')}</a>
          </p>
        </div>
        ${rows}
      </div>`,
  });
}
