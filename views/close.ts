// Closing the account: what goes, what stays and on which ground, and one press; then that it is done.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { LeftService } from './left-model.ts';
import { renderLeftSection } from './left-services.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { MessageKey } from './messages/messages.ts';
import type { FormTarget, Frame } from './models.ts';
import { renderBack, renderSharedWarning } from './parts.ts';

export type ClosePage = { readonly form: FormTarget; readonly takeUrl: string; readonly accountUrl: string };

const going: readonly MessageKey[] = ['close-goes-data', 'close-goes-access', 'close-goes-consents', 'close-goes-entries'];
const staying: readonly MessageKey[] = [
  'close-stays-log',
  'close-stays-records',
  'close-stays-subject',
  'close-stays-agencies',
  'close-stays-backups',
];

function renderList({ texts }: Frame, keys: readonly MessageKey[]): Html {
  return html`<ul class="plain-list">
    ${keys.map((key) => html`<li>${texts.t(key)}</li>`)}
  </ul>`;
}

export function renderClosePage(frame: Frame, page: ClosePage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('close-title'),
    place: 'account',
    main: html`${renderBack(page.accountUrl, t('place-account'))}
      <div class="column stack">
        <h1>${t('close-title')}</h1>
        <p class="lead">${t('close-lead')}</p>
        <h2>${t('close-goes')}</h2>
        ${renderList(frame, going)}
        <h2>${t('close-stays')}</h2>
        ${renderList(frame, staying)}
        <h2>${t('close-later')}</h2>
        <p>${t('close-later-text')}</p>
        <div class="notice notice-care">
          ${renderIcon('clock')}
          <div>
            <p>${t('close-final')}</p>
            <p><a href="${safeUrl(page.takeUrl)}">${t('take-title')}</a></p>
          </div>
        </div>
        ${renderSharedWarning(frame, 'shared-close')}
        <form class="actions" method="post" action="${safeUrl(page.form.action)}">
          ${renderToken(page.form)}<button class="button button-second" type="submit" data-action="close">${t('close-button')}</button>
        </form>
      </div>`,
  });
}

export type ClosedPage = {
  /** Services that were open when the account was closed. */
  readonly left: readonly LeftService[];
  /** This page again. */
  readonly againUrl: string;
  readonly homeUrl: string;
  readonly verifyUrl: string;
};

export function renderClosedPage(frame: Frame, page: ClosedPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('closed-title'),
    main: html`<div class="column stack">
      <h1>${t('closed-title')}</h1>
      <p class="lead">${t('closed-lead')}</p>
      <ul class="plain-list">
        <li>${t('closed-agencies')}</li>
        <li>${t('closed-receipts')}</li>
        <li>${t('close-later-text')}</li>
      </ul>
      ${page.left.length > 0 && renderLeftSection(frame.texts, page.left, page.againUrl)}
      <p class="event-links">
        <a href="${safeUrl(page.verifyUrl)}">${t('receipt-check')}</a><a href="${safeUrl(page.homeUrl)}">${t('signed-out-home')}</a>
      </p>
    </div>`,
  });
}
