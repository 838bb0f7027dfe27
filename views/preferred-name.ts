// The name a person likes to be called by, in each script.

import type { NamePage } from './details-model.ts';
import { renderErrorSummary, renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Frame } from './models.ts';
import { renderBack } from './parts.ts';

const scripts = [
  { code: 'ar', direction: 'rtl' },
  { code: 'en', direction: 'ltr' },
] as const;

type Script = (typeof scripts)[number];

function renderField(frame: Frame, page: NamePage, { code, direction }: Script): Html {
  const { texts } = frame;
  const isWrong = page.wrong.includes(code);
  const hint = `name-${code}-hint`;
  const error = `name-${code}-error`;
  return html`<div class="field">
    <label for="name-${code}">${texts.t(`name-${code}`)}</label>
    <p class="hint" id="${hint}">${texts.t(`name-${code}-hint`)}</p>
    ${isWrong && renderFieldError(error, texts.t(`name-${code}-wrong`))}
    <input
      class="input"
      id="name-${code}"
      name="name-${code}"
      type="text"
      lang="${code}"
      dir="${direction}"
      autocomplete="off"
      spellcheck="false"
      maxlength="60"
      value="${page.given[code]}"
      aria-invalid="${isWrong ? 'true' : 'false'}"
      aria-describedby="${isWrong ? `${hint} ${error}` : hint}"
    />
  </div>`;
}

export function renderNamePage(frame: Frame, page: NamePage): string {
  const { texts } = frame;
  const { t } = texts;
  const [first] = page.wrong;
  return renderLayout(frame, {
    title: t('name-title'),
    place: 'details',
    main: html`${renderBack(page.detailsUrl, t('place-details'))}
      <div class="column stack">
        ${first !== undefined && renderErrorSummary(texts, { code: 'name/not-accepted', text: 'error-name', field: `name-${first}` })}
        <div class="page-head">
          <h1>${t('name-title')}</h1>
          <p class="lead">${t('name-lead')}</p>
        </div>
        <form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
          ${renderToken(page.form)} ${scripts.map((script) => renderField(frame, page, script))}
          <p class="hint">${t('name-none')}</p>
          <div class="actions"><button class="button" type="submit" data-action="save-name">${t('name-save')}</button></div>
        </form>
        <p><a href="${safeUrl(page.detailsUrl)}">${t('contact-keep')}</a></p>
      </div>`,
  });
}
