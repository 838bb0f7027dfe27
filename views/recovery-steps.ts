// What follows the code: waiting, the new passkey, and being back; and the other side, where somebody who has not asked for it says no.

import { renderCeremony } from './ceremony.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Frame } from './models.ts';
import { renderMore } from './parts.ts';
import type { RecoveryBindPage, RecoveryCancelledPage, RecoveryCancelPage, RecoveryDonePage, RecoveryWaitPage } from './recovery-model.ts';
import { toRichText } from './rich-text.ts';

export function renderRecoveryWaitPage(frame: Frame, page: RecoveryWaitPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const title = t(page.isNew ? 'recover-wait-title' : 'recover-wait-again-title');
  return renderLayout(frame, {
    title,
    main: html`<div class="column stack">
      <div class="page-head">
        <h1>${title}</h1>
        <p class="lead">${t('recover-wait-lead')}</p>
      </div>
      <div class="notice">
        ${renderIcon('clock')}
        <div>
          <p><strong>${toRichText(texts, 'recover-wait-from', { slots: { date: dates.deadline(page.readyAt) } })}</strong></p>
          <p>${t('recover-wait-late')}</p>
        </div>
      </div>
      <h2>${t('recover-wait-next')}</h2>
      <ol class="plain-list">
        <li>${t('recover-wait-next-1')}</li>
        <li>${t('recover-wait-next-2')}</li>
        <li>${t('recover-wait-next-3')}</li>
      </ol>
      <p><a href="${safeUrl(page.counterUrl)}">${t('recover-wait-sooner')}</a></p>
    </div>`,
  });
}

function renderFacts(frame: Frame, page: RecoveryBindPage): Html {
  const { texts, dates } = frame;
  const ending =
    page.numberEnding !== null &&
    html`<br /><span class="small muted">${toRichText(texts, 'number-ending', { values: { digits: page.numberEnding } })}</span>`;
  return html`<dl class="facts">
    <div>
      <dt>${texts.t('recover-bind-for')}</dt>
      <dd><bdi>${page.fullName}</bdi>${ending}</dd>
    </div>
    <div>
      <dt>${texts.t('recover-bind-until')}</dt>
      <dd>${dates.time(page.until)}</dd>
    </div>
  </dl>`;
}

export function renderRecoveryBindPage(frame: Frame, page: RecoveryBindPage): string {
  const { t } = frame.texts;
  const ceremony = { kind: 'create', target: page.ceremony, label: t('create-passkey'), button: 'button' } as const;
  return renderLayout(frame, {
    title: t('recover-bind-title'),
    hasCeremony: true,
    main: html`<div class="column stack">
      <div class="page-head">
        <h1>${t('recover-bind-heading', { name: page.givenName })}</h1>
        <p class="lead">${t('recover-bind-lead')}</p>
      </div>
      ${renderFacts(frame, page)}
      <div class="notice notice-care">
        ${renderIcon('care')}
        <div><p>${t('enrol-own-device')}</p></div>
      </div>
      ${renderCeremony(frame, ceremony)} ${renderMore(t('recover-bind-ends'), html`<p>${t('recover-bind-ends-text')}</p>`)}
    </div>`,
  });
}

/** What has ended and what stays, so that nobody wonders at the next service. */
export function renderRecoveryDonePage(frame: Frame, page: RecoveryDonePage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('recover-done-title'),
    main: html`<div class="column stack">
      <h1>${t('recover-done-title')}</h1>
      <p class="lead">${t('recover-done-lead')}</p>
      <ul class="plain-list">
        <li>${t('recover-done-ended')}</li>
        <li>${t('recover-done-stays')}</li>
        ${page.way === 'counter' && html`<li>${t('recover-done-frozen-counter')}</li>`}
      </ul>
      <h2>${t('recover-done-second-title')}</h2>
      <p>${t('recover-done-second')}</p>
      <p class="actions">
        <a class="button" href="${safeUrl(page.accountUrl)}" data-action="add-second">${renderIcon('key')}${t('recover-done-go')}</a>
      </p>
    </div>`,
  });
}

export function renderRecoveryCancelPage(frame: Frame, page: RecoveryCancelPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  return renderLayout(frame, {
    title: t('recover-cancel-title'),
    main: html`<div class="column stack">
      <div class="page-head">
        <h1>${t('recover-cancel-title')}</h1>
        <p class="lead">${toRichText(texts, `recover-cancel-lead-${page.way}`, { slots: { date: dates.moment(page.begunAt) } })}</p>
      </div>
      <p>${t('recover-cancel-text')}</p>
      <form method="post" action="${safeUrl(page.form.action)}">
        ${renderToken(page.form)}
        <div class="actions">
          <button class="button button-stop" type="submit" data-action="cancel-recovery">${t('recover-cancel-go')}</button>
        </div>
      </form>
      <p class="hint">${t('recover-cancel-keep')}</p>
    </div>`,
  });
}

export function renderRecoveryCancelledPage(frame: Frame, page: RecoveryCancelledPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('recover-cancelled-title'),
    main: html`<div class="column stack">
      <h1>${t('recover-cancelled-title')}</h1>
      <p class="lead">${t('recover-cancelled-lead')}</p>
      <p>${t(`recover-cancelled-text-${page.way}`)}</p>
      <p class="actions"><a class="button" href="${safeUrl(page.securityUrl)}">${t('recover-cancelled-go')}</a></p>
      <p><a href="/unfreeze" data-action="unfreeze">${t('unfreeze-link')}</a></p>
    </div>`,
  });
}
