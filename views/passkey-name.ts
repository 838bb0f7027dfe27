// What a person calls one of their passkeys.

import { renderErrorSummary, renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Frame } from './models.ts';
import { renderBack } from './parts.ts';
import { renderPasskeyFacts } from './passkey-list.ts';
import type { PasskeyNamePage } from './passkey-model.ts';

function renderField({ texts: { t } }: Frame, { given, isWrong }: PasskeyNamePage): Html {
  return html`<div class="field">
    <label for="name">${t('passkey-name-label')}</label>
    <p class="hint" id="name-hint">${t('passkey-name-hint')}</p>
    ${isWrong && renderFieldError('name-error', t('passkey-name-wrong'))}
    <input
      class="input"
      id="name"
      name="name"
      type="text"
      dir="auto"
      autocomplete="off"
      maxlength="40"
      value="${given}"
      aria-invalid="${isWrong ? 'true' : 'false'}"
      aria-describedby="${isWrong ? 'name-hint name-error' : 'name-hint'}"
    />
  </div>`;
}

export function renderPasskeyNamePage(frame: Frame, page: PasskeyNamePage): string {
  const { texts } = frame;
  const { t } = texts;
  return renderLayout(frame, {
    title: t('passkey-name-title'),
    place: 'security',
    main: html`${renderBack(page.securityUrl, t('place-security'))}
      <div class="column stack">
        ${page.isWrong && renderErrorSummary(texts, { code: 'passkey/name-not-accepted', text: 'error-passkey-name', field: 'name' })}
        <div class="page-head">
          <h1>${t('passkey-name-title')}</h1>
          <p class="lead">${t('passkey-name-lead')}</p>
        </div>
        ${renderPasskeyFacts(frame, page.passkey)}
        <form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
          ${renderToken(page.form)} ${renderField(frame, page)}
          <div class="actions"><button class="button" type="submit" data-action="save-name">${t('name-save')}</button></div>
        </form>
        <p><a href="${safeUrl(page.securityUrl)}">${t('passkey-name-keep')}</a></p>
      </div>`,
  });
}
