// Coming back after the passkey is lost: one question a page, from "do you have another?" to the code. Nothing here depends on who is asking.

import { toDaysText } from './durations.ts';
import { toErrorWords } from './error.ts';
import { renderErrorSummary, renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { ErrorText, Frame } from './models.ts';
import { renderBack, renderMore } from './parts.ts';
import type {
  RecoverPage,
  RecoveryCodeError,
  RecoveryCodePage,
  RecoveryCounterPage,
  RecoveryNumberPage,
  RecoveryWaysPage,
} from './recovery-model.ts';

export function renderRecoverPage(frame: Frame, page: RecoverPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('recover-title'),
    main: html`<div class="column stack">
      <div class="page-head">
        <h1>${t('recover-title')}</h1>
        <p class="lead">${t('recover-lead')}</p>
      </div>
      <h2>${t('recover-other')}</h2>
      <p>${t('recover-other-text')}</p>
      <p class="actions"><a class="button" href="${safeUrl(page.signInUrl)}" data-action="sign-in">${t('recover-other-yes')}</a></p>
      <p class="hint">${t('recover-other-then')}</p>
      <p class="actions">
        <a class="button button-second" href="${safeUrl(page.waysUrl)}" data-action="no-passkey">${t('recover-other-no')}</a>
      </p>
    </div>`,
  });
}

function renderWaiting({ texts }: Frame, { waitHours, waitingUrl }: RecoveryWaysPage): Html | null {
  const { t } = texts;
  return waitingUrl === null
    ? null
    : html`<section class="stack" aria-labelledby="waiting">
        <h2 id="waiting">${t('recover-by-waiting', { duration: toDaysText(texts, waitHours) })}</h2>
        <p>${t('recover-by-waiting-text')}</p>
        <p class="hint">${t('recover-by-waiting-level')}</p>
        <p class="hint">${t('recover-by-waiting-frozen')}</p>
        <p class="hint">${t('recover-by-waiting-none')}</p>
        <p class="actions">
          <a class="button button-second" href="${safeUrl(waitingUrl)}" data-action="by-waiting">${t('recover-by-waiting-go')}</a>
        </p>
      </section>`;
}

function renderCounter({ texts: { t } }: Frame, { counterUrl }: RecoveryWaysPage): Html {
  return counterUrl === null
    ? html`<section class="stack" aria-labelledby="counter" data-counter-closed>
        <h2 id="counter">${t('recover-by-counter-closed')}</h2>
        <p>${t('recover-counter-closed')}</p>
      </section>`
    : html`<section class="stack" aria-labelledby="counter">
        <h2 id="counter">${t('recover-by-counter')}</h2>
        <p>${t('recover-by-counter-text')}</p>
        <p class="actions">
          <a class="button button-second" href="${safeUrl(counterUrl)}" data-action="by-counter">${t('recover-by-counter-go')}</a>
        </p>
      </section>`;
}

export function renderRecoveryWaysPage(frame: Frame, page: RecoveryWaysPage): string {
  const { t } = frame.texts;
  const title = t(page.waitingUrl === null || page.counterUrl === null ? 'recover-way-title' : 'recover-ways-title');
  return renderLayout(frame, {
    title,
    main: html`${renderBack(page.backUrl, t('recover-back'))}
      <div class="column stack-wide">
        <div class="page-head">
          <h1>${title}</h1>
          <p class="lead">${t('recover-ways-lead')}</p>
        </div>
        ${
          page.counterUrl === null
            ? html`${renderWaiting(frame, page)} ${renderCounter(frame, page)}`
            : html`${renderCounter(frame, page)} ${renderWaiting(frame, page)}`
        }
      </div>`,
  });
}

function renderCounterSteps({ texts: { t } }: Frame): Html {
  return html`<h2>${t('recover-counter-bring')}</h2>
    <ul class="plain-list">
      <li>${t('recover-counter-bring-1')}</li>
      <li>${t('recover-counter-bring-2')}</li>
    </ul>
    <h2>${t('recover-counter-steps')}</h2>
    <ol class="plain-list">
      <li>${t('recover-counter-step-1')}</li>
      <li>${t('recover-counter-step-2')}</li>
      <li>${t('recover-counter-step-3')}</li>
    </ol>`;
}

export function renderRecoveryCounterPage(frame: Frame, page: RecoveryCounterPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('recover-counter-title'),
    main: html`${renderBack(page.backUrl, t('recover-back-ways'))}
      <div class="column stack">
        <div class="page-head">
          <h1>${t('recover-counter-title')}</h1>
          <p class="lead">${t(page.isOpen ? 'recover-counter-lead' : 'recover-counter-closed')}</p>
        </div>
        ${page.isOpen && renderCounterSteps(frame)}
        <p class="actions">
          <a class="button button-second" href="${safeUrl(page.codeUrl)}" data-action="have-code">${t('recover-counter-code')}</a>
        </p>
      </div>`,
  });
}

export function renderRecoveryNumberPage(frame: Frame, page: RecoveryNumberPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('recover-number-title'),
    main: html`${renderBack(page.backUrl, t('recover-back-ways'))}
      <div class="column stack">
        <div class="page-head">
          <h1>${t('recover-number-title')}</h1>
          <p class="lead">${t('recover-number-lead')}</p>
        </div>
        <form class="stack" method="post" action="${safeUrl(page.form.action)}">
          ${renderToken(page.form)}
          <div class="field">
            <label for="number">${t('recover-number')}</label>
            <p class="hint" id="number-hint">${t('recover-number-hint')}</p>
            <input
              class="input input-short"
              id="number"
              name="number"
              type="text"
              inputmode="numeric"
              dir="ltr"
              autocomplete="off"
              spellcheck="false"
              required
              maxlength="64"
              aria-describedby="number-hint"
            />
          </div>
          <div class="actions"><button class="button" type="submit" data-action="send-code">${t('recover-number-send')}</button></div>
          <p class="hint">${t('recover-number-same')}</p>
        </form>
      </div>`,
  });
}

const errorTexts: Readonly<Record<RecoveryCodeError, ErrorText>> = {
  'recovery/code-wrong': 'error-recovery-code',
  'recovery/over': 'error-recovery-over',
  'recovery/counter-only': 'error-recovery-counter-only',
};

function renderCodeField({ texts }: Frame, { error, typed }: RecoveryCodePage): Html {
  const isWrong = error === 'recovery/code-wrong';
  return html`<div class="field">
    <label for="code">${texts.t('recover-code')}</label>
    <p class="hint" id="code-hint">${texts.t('recover-code-hint')}</p>
    ${isWrong ? renderFieldError('field-error', toErrorWords(texts, errorTexts[error]).title) : null}
    <input
      class="input code"
      id="code"
      name="code"
      type="text"
      dir="ltr"
      autocomplete="one-time-code"
      autocapitalize="characters"
      spellcheck="false"
      required
      maxlength="60"
      value="${typed}"
      aria-invalid="${isWrong ? 'true' : 'false'}"
      aria-describedby="${isWrong ? 'code-hint field-error' : 'code-hint'}"
    />
  </div>`;
}

export function renderRecoveryCodePage(frame: Frame, page: RecoveryCodePage): string {
  const { texts } = frame;
  const { t } = texts;
  const { error } = page;
  return renderLayout(frame, {
    title: t('recover-code-title'),
    main: html`${renderBack(page.backUrl, t('recover-back-ways'))}
      <div class="column stack">
        ${error !== null && renderErrorSummary(texts, { code: error, text: errorTexts[error], field: 'code' })}
        <div class="page-head">
          <h1>${t('recover-code-title')}</h1>
          <p class="lead">${t('recover-code-lead')}</p>
        </div>
        <form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
          ${renderToken(page.form)} ${renderCodeField(frame, page)}
          <div class="actions"><button class="button" type="submit" data-action="give-code">${t('recover-code-go')}</button></div>
        </form>
        ${renderMore(
          t('recover-code-missing'),
          html`<div class="stack">
            <p>${t('recover-code-missing-text')}</p>
            <p class="actions">
              <a class="button button-second" href="${safeUrl(page.numberUrl)}">${renderIcon('back')}${t('recover-number-title')}</a>
            </p>
          </div>`,
        )}
      </div>`,
  });
}
