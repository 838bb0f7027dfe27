// Enrolment by link: whose passkey it will be, until when, and the one button. Opening the page has no effect.

import { renderCeremony } from './ceremony.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import type { EnrolPage, Frame } from './models.ts';
import { renderMore } from './parts.ts';
import { toRichText } from './rich-text.ts';

function renderFacts(frame: Frame, page: EnrolPage): Html {
  const { texts, dates } = frame;
  const ending =
    page.numberEnding !== null &&
    html`<br /><span class="small muted">${toRichText(texts, 'number-ending', { values: { digits: page.numberEnding } })}</span>`;
  return html`<dl class="facts">
    <div>
      <dt>${texts.t('enrol-for')}</dt>
      <dd><bdi>${page.fullName}</bdi>${ending}</dd>
    </div>
    <div>
      <dt>${texts.t('enrol-link-until')}</dt>
      <dd>
        ${dates.deadline(page.expiresAt)}<br /><span class="small muted"
          >${texts.t(page.madeBy === 'operator' ? 'enrol-link-once-operator' : 'enrol-link-once')}</span
        >
      </dd>
    </div>
  </dl>`;
}

/** Whoever opens it knows whose word stands behind it, before anything is made (ADR-0082). */
function renderOperator({ texts: { t } }: Frame): Html {
  return html`<div class="notice notice-care" data-made-by="operator">
    ${renderIcon('care')}
    <div>
      <p><strong>${t('enrol-operator')}</strong></p>
      <p>${t('enrol-operator-level')}</p>
    </div>
  </div>`;
}

function renderQuestions(frame: Frame): Html {
  const { t } = frame.texts;
  return html`<div>
    ${renderMore(t('enrol-ask-fingerprint'), html`<p>${t('enrol-say-fingerprint')}</p>`)}
    ${renderMore(t('enrol-ask-lost'), html`<p>${t('enrol-say-lost')}</p>`)}
    ${renderMore(t('enrol-ask-not-me'), html`<p>${t('enrol-say-not-me')}</p>`)}
  </div>`;
}

export function renderEnrolPage(frame: Frame, page: EnrolPage): string {
  const { t } = frame.texts;
  const ceremony = { kind: 'create', target: page.ceremony, label: t('create-passkey'), button: 'button' } as const;
  return renderLayout(frame, {
    title: t('enrol-title'),
    hasCeremony: true,
    main: html`<div class="page-head">
        <p class="asker">${t('enrol-asker')}</p>
        <h1>${t('enrol-heading', { name: page.givenName })}</h1>
        <p class="lead">${t('enrol-lead')}</p>
      </div>
      <div class="split">
        <div class="stack">
          ${page.madeBy === 'operator' && renderOperator(frame)} ${renderFacts(frame, page)}
          <div class="notice notice-care">
            ${renderIcon('care')}
            <div><p>${t('enrol-own-device')}</p></div>
          </div>
          ${renderCeremony(frame, ceremony)}
          <p class="small muted">${t('create-elsewhere')}</p>
          ${renderQuestions(frame)}
        </div>
        <aside class="aside" aria-labelledby="next">
          <h2 id="next">${t('enrol-next')}</h2>
          <ol class="plain-list">
            <li>${t('enrol-next-1')}</li>
            <li>${t('enrol-next-2')}</li>
            <li>${t('enrol-next-3')}</li>
          </ol>
        </aside>
      </div>`,
  });
}
