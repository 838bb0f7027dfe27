// Freezing: from the own page and by a printed code. Somebody in fear reads these pages: how it opens again is said before anything is closed.

import { toDaysText } from './durations.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { MessageKey } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { renderBack } from './parts.ts';
import type { FreezeByCodePage, FreezePage, FreezeSheet } from './protection-model.ts';
import { renderQr } from './qr.ts';
import { toRichText } from './rich-text.ts';

export function renderList({ texts }: Frame, keys: readonly MessageKey[]): Html {
  return html`<ul class="plain-list">
    ${keys.map((key) => html`<li>${texts.t(key)}</li>`)}
  </ul>`;
}

function renderCode(frame: Frame, page: FreezePage): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  const made =
    page.codeMadeAt !== null && html`<p>${toRichText(texts, 'freeze-code-made', { slots: { date: dates.day(page.codeMadeAt) } })}</p>`;
  return html`<section class="stack" aria-labelledby="code">
    <h2 id="code">${t('freeze-code-title')}</h2>
    <p>${t('freeze-code-text')}</p>
    ${made}
    <p class="actions">
      <a class="button button-second" href="${safeUrl(page.codeUrl)}" data-action="freeze-code">${t('freeze-code-new')}</a>
    </p>
  </section>`;
}

/** Said before anything is closed: how it opens again. */
function renderOpening({ texts }: Frame, how: MessageKey, hours: number): Html {
  return html`<h2>${texts.t('freeze-open-title')}</h2>
    <ul class="plain-list" data-opening="${how}">
      <li>${texts.t(how)}</li>
      <li>${texts.t('freeze-open-delay', { duration: toDaysText(texts, hours) })}</li>
    </ul>`;
}

export function renderFreezePage(frame: Frame, page: FreezePage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('freeze-title'),
    place: 'security',
    main: html`${renderBack(page.securityUrl, t('place-security'))}
      <div class="column stack-wide">
        <div class="stack">
          <h1>${t('freeze-title')}</h1>
          <p class="lead">${t('freeze-lead')}</p>
          ${renderList(frame, ['freeze-then-1', 'freeze-then-2', 'freeze-then-3', 'freeze-then-4'])}
          ${renderOpening(frame, page.hasHigh ? 'freeze-open-high' : 'freeze-open-counter', page.delayHours)}
          <form class="actions" method="post" action="${safeUrl(page.form.action)}">
            ${renderToken(page.form)}<button class="button button-stop" type="submit" data-action="freeze">${t('freeze-press')}</button>
          </form>
        </div>
        ${frame.finish === null && renderCode(frame, page)}
      </div>`,
  });
}

/** Only after a fresh ceremony: the last step before the code is made. */
export function renderMakeCodePage(frame: Frame, page: FreezePage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const made =
    page.codeMadeAt !== null && html`<p>${toRichText(texts, 'freeze-code-made', { slots: { date: dates.day(page.codeMadeAt) } })}</p>`;
  return renderLayout(frame, {
    title: t('freeze-code-title'),
    place: 'security',
    main: html`${renderBack(page.securityUrl, t('place-security'))}
      <div class="column stack">
        <h1>${t('freeze-code-title')}</h1>
        <p class="lead">${t('freeze-code-text')}</p>
        ${made}
        <p>${t('freeze-code-once')}</p>
        <form class="actions" method="post" action="${safeUrl(page.form.action)}">
          ${renderToken(page.form)}<button class="button" type="submit" data-action="make-freeze-code">${t('freeze-code-press')}</button>
        </form>
      </div>`,
  });
}

function renderSheetPart(texts: Frame['texts']): Html {
  const { t, language, direction } = texts;
  return html`<div class="sheet-part" lang="${language}" dir="${direction}">
    <h2>${t('freeze-sheet-use')}</h2>
    <p>${t('freeze-sheet-lead')}</p>
    <ol class="plain-list">
      <li>${t('freeze-sheet-use-1')}</li>
      <li>${t('freeze-sheet-use-2')}</li>
      <li>${t('freeze-sheet-use-3')}</li>
    </ol>
  </div>`;
}

/** For paper: in both languages, without a name, so that a sheet that is found tells nobody whose it is. */
export function renderFreezeSheet(frame: Frame, sheet: FreezeSheet, otherTexts: Frame['texts']): string {
  const { texts, dates } = frame;
  const { t } = texts;
  return renderLayout(frame, {
    title: t('freeze-sheet-title'),
    place: 'security',
    main: html`<div class="column stack">
      <article class="sheet" aria-labelledby="sheet">
        <div class="sheet-part sheet-head">
          <div class="stack">
            <h1 id="sheet">
              ${t('freeze-sheet-title')}<br /><span lang="${otherTexts.language}">${otherTexts.t('freeze-sheet-title')}</span>
            </h1>
          </div>
          ${renderQr(sheet.url, t('freeze-sheet-picture'))}
        </div>
        <div class="sheet-part">
          <p class="big-code" dir="ltr" data-freeze-code>${sheet.code}</p>
          <dl class="facts">
            <div>
              <dt>${t('freeze-sheet-address')}</dt>
              <dd><bdi class="code code-long" dir="ltr">${sheet.url}</bdi></dd>
            </div>
            <div>
              <dt>${t('freeze-sheet-made')}</dt>
              <dd>${dates.day(sheet.madeAt)}</dd>
            </div>
          </dl>
        </div>
        ${renderSheetPart(texts)} ${renderSheetPart(otherTexts)}
      </article>
      <div class="notice notice-care screen-only">
        ${renderIcon('care')}
        <div><p>${t('freeze-sheet-keep')}</p></div>
      </div>
      <p class="actions"><a class="button button-second" href="${safeUrl(sheet.backUrl)}">${t('place-security')}</a></p>
    </div>`,
  });
}

function renderCodeField({ texts: { t } }: Frame, typed: string): Html {
  return html`<div class="field">
    <label for="code">${t('freeze-by-code-label')}</label>
    <p class="hint" id="code-hint">${t('freeze-by-code-hint')}</p>
    <input
      class="input"
      id="code"
      name="code"
      type="text"
      dir="ltr"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      required
      maxlength="64"
      value="${typed}"
      aria-describedby="code-hint"
    />
  </div>`;
}

export function renderFreezeByCodePage(frame: Frame, page: FreezeByCodePage): string {
  const { t } = frame.texts;
  const wrong =
    page.isWrong &&
    html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="freeze/code-unknown">
      <h2>${t('freeze-by-code-wrong')}</h2>
      <p><a href="#code">${t('freeze-by-code-wrong-text')}</a></p>
    </div>`;
  return renderLayout(frame, {
    title: t('freeze-by-code-title'),
    main: html`<div class="column stack">
      ${wrong}
      <h1>${t('freeze-by-code-title')}</h1>
      <p class="lead">${t('freeze-by-code-lead')}</p>
      ${renderOpening(frame, 'freeze-open-any', page.delayHours)}
      <form class="stack" method="post" action="${safeUrl(page.form.action)}">
        ${renderToken(page.form)} ${renderCodeField(frame, page.typed)}
        <p class="actions">
          <button class="button button-stop" type="submit" data-action="freeze-by-code">${t('freeze-by-code-press')}</button>
        </p>
      </form>
      <p class="muted">${t('freeze-by-code-else')}</p>
    </div>`,
  });
}
