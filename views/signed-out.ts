// After signing out: how far it reached, and which services confirmed it. Without script: a link looks again.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import { renderLeftServices } from './left-services.ts';
import type { Frame, SignedOutPage } from './models.ts';

function toTitle(frame: Frame, page: SignedOutPage): string {
  const { t } = frame.texts;
  if (page.reach === 'everywhere') {
    return t('signed-out-everywhere');
  }
  return page.serviceName === null ? t('signed-out-here-own') : t('signed-out-here', { service: page.serviceName });
}

function renderAgain({ texts: { t } }: Frame, page: SignedOutPage): Html | null {
  const isTrying = page.left.some(({ state }) => state === 'trying');
  return isTrying
    ? html`<p>
        <a class="button button-second" href="${safeUrl(page.againUrl)}" data-action="look-again">${t('left-again')}</a>
      </p>`
    : null;
}

function renderLeft(frame: Frame, page: SignedOutPage): Html {
  const { t } = frame.texts;
  if (page.left.length === 0) {
    return html`<p>${t('signed-out-still-open')}</p>`;
  }
  return html`<section aria-labelledby="left" class="stack">
    <h2 id="left" class="section-title">${t('left-title')}</h2>
    ${renderLeftServices(frame.texts, page.left)} ${renderAgain(frame, page)}
    <p class="small muted">${t('left-later')}</p>
  </section>`;
}

export function renderSignedOutPage(frame: Frame, page: SignedOutPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: toTitle(frame, page),
    main: html`<div class="column stack">
      <h1>${toTitle(frame, page)}</h1>
      <p class="lead">${t(page.reach === 'everywhere' ? 'signed-out-everywhere-text' : 'signed-out-here-text')}</p>
      ${page.reach === 'everywhere' && renderLeft(frame, page)}
      <p class="actions"><a class="button button-second" href="${safeUrl(page.homeUrl)}">${t('signed-out-home')}</a></p>
    </div>`,
  });
}
