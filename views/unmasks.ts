// The unmaskings of a case, and the form that asks for one.

import { renderCode, toAuditNav } from './audit-parts.ts';
import { renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import { renderBack } from './parts.ts';
import { renderRadios } from './select.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import { renderUnmaskState } from './unmask-parts.ts';
import type { UnmaskField, UnmaskRow, UnmasksPage } from './unmask-model.ts';

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

function toDescribed(name: string, hint: string | null, isWrong: boolean): string {
  return [...(hint === null ? [] : [`${name}-hint`]), ...(isWrong ? [`${name}-error`] : [])].join(' ');
}

function renderText(frame: StaffFrame, page: UnmasksPage, { name, type, hint }: TextField): Html {
  const { t } = frame.texts;
  const isWrong = page.problems.includes(name);
  return html`<div class="field">
    <label for="${name}">${t(`unmask-${name}`)}</label>
    ${hint !== null && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${isWrong && renderFieldError(`${name}-error`, t(`unmask-problem-${name}`))}
    <input
      class="input input-short"
      id="${name}"
      name="${name}"
      type="${type}"
      dir="ltr"
      autocomplete="off"
      spellcheck="false"
      maxlength="40"
      value="${page.typed.get(name) ?? ''}"
      aria-invalid="${isWrong ? 'true' : 'false'}"
      aria-describedby="${toDescribed(name, hint, isWrong)}"
    />
  </div>`;
}

function renderReason({ texts: { t } }: StaffFrame, page: UnmasksPage): Html {
  const isWrong = page.problems.includes('reason');
  return html`<div class="field">
    <label for="reason">${t('unmask-reason')}</label>
    <p class="hint" id="reason-hint">${t('unmask-reason-hint')}</p>
    ${isWrong && renderFieldError('reason-error', t('unmask-problem-reason'))}
    <textarea
      class="input"
      id="reason"
      name="reason"
      rows="3"
      maxlength="500"
      dir="auto"
      aria-invalid="${isWrong ? 'true' : 'false'}"
      aria-describedby="${toDescribed('reason', '', isWrong)}"
    >
${page.typed.get('reason') ?? ''}</textarea>
  </div>`;
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
  const times = page.minutes.map((minutes) => ({ value: String(minutes), label: t(`unmask-minutes-${minutes}`) }));
  const wrong = page.problems.includes('minutes') ? t('unmask-problem-minutes') : null;
  const minutes = { name: 'minutes', label: t('unmask-minutes'), choices: times, chosen: page.typed.get('minutes') ?? '', wrong };
  return html`<form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
    ${renderToken(page.form)} ${renderText(frame, page, { name: 'pseudonym', type: 'text', hint: null })} ${renderReason(frame, page)}
    ${renderRadios(minutes)} ${renderLater(frame, page)}
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
    main: html`${renderBack(page.caseUrl, page.number)}
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
