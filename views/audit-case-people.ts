// Who was found within a case, under the pseudonyms of the case; and the two ways of finding.

import type { CasePeoplePage } from './audit-case-model.ts';
import { renderCaseNumber } from './audit-case-parts.ts';
import { renderCode, toAuditNav } from './audit-parts.ts';
import { renderErrorSummary } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import { renderBack } from './parts.ts';
import { toRichText } from './rich-text.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

const errors = {
  'audit/receipt-refused': { code: 'audit/receipt-refused', text: 'error-audit-receipt', field: 'receipt' },
  'audit/code-unknown': { code: 'audit/code-unknown', text: 'error-audit-code', field: 'code' },
} as const;

function renderPerson({ texts: { t }, dates }: StaffFrame, person: CasePeoplePage['people'][number]): Html {
  return html`<li class="row" data-person>
    <div>
      <h2 class="row-title">${renderCode(person.pseudonym)}</h2>
      <p class="row-text">${t(`audit-people-way-${person.way}`)} · ${dates.moment(person.at)}</p>
    </div>
    <div class="row-end row-end-wrap">
      <a href="${safeUrl(person.sharedUrl)}" data-action="ask-shared">${t('audit-people-shared')}</a>
      <a href="${safeUrl(person.unmaskUrl)}" data-action="ask-unmask">${t('audit-people-unmask')}</a>
    </div>
  </li>`;
}

function renderCodeForm({ texts: { t } }: StaffFrame, { form }: CasePeoplePage): Html {
  return html`<form class="stack" method="post" action="${safeUrl(form.action)}">
    ${renderToken(form)}
    <div class="field">
      <label for="code">${t('audit-people-code')}</label>
      <p class="hint" id="code-hint">${t('audit-people-code-hint')}</p>
      <input
        class="input input-short"
        id="code"
        name="code"
        type="text"
        dir="ltr"
        required
        autocomplete="off"
        spellcheck="false"
        maxlength="60"
        aria-describedby="code-hint"
      />
    </div>
    <p class="actions">
      <button class="button button-second" type="submit" data-action="find-code">${t('audit-people-code-button')}</button>
    </p>
  </form>`;
}

function renderFind(frame: StaffFrame, page: CasePeoplePage): Html {
  const { t } = frame.texts;
  const { form } = page;
  return html`<section class="stack" aria-labelledby="find">
    <h2 id="find">${t('audit-people-find')}</h2>
    <p>${t('audit-people-find-lead')}</p>
    <form class="stack" method="post" action="${safeUrl(form.action)}">
      ${renderToken(form)}
      <div class="field">
        <label for="receipt">${t('audit-people-receipt')}</label>
        <p class="hint" id="receipt-hint">${t('audit-people-receipt-hint')}</p>
        <textarea
          class="input"
          id="receipt"
          name="receipt"
          rows="4"
          dir="ltr"
          required
          spellcheck="false"
          aria-describedby="receipt-hint"
        ></textarea>
      </div>
      <p class="actions">
        <button class="button" type="submit" data-action="find-receipt">${t('audit-people-receipt-button')}</button>
      </p>
    </form>
    ${renderCodeForm(frame, page)}
  </section>`;
}

function renderJustFound({ texts }: StaffFrame, { justFound }: CasePeoplePage): Html | false {
  return (
    justFound !== null &&
    html`<div class="notice notice-good" role="status">
      ${renderIcon('tick')}
      <div><p>${toRichText(texts, 'audit-people-just-found', { values: { pseudonym: justFound } })}</p></div>
    </div>`
  );
}

export function renderCasePeoplePage(frame: StaffFrame, page: CasePeoplePage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('audit-people-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    main: html`${renderBack(page.caseUrl, renderCaseNumber(page.number))}
      <div class="column stack-wide">
        ${page.error !== null && renderErrorSummary(frame.texts, errors[page.error])} ${renderJustFound(frame, page)}
        <div class="stack">
          <h1>${t('audit-people-title')}</h1>
          <p class="lead">${t('audit-people-lead')}</p>
        </div>
        ${
          page.people.length === 0
            ? html`<p class="empty">${t('audit-people-none')}</p>`
            : html`<ul class="rows">
                ${page.people.map((person) => renderPerson(frame, person))}
              </ul>`
        }
        ${renderFind(frame, page)}
      </div>`,
  });
}
