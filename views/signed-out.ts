// After signing out: how far it reached, and which services confirmed it. Without script: a link looks again.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import { renderLeftSection } from './left-services.ts';
import type { Frame, SignedOutPage } from './models.ts';

function toTitle(frame: Frame, page: SignedOutPage): string {
  const { t } = frame.texts;
  return page.serviceName === null ? t('signed-out-everywhere') : t('signed-out-here', { service: page.serviceName });
}

function renderLeft(frame: Frame, page: SignedOutPage): Html {
  const { texts } = frame;
  return page.left.length === 0
    ? html`<p>${texts.t('signed-out-still-open')}</p>`
    : html`${renderLeftSection(texts, page.left, page.againUrl)}
        <p class="small muted">${texts.t('left-later')}</p>`;
}

export function renderSignedOutPage(frame: Frame, page: SignedOutPage): string {
  const { t } = frame.texts;
  const reach = page.serviceName === null ? 'everywhere' : 'here';
  return renderLayout(frame, {
    title: toTitle(frame, page),
    main: html`<div class="column stack" data-signed-out="${reach}">
      <h1>${toTitle(frame, page)}</h1>
      <p class="lead">${t(`signed-out-${reach}-text`)}</p>
      ${reach === 'everywhere' && renderLeft(frame, page)}
      <p class="actions"><a class="button button-second" href="${safeUrl(page.homeUrl)}">${t('signed-out-home')}</a></p>
    </div>`,
  });
}
