// Two steps of changing an email address or a number: where it is typed, and where the code that went to it is typed.

import type { CodePage, ContactPage } from './details-model.ts';
import { toErrorWords } from './error.ts';
import { renderErrorSummary, renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderValue } from './attributes.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { ErrorText, Frame } from './models.ts';
import { renderBack, renderMore } from './parts.ts';
import { toRichText } from './rich-text.ts';

type ContactError = NonNullable<ContactPage['error'] | CodePage['error']>;

const errorTexts: Readonly<Record<ContactError, ErrorText>> = {
  'contact/address-invalid': 'error-contact-address',
  'contact/unchanged': 'error-contact-unchanged',
  'contact/too-many-codes': 'error-contact-too-many',
  'contact/code-wrong': 'error-contact-code-wrong',
  'contact/code-ended': 'error-contact-code-ended',
};

function renderSummary(frame: Frame, code: ContactError | null, field: string): Html | null {
  return code === null ? null : renderErrorSummary(frame.texts, { code, text: errorTexts[code], field });
}

/** What of the field itself is wrong; a limit is no fault of the field. */
function renderWrong(frame: Frame, code: ContactError | null): Html | null {
  return code === null || code === 'contact/too-many-codes'
    ? null
    : renderFieldError('field-error', toErrorWords(frame.texts, errorTexts[code]).title);
}

const isFieldWrong = (code: ContactError | null): boolean => code !== null && code !== 'contact/too-many-codes';

const inputs = {
  email: { type: 'email', mode: 'email', complete: 'email', longest: '254' },
  phone: { type: 'tel', mode: 'tel', complete: 'tel', longest: '40' },
} as const;

function renderAddressField(frame: Frame, page: ContactPage): Html {
  const { texts } = frame;
  const { type, mode, complete, longest } = inputs[page.channel];
  return html`<div class="field">
    <label for="address">${texts.t(`contact-${page.channel}-new`)}</label>
    <p class="hint" id="address-hint">${toRichText(texts, `contact-${page.channel}-hint`)}</p>
    ${renderWrong(frame, page.error)}
    <input
      class="input"
      id="address"
      name="address"
      type="${type}"
      inputmode="${mode}"
      autocomplete="${complete}"
      dir="ltr"
      spellcheck="false"
      autocapitalize="none"
      required
      maxlength="${longest}"
      value="${page.given}"
      aria-invalid="${isFieldWrong(page.error) ? 'true' : 'false'}"
      aria-describedby="${isFieldWrong(page.error) ? 'address-hint field-error' : 'address-hint'}"
    />
  </div>`;
}

export function renderContactPage(frame: Frame, page: ContactPage): string {
  const { t } = frame.texts;
  const title = t(`contact-${page.channel}-title`);
  return renderLayout(frame, {
    title,
    place: 'details',
    main: html`${renderBack(page.detailsUrl, t('place-details'))}
      <div class="column stack">
        ${renderSummary(frame, page.error, 'address')}
        <div class="page-head">
          <h1>${title}</h1>
          <p class="lead">${t(`contact-${page.channel}-lead`)}</p>
        </div>
        <div>
          <p class="attribute-name">${t(`contact-${page.channel}-now`)}</p>
          ${renderValue(frame, { value: page.now, label: page.label })}
        </div>
        <form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
          ${renderToken(page.form)} ${renderAddressField(frame, page)}
          <p class="hint">${t('contact-told-old')}</p>
          <div class="actions"><button class="button" type="submit" data-action="send-code">${t('contact-send')}</button></div>
        </form>
        <p><a href="${safeUrl(page.detailsUrl)}">${t('contact-keep')}</a></p>
      </div>`,
  });
}

function renderCodeForm(frame: Frame, page: CodePage): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  const isWrong = isFieldWrong(page.error);
  const tries = page.error === 'contact/code-wrong' && html`<p class="hint">${t('contact-tries', { count: page.triesLeft })}</p>`;
  return html`<p>${toRichText(texts, 'contact-code-until', { slots: { date: dates.time(page.until) } })}</p>
    <form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
      ${renderToken(page.form)}
      <div class="field">
        <label for="code">${t('contact-code')}</label>
        <p class="hint" id="code-hint">${t('contact-code-hint')}</p>
        ${renderWrong(frame, page.error)}
        <input
          class="input input-short"
          id="code"
          name="code"
          type="text"
          inputmode="numeric"
          autocomplete="one-time-code"
          dir="ltr"
          spellcheck="false"
          required
          maxlength="20"
          aria-invalid="${isWrong ? 'true' : 'false'}"
          aria-describedby="${isWrong ? 'code-hint field-error' : 'code-hint'}"
        />
        ${tries}
      </div>
      <div class="actions"><button class="button" type="submit" data-action="confirm-code">${t('contact-confirm')}</button></div>
    </form>`;
}

function renderResend(frame: Frame, page: CodePage, look: string): Html {
  const { t } = frame.texts;
  return html`<form class="stack" method="post" action="${safeUrl(page.resend.action)}">
    ${renderToken(page.resend)}
    <p>${t('contact-resend-text')}</p>
    <div class="actions">
      <button class="button ${look}" id="resend" type="submit" data-action="resend-code">${t('contact-resend')}</button>
    </div>
  </form>`;
}

function renderMissing(frame: Frame, page: CodePage): Html {
  const { t } = frame.texts;
  const help = html`<div class="stack">
    <p>${t(`contact-${page.channel}-missing`)}</p>
    ${renderResend(frame, page, 'button-second')}
  </div>`;
  return renderMore(t('contact-missing'), help);
}

export function renderCodePage(frame: Frame, page: CodePage): string {
  const { texts } = frame;
  const hasEnded = page.triesLeft === 0;
  const title = texts.t(hasEnded ? 'contact-ended' : 'contact-code-title');
  const lead = toRichText(texts, 'contact-code-lead', { values: { address: page.address } });
  return renderLayout(frame, {
    title,
    place: 'details',
    main: html`${renderBack(page.detailsUrl, texts.t('place-details'))}
      <div class="column stack">
        ${renderSummary(frame, page.error, hasEnded ? 'resend' : 'code')}
        <div class="page-head">
          <h1>${title}</h1>
          <p class="lead">${lead}</p>
        </div>
        ${hasEnded ? renderResend(frame, page, '') : html`${renderCodeForm(frame, page)}${renderMissing(frame, page)}`}
        <p><a href="${safeUrl(page.otherUrl)}">${texts.t(`contact-${page.channel}-other`)}</a></p>
        <p><a href="${safeUrl(page.detailsUrl)}">${texts.t('contact-keep')}</a></p>
      </div>`,
  });
}
