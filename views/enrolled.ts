// After the first passkey: it is ready, and a second one is wise.

import { html, safeUrl } from './html.ts';
import { renderLayout } from './layout.ts';
import type { EnrolledPage, Frame } from './models.ts';

export function renderEnrolledPage(frame: Frame, page: EnrolledPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('enrolled-title'),
    main: html`<div class="column stack">
      <p class="asker">${t('enrol-asker')}</p>
      <h1>${t('enrolled-title')}</h1>
      <p class="lead">${t('enrolled-lead')}</p>
      <p>${t('enrolled-spare')}</p>
      <p class="actions"><a class="button" href="${safeUrl(page.accountUrl)}">${t('enrolled-enter')}</a></p>
    </div>`,
  });
}
