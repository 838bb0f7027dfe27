// After signing out: how far it reached.

import { html, safeUrl } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Frame, SignedOutPage } from './models.ts';

function toTitle(frame: Frame, page: SignedOutPage): string {
  const { t } = frame.texts;
  if (page.reach === 'everywhere') {
    return t('signed-out-everywhere');
  }
  return page.serviceName === null ? t('signed-out-here-own') : t('signed-out-here', { service: page.serviceName });
}

export function renderSignedOutPage(frame: Frame, page: SignedOutPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: toTitle(frame, page),
    main: html`<div class="column stack">
      <h1>${toTitle(frame, page)}</h1>
      <p class="lead">${t(page.reach === 'everywhere' ? 'signed-out-everywhere-text' : 'signed-out-here-text')}</p>
      <p class="actions"><a class="button button-second" href="${safeUrl(page.homeUrl)}">${t('signed-out-home')}</a></p>
    </div>`,
  });
}
