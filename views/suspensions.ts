// The suspensions of a case, and the form that proposes one or the end of one.

import { renderCaseNumber } from './audit-case-parts.ts';
import { toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import type { MessageKey } from './messages/messages.ts';
import { renderBack } from './parts.ts';
import { renderSelect } from './select.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { SuspensionField, SuspensionRow, SuspensionsPage } from './suspension-model.ts';
import { renderSuspensionState, toProposal } from './suspension-parts.ts';
import { renderReasonField } from './unmask-fields.ts';

const wrongs: Readonly<Record<SuspensionField, MessageKey>> = { subject: 'suspension-problem-subject', reason: 'unmask-problem-reason' };

function renderRow({ texts, dates }: StaffFrame, row: SuspensionRow): Html {
  return html`<li class="row" data-suspension>
    <div>
      <h3 class="row-title">
        <a href="${safeUrl(row.url)}"><bdi>${toProposal(texts, row)}</bdi></a>
      </h3>
      <p class="row-text"><bdi>${row.requesterName}</bdi> · ${dates.moment(row.requestedAt)}</p>
    </div>
    <div class="row-end row-end-wrap">${renderSuspensionState(texts, row.state)}</div>
  </li>`;
}

function renderSummary({ texts: { t } }: StaffFrame, { problems }: SuspensionsPage): Html | false {
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

function renderForm(frame: StaffFrame, page: SuspensionsPage): Html {
  const { t } = frame.texts;
  const choices = page.choices.map((choice) => ({ value: choice.value, label: toProposal(frame.texts, choice) }));
  const subject = {
    name: 'subject',
    label: t('suspension-subject'),
    choices: [{ value: '', label: t('suspension-subject-none') }, ...choices],
    chosen: page.typed.get('subject') ?? '',
    wrong: page.problems.includes('subject') ? t(wrongs.subject) : null,
  };
  return html`<form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
    ${renderToken(page.form)} ${renderSelect(subject)} ${renderReasonField(frame, page)}
    <p class="actions"><button class="button" type="submit" data-action="ask">${t('unmask-continue')}</button></p>
  </form>`;
}

export function renderSuspensionsPage(frame: StaffFrame, page: SuspensionsPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('suspension-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    main: html`${renderBack(page.caseUrl, renderCaseNumber(page.number))}
      <div class="column stack-wide">
        ${renderSummary(frame, page)}
        <div class="stack">
          <h1>${t('suspension-title')}</h1>
          <p class="lead">${t('suspension-lead')}</p>
          <p>${t('suspension-told')}</p>
        </div>
        <section class="stack" aria-labelledby="list">
          <h2 id="list">${t('suspension-list')}</h2>
          ${
            page.rows.length === 0
              ? html`<p class="empty">${t('suspension-none')}</p>`
              : html`<ul class="rows">
                  ${page.rows.map((row) => renderRow(frame, row))}
                </ul>`
          }
        </section>
        <section class="stack" aria-labelledby="ask">
          <h2 id="ask">${t('suspension-ask')}</h2>
          ${renderForm(frame, page)}
        </section>
      </div>`,
  });
}
