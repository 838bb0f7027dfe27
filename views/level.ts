// A level code typed, and the passkey that it brings to the level `high`: one that is there, or a new one.

import { renderCeremony } from './ceremony.ts';
import { renderErrorSummary } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { LevelCodePage, LevelPage } from './level-model.ts';
import type { Frame } from './models.ts';
import { renderBack, renderMore } from './parts.ts';
import { toPasskeyName } from './passkey-list.ts';
import { toRichText } from './rich-text.ts';

const backUrl = '/account/security';

function renderForm({ texts: { t } }: Frame, { form, error, typed }: LevelCodePage): Html {
  return html`<form class="stack" method="post" action="${safeUrl(form.action)}" novalidate>
    ${renderToken(form)}
    <div class="field">
      <label for="code">${t('level-code-label')}</label>
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
    </div>
    <div class="actions"><button class="button" type="submit" data-action="level-code">${t('enrol-code-go')}</button></div>
  </form>`;
}

export function renderLevelCodePage(frame: Frame, page: LevelCodePage): string {
  const { error } = page;
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('level-title'),
    place: 'security',
    main: html`${renderBack(backUrl, t('place-security'))}
      <div class="column stack">
        ${error !== null && renderErrorSummary(frame.texts, { code: error, text: 'error-level-code', field: 'code' })}
        <div class="page-head">
          <h1>${t('level-title')}</h1>
          <p class="lead">${t('level-type-lead')}</p>
        </div>
        ${frame.finish === null ? renderForm(frame, page) : html`<p data-without="passkey">${t('shared-no-passkey')}</p>`}
        ${renderMore(t('enrol-code-none'), html`<p>${t('level-code-none-text')}</p>`)}
      </div>`,
  });
}

function renderRaise(frame: Frame, { raisable, ceremony, newUrl }: LevelPage): Html {
  const { t } = frame.texts;
  return html`<p>${t('level-raise-text')}</p>
    <ul class="plain-list">
      ${raisable.map((passkey) => html`<li><bdi>${toPasskeyName(frame, passkey)}</bdi></li>`)}
    </ul>
    ${renderCeremony(frame, { kind: 'raise', target: ceremony, label: t('level-raise'), button: 'button' })}
    ${newUrl !== null && html`<p><a href="${safeUrl(newUrl)}" data-action="other-key">${t('level-raise-other')}</a></p>`}`;
}

function renderCreate(frame: Frame, { ceremony, isFull }: LevelPage): Html {
  const { t } = frame.texts;
  return isFull
    ? html`<p data-without="passkey">${t('passkeys-full')}</p>`
    : html`<p>${t('level-create-text')}</p>
        ${renderCeremony(frame, { kind: 'create', target: ceremony, label: t('level-create'), button: 'button' })}
        <p class="small muted">${t('create-elsewhere')}</p>`;
}

export function renderLevelPage(frame: Frame, page: LevelPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const way = page.raisable.length > 0 ? renderRaise(frame, page) : renderCreate(frame, page);
  const isOwn = frame.finish === null;
  return renderLayout(frame, {
    title: t('level-title'),
    place: 'security',
    hasCeremony: isOwn && (page.raisable.length > 0 || !page.isFull),
    main: html`${renderBack(backUrl, t('place-security'))}
      <div class="column stack">
        <div class="page-head">
          <h1>${t('level-title')}</h1>
          <p class="lead">${t('level-lead')}</p>
        </div>
        ${isOwn ? way : html`<p data-without="passkey">${t('shared-no-passkey')}</p>`}
        <p class="small muted">${toRichText(texts, 'level-until', { slots: { date: dates.moment(page.expiresAt) } })}</p>
      </div>`,
  });
}
