// After a press on the own page: it is done, here is the receipt, this is what happens now.

import type { ChangedPage } from './account-model.ts';
import { renderDuties } from './duty.ts';
import { html, safeUrl } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import type { Frame } from './models.ts';
import { renderAsker, renderBack, renderReceiptLink } from './parts.ts';
import { toRichText } from './rich-text.ts';

const nexts = [1, 2, 3] as const;

export function renderChangedPage(frame: Frame, page: ChangedPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const slots = { date: dates.deadline(page.at), end: dates.day(page.endsAt) };
  const title = t(`${page.change}-title`, { purpose: page.purpose });
  return renderLayout(frame, {
    title,
    place: 'account',
    main: html`${renderBack(page.accountUrl, t('place-account'))}
      <div class="column stack" data-service="${page.clientId}">
        ${renderAsker(page.asker)}
        <h1>${title}</h1>
        <div class="notice notice-good">
          ${renderIcon('tick')}
          <div>
            <p>${toRichText(texts, `${page.change}-stopped`, { slots })}</p>
            ${page.receipt !== null && html`<p>${renderReceiptLink(texts, page.receipt)}</p>`}
          </div>
        </div>
        ${renderDuties(frame, page.duties, 'page')}
        <h2>${t('withdrawn-next')}</h2>
        <ul class="plain-list">
          ${nexts.map((place) => html`<li>${t(`${page.change}-next-${place}`)}</li>`)}
        </ul>
        <p class="event-links">
          <a href="${safeUrl(page.serviceUrl)}">${t('changed-service', { service: page.asker.serviceName })}</a>
        </p>
      </div>`,
  });
}
