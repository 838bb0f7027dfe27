// Taking everything along: what the file holds, and the way to it.

import { html, safeUrl } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Frame } from './models.ts';
import { renderBack, renderSharedWarning } from './parts.ts';

export type TakePage = { readonly fileUrl: string; readonly accountUrl: string };

const contents = ['data', 'consents', 'receipts', 'activity', 'access', 'duties', 'reports'] as const;

export function renderTakePage(frame: Frame, page: TakePage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('take-title'),
    place: 'account',
    main: html`${renderBack(page.accountUrl, t('place-account'))}
      <div class="column stack">
        <h1>${t('take-title')}</h1>
        <p class="lead">${t('take-lead')}</p>
        <h2>${t('take-holds')}</h2>
        <ul class="plain-list">
          ${contents.map((content) => html`<li>${t(`take-holds-${content}`)}</li>`)}
        </ul>
        ${renderSharedWarning(frame, 'shared-take')}
        <p class="actions"><a class="button" href="${safeUrl(page.fileUrl)}" data-action="take" download>${t('take-button')}</a></p>
        <p class="muted">${t('take-note')}</p>
      </div>`,
  });
}
