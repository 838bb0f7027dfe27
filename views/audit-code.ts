// At the counter: the code by which an auditor finds somebody within one case.

import type { Millis } from '../src/domain/kernel/clock.ts';
import { renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import type { FormTarget } from './models.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

type Field = 'number' | 'case' | 'present';

export type AuditCodePage = {
  readonly form: FormTarget;
  readonly typed: { readonly number: string; readonly case: string };
  readonly problems: readonly Field[];
  /** Null until a code was made. */
  readonly made: { readonly code: string; readonly expiresAt: Millis } | null;
  readonly counterUrl: string;
};

function renderText({ texts: { t } }: StaffFrame, page: AuditCodePage, name: 'number' | 'case'): Html {
  const isWrong = page.problems.includes(name);
  return html`<div class="field">
    <label for="${name}">${t(`audit-code-${name}`)}</label>
    <p class="hint" id="${name}-hint">${t(`audit-code-${name}-hint`)}</p>
    ${isWrong && renderFieldError(`${name}-error`, t(`audit-code-problem-${name}`))}
    <input
      class="input input-short"
      id="${name}"
      name="${name}"
      type="text"
      dir="ltr"
      autocomplete="off"
      spellcheck="false"
      maxlength="64"
      value="${page.typed[name]}"
      aria-invalid="${isWrong ? 'true' : 'false'}"
      aria-describedby="${isWrong ? `${name}-hint ${name}-error` : `${name}-hint`}"
    />
  </div>`;
}

function renderPresent({ texts: { t } }: StaffFrame, { problems }: AuditCodePage): Html {
  const isWrong = problems.includes('present');
  return html`<ul class="check-list">
    <li class="check">
      ${
        isWrong
          ? html`<input type="checkbox" id="present" name="present" value="yes" aria-invalid="true" aria-describedby="present-error" />`
          : html`<input type="checkbox" id="present" name="present" value="yes" />`
      }
      <label for="present">${t('audit-code-present')}</label>
      ${isWrong && renderFieldError('present-error', t('audit-code-problem-present'))}
    </li>
  </ul>`;
}

function renderSummary({ texts: { t } }: StaffFrame, { problems }: AuditCodePage): Html | false {
  return (
    problems.length > 0 &&
    html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="officer/nothing-chosen">
      <h2>${t('audit-code-problems')}</h2>
      <ul>
        ${problems.map((field) => html`<li><a href="#${field}">${t(`audit-code-problem-${field}`)}</a></li>`)}
      </ul>
    </div>`
  );
}

function renderMade({ texts: { t }, dates }: StaffFrame, { made, typed }: AuditCodePage): Html | false {
  return (
    made !== null &&
    html`<section class="sheet" aria-labelledby="made" role="status">
      <div class="sheet-part">
        <h2 id="made">${t('audit-code-made')}</h2>
        <p><bdi class="code code-long" dir="ltr" data-code>${made.code}</bdi></p>
        <dl class="facts">
          <div>
            <dt>${t('audit-code-case')}</dt>
            <dd><bdi class="code" dir="ltr">${typed.case}</bdi></dd>
          </div>
          <div>
            <dt>${t('sheet-until')}</dt>
            <dd>${dates.moment(made.expiresAt)}<br /><span class="small muted">${t('sheet-once')}</span></dd>
          </div>
        </dl>
        <p>${t('audit-code-made-text')}</p>
      </div>
    </section>`
  );
}

export function renderAuditCodePage(frame: StaffFrame, page: AuditCodePage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('audit-code-title'),
    main: html`${renderBack(page.counterUrl, t('counter-title'))}
      <div class="column stack-wide">
        ${renderSummary(frame, page)}
        <div class="stack">
          <h1>${t('audit-code-title')}</h1>
          <p class="lead">${t('audit-code-lead')}</p>
        </div>
        ${renderMade(frame, page)}
        <form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
          ${renderToken(page.form)} ${renderText(frame, page, 'number')} ${renderText(frame, page, 'case')} ${renderPresent(frame, page)}
          <p class="actions"><button class="button" type="submit" data-action="make">${t('audit-code-button')}</button></p>
        </form>
      </div>`,
  });
}
