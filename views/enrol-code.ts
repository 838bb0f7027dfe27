// Where an enrolment code is typed. The page is the same for everybody, and again the same for every code that opens nothing.

import { renderErrorSummary } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { FormTarget, Frame } from './models.ts';
import { renderMore } from './parts.ts';

/** `typed`: what comes back with the form, to whoever sent it. */
export type EnrolCodePage = { readonly form: FormTarget; readonly error: 'enrolment/invalid-link' | null; readonly typed: string };

function renderField({ texts: { t } }: Frame, { error, typed }: EnrolCodePage): Html {
  return html`<div class="field">
    <label for="code">${t('enrol-code-label')}</label>
    <p class="hint" id="code-hint">${t('enrol-code-hint')}</p>
    <input
      class="input"
      id="code"
      name="code"
      type="text"
      dir="ltr"
      autocomplete="one-time-code"
      autocapitalize="characters"
      spellcheck="false"
      required
      maxlength="64"
      value="${typed}"
      aria-invalid="${error === null ? 'false' : 'true'}"
      aria-describedby="code-hint"
    />
  </div>`;
}

export function renderEnrolCodePage(frame: Frame, page: EnrolCodePage): string {
  const { form, error } = page;
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('enrol-code-title'),
    main: html`<div class="column stack">
      ${error !== null && renderErrorSummary(frame.texts, { code: error, text: 'error-enrolment-link', field: 'code' })}
      <div class="page-head">
        <p class="asker">${t('enrol-asker')}</p>
        <h1>${t('enrol-code-title')}</h1>
        <p class="lead">${t('enrol-code-lead')}</p>
      </div>
      <form class="stack" method="post" action="${safeUrl(form.action)}" novalidate>
        ${renderToken(form)} ${renderField(frame, page)}
        <div class="actions"><button class="button" type="submit" data-action="enrol">${t('enrol-code-go')}</button></div>
      </form>
      ${renderMore(t('enrol-code-none'), html`<p>${t('enrol-code-none-text')}</p>`)}
    </div>`,
  });
}
