// Entries that a combination of filters finds: what every figure of an answer leads to, and a search of its own.

import { toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderKeep } from './keep-search.ts';
import { renderBack, renderMore } from './parts.ts';
import { renderField, renderQuestionProblems } from './question-form.ts';
import type { FactEntriesPage } from './question-model.ts';
import { renderAnswerTable } from './question.ts';
import { renderWayBack } from './questions.ts';
import { toRichText } from './rich-text.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function renderForm({ texts }: StaffFrame, page: FactEntriesPage): Html {
  const fields = page.fields.map((field) => renderField(texts, field, page.problems));
  const more = page.more.map((field) => renderField(texts, field, page.problems));
  return html`<form class="stack" method="get" action="${safeUrl(page.url)}">
    <div class="filters">${fields}</div>
    ${renderMore(texts.t('fact-entries-more'), html`<div class="filters">${more}</div>`)}
    <p class="actions"><button class="button" type="submit" data-action="search">${texts.t('entries-search')}</button></p>
  </form>`;
}

type Result = NonNullable<FactEntriesPage['result']>;

function renderResult(frame: StaffFrame, { head, found, table, firstUrl, keep, nextUrl }: Result): Html {
  const { texts } = frame;
  const { t } = texts;
  const count = t(found.isMore ? 'fact-entries-found-more' : 'fact-entries-found', { count: found.count });
  const asOf = toRichText(texts, 'entries-as-of', { values: { size: head?.size ?? 0 } });
  const link = (url: string | null, label: string): Html | false =>
    url !== null && html`<a class="button button-text" href="${safeUrl(url)}">${label}</a>`;
  return html`<div class="stack" data-as-of="${head?.size ?? 0}">
    <div class="section-head">
      <h2 id="result">${t('entries-result')}</h2>
      <p class="muted small" data-found="${found.count}">${count}${t('list-comma')}${asOf}</p>
    </div>
    ${renderAnswerTable(frame, table)}
    <div class="actions">${link(firstUrl, t('question-first'))} ${link(nextUrl, t('question-next'))}</div>
    ${frame.officer.role !== 'expert' && renderKeep(texts, keep)}
  </div>`;
}

export function renderFactEntriesPage(frame: StaffFrame, page: FactEntriesPage): string {
  const { texts } = frame;
  const { t } = texts;
  const isRefused = page.problems.length > 0;
  return renderStaffLayout(frame, {
    title: t('fact-entries-title'),
    nav: toAuditNav(texts, page.inCase === null ? 'questions' : 'cases'),
    main: html`${renderBack(page.listUrl, renderWayBack(frame, page.inCase))}
      ${isRefused && renderQuestionProblems(texts, { fields: [...page.fields, ...page.more], problems: page.problems })}
      <div class="page-head">
        <h1>${t('fact-entries-title')}</h1>
        <p class="lead">${t('fact-entries-lead')}</p>
        <p class="muted">${t('audit-logged')}</p>
      </div>
      <div class="stack-wide">
        <section class="stack" aria-labelledby="asked">
          <h2 id="asked">${t('entries-filters')}</h2>
          ${renderForm(frame, page)}
        </section>
        ${page.result !== null && renderResult(frame, page.result)}
      </div>`,
  });
}
