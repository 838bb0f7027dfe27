// What a person can do about one consent: take details out, pause, resume, withdraw. One press each, and each button says what it does.

import type { ConsentControls, ServiceConsent } from './account-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import type { Frame } from './models.ts';
import { renderWithdraw } from './parts.ts';

type Doing = 'pause' | 'resume' | 'erase';

function renderVersion({ version }: ConsentControls): Html {
  return html`<input type="hidden" name="version" value="${version}" />`;
}

function renderPress({ texts }: Frame, consent: ServiceConsent, doing: Doing): Html | null {
  const form = consent.controls[doing];
  return form === null
    ? null
    : html`<div class="option">
        <div>
          <h4>${texts.t(doing)}</h4>
          <p class="row-text">${texts.t(consent.isByLaw && doing === 'erase' ? 'erase-text-law' : `${doing}-text`)}</p>
        </div>
        <form method="post" action="${safeUrl(form.action)}">
          ${renderToken(form)}${renderVersion(consent.controls)}<button class="button button-second" type="submit" data-action="${doing}">
            ${texts.t(doing)}<span class="hidden-visually">: ${consent.purpose}</span>
          </button>
        </form>
      </div>`;
}

function renderNarrow({ texts }: Frame, consent: ServiceConsent, id: string): Html | null {
  const { narrow } = consent.controls;
  if (narrow === null) {
    return null;
  }
  return html`<form class="stack" method="post" action="${safeUrl(narrow.form.action)}">
    ${renderToken(narrow.form)}${renderVersion(consent.controls)}
    <fieldset>
      <legend><strong>${texts.t('narrow-title')}</strong></legend>
      <p class="hint">${texts.t('narrow-text')}</p>
      ${narrow.choices.map(
        ({ name, label }) =>
          html`<div class="check">
            <input type="checkbox" id="${id}-${name}" name="attribute" value="${name}" checked />
            <label for="${id}-${name}">${label}</label>
          </div>`,
      )}
    </fieldset>
    <p class="actions">
      <button class="button button-second" type="submit" data-action="narrow">
        ${texts.t('narrow')}<span class="hidden-visually">: ${consent.purpose}</span>
      </button>
    </p>
  </form>`;
}

export function renderControls(frame: Frame, consent: ServiceConsent, id: string): Html | null {
  const { texts } = frame;
  const { pause, resume, narrow, erase } = consent.controls;
  if ([consent.withdraw, pause, resume, narrow, erase].every((control) => control === null)) {
    return null;
  }
  return html`<h3>${texts.t(consent.isByLaw ? 'service-control-law' : 'service-control')}</h3>
    ${renderNarrow(frame, consent, id)} ${renderPress(frame, consent, 'pause')} ${renderPress(frame, consent, 'resume')}
    ${
      consent.withdraw !== null &&
      html`<div class="option">
        <div>
          <h4>${texts.t('withdraw')}</h4>
          <p class="row-text">${texts.t('withdraw-text')}</p>
        </div>
        ${renderWithdraw(texts, consent.withdraw, consent.purpose)}
      </div>`
    }
    ${renderPress(frame, consent, 'erase')}`;
}
