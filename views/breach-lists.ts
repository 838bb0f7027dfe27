// The lists of a case on a breach, and the form that asks for one.

import { renderCaseNumber } from './audit-case-parts.ts';
import { toAuditNav } from './audit-parts.ts';
import type { BreachField, BreachListsPage, BreachRow } from './breach-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import type { MessageKey } from './messages/messages.ts';
import { renderBack } from './parts.ts';
import { renderSelect } from './select.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import { renderLineField, renderMinutesField, renderReasonField } from './unmask-fields.ts';
import { renderUnmaskState } from './unmask-parts.ts';

const wrongs: Readonly<Record<BreachField, MessageKey>> = {
  service: 'breach-problem-service',
  from: 'breach-problem-from',
  to: 'breach-problem-to',
  reason: 'unmask-problem-reason',
  minutes: 'unmask-problem-minutes',
};

function renderRow({ texts, dates }: StaffFrame, row: BreachRow): Html {
  return html`<li class="row" data-breach-list>
    <div>
      <h3 class="row-title">
        <a href="${safeUrl(row.url)}"><bdi>${row.serviceName}</bdi></a>
      </h3>
      <p class="row-text">
        ${texts.t('breach-people-count', { count: row.people })} · <bdi>${row.requesterName}</bdi> · ${dates.moment(row.requestedAt)}
      </p>
    </div>
    <div class="row-end row-end-wrap">${renderUnmaskState(texts, row.state)}</div>
  </li>`;
}

function renderSummary({ texts: { t } }: StaffFrame, { problems }: BreachListsPage): Html | false {
  return (
    problems.length > 0 &&
    html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="request/invalid">
      <h2>${t('unmask-problems')}</h2>
      <ul>
        ${problems.map((field) => html`<li><a href="#${field}">${t(wrongs[field])}</a></li>`)}
      </ul>
    </div>`
  );
}

function renderForm(frame: StaffFrame, page: BreachListsPage): Html {
  const { t } = frame.texts;
  const choices = [{ value: '', label: t('breach-service-none') }, ...page.services];
  const wrong = page.problems.includes('service') ? t('breach-problem-service') : null;
  const service = { name: 'service', label: t('breach-service'), choices, chosen: page.typed.get('service') ?? '', wrong };
  const day = (name: 'from' | 'to'): Html =>
    renderLineField(page, { name, label: t(`breach-${name}`), type: 'date', hint: null, wrong: t(wrongs[name]) });
  return html`<form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
    ${renderToken(page.form)} ${renderSelect(service)} ${day('from')} ${day('to')} ${renderReasonField(frame, page)}
    ${renderMinutesField(frame, page, { label: t('breach-minutes'), minutes: page.minutes })}
    <p class="actions"><button class="button" type="submit" data-action="ask">${t('unmask-continue')}</button></p>
  </form>`;
}

export function renderBreachListsPage(frame: StaffFrame, page: BreachListsPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('breach-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    main: html`${renderBack(page.caseUrl, renderCaseNumber(page.number))}
      <div class="column stack-wide">
        ${renderSummary(frame, page)}
        <div class="stack">
          <h1>${t('breach-title')}</h1>
          <p class="lead">${t('breach-lead')}</p>
          <p>${t('breach-told')}</p>
        </div>
        <section class="stack" aria-labelledby="lists">
          <h2 id="lists">${t('breach-lists')}</h2>
          ${
            page.lists.length === 0
              ? html`<p class="empty">${t('breach-none')}</p>`
              : html`<ul class="rows">
                  ${page.lists.map((row) => renderRow(frame, row))}
                </ul>`
          }
        </section>
        <section class="stack" aria-labelledby="ask">
          <h2 id="ask">${t('breach-ask')}</h2>
          ${renderForm(frame, page)}
        </section>
      </div>`,
  });
}
