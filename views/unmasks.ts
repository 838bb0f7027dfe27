// The unmaskings of a case, and the form that asks for one.

import { renderCode, toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import { renderLineField, renderMinutesField, renderReasonField } from './unmask-fields.ts';
import { renderUnmaskState } from './unmask-parts.ts';
import type { UnmaskField, UnmaskRow, UnmasksPage } from './unmask-model.ts';
import { renderCaseNumber } from './audit-case-parts.ts';

function renderRow(frame: StaffFrame, row: UnmaskRow): Html {
  return html`<li class="row" data-unmask>
    <div>
      <h3 class="row-title"><a href="${safeUrl(row.url)}">${renderCode(row.pseudonym)}</a></h3>
      <p class="row-text"><bdi>${row.requesterName}</bdi> · ${frame.dates.moment(row.requestedAt)}</p>
    </div>
    <div class="row-end row-end-wrap">${renderUnmaskState(frame.texts, row.state)}</div>
  </li>`;
}

type TextField = {
  readonly name: Exclude<UnmaskField, 'reason' | 'minutes'>;
  readonly type: 'text' | 'date';
  readonly hint: string | null;
};

function renderText({ texts: { t } }: StaffFrame, page: UnmasksPage, field: TextField): Html {
  return renderLineField(page, { ...field, label: t(`unmask-${field.name}`), wrong: t(`unmask-problem-${field.name}`) });
}

function renderLater(frame: StaffFrame, page: UnmasksPage): Html {
  const { t } = frame.texts;
  return html`<fieldset>
    <legend><strong>${t('unmask-later')}</strong></legend>
    <div class="stack section-body">
      ${renderText(frame, page, { name: 'court', type: 'text', hint: t('unmask-court-hint') })}
      ${renderText(frame, page, { name: 'tell', type: 'date', hint: t('unmask-tell-hint') })}
    </div>
  </fieldset>`;
}

function renderForm(frame: StaffFrame, page: UnmasksPage): Html {
  const { t } = frame.texts;
  const minutes = { label: t('unmask-minutes'), minutes: page.minutes };
  return html`<form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
    ${renderToken(page.form)} ${renderText(frame, page, { name: 'pseudonym', type: 'text', hint: null })} ${renderReasonField(frame, page)}
    ${renderMinutesField(frame, page, minutes)} ${renderLater(frame, page)}
    <p class="actions"><button class="button" type="submit" data-action="ask">${t('unmask-continue')}</button></p>
  </form>`;
}

function renderSummary({ texts: { t } }: StaffFrame, { problems }: UnmasksPage): Html | false {
  return (
    problems.length > 0 &&
    html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="request/invalid">
      <h2>${t('unmask-problems')}</h2>
      <ul>
        ${problems.map((field) => html`<li><a href="#${field}">${t(`unmask-problem-${field}`)}</a></li>`)}
      </ul>
    </div>`
  );
}

export function renderUnmasksPage(frame: StaffFrame, page: UnmasksPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('unmask-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    main: html`${renderBack(page.caseUrl, renderCaseNumber(page.number))}
      <div class="column stack-wide">
        ${renderSummary(frame, page)}
        <div class="stack">
          <h1>${t('unmask-title')}</h1>
          <p class="lead">${t('unmask-lead')}</p>
        </div>
        <section class="stack" aria-labelledby="requests">
          <h2 id="requests">${t('unmask-list')}</h2>
          ${
            page.requests.length === 0
              ? html`<p class="empty">${t('unmask-none')}</p>`
              : html`<ul class="rows">
                  ${page.requests.map((row) => renderRow(frame, row))}
                </ul>`
          }
        </section>
        <section class="stack" aria-labelledby="ask">
          <h2 id="ask">${t('unmask-ask')}</h2>
          ${renderForm(frame, page)}
        </section>
      </div>`,
  });
}
