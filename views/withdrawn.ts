// After a withdrawal: it is done, here is the receipt, this is what happens now.

import { html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import type { Frame, WithdrawnPage } from './models.ts';
import { renderAsker, renderBack, renderReceiptLink } from './parts.ts';
import { toRichText } from './rich-text.ts';

export function renderWithdrawnPage(frame: Frame, page: WithdrawnPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const stopped = toRichText(texts, 'withdrawn-stopped', { slots: { date: dates.deadline(page.withdrawnAt) } });
  return renderLayout(frame, {
    title: t('withdrawn-title', { purpose: page.purpose }),
    place: 'account',
    main: html`${renderBack(page.accountUrl, t('place-account'))}
      <div class="column stack" data-service="${page.clientId}">
        ${renderAsker(page.asker)}
        <h1>${t('withdrawn-title', { purpose: page.purpose })}</h1>
        <div class="notice notice-good">
          ${renderIcon('tick')}
          <div>
            <p>${stopped}</p>
            ${page.receipt !== null && html`<p>${renderReceiptLink(texts, page.receipt)}</p>`}
          </div>
        </div>
        <h2>${t('withdrawn-next')}</h2>
        <ul class="plain-list">
          <li>${t('withdrawn-next-1')}</li>
          <li>${t('withdrawn-next-2')}</li>
          <li>${t('withdrawn-next-3')}</li>
        </ul>
      </div>`,
  });
}
