// The history of sign-ins: each with its device, its service and the passkey by its name; and what no such list can hold.

import { handheld, toDeviceName } from './device-name.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import type { Frame } from './models.ts';
import { renderListPages, toWay } from './list-pages.ts';
import { renderBack, renderMore } from './parts.ts';
import { toPasskeyName } from './passkey-list.ts';
import type { SignIn, SignInsPage } from './sign-ins-model.ts';

type Started = Extract<SignIn, { readonly kind: 'started' }>;
type Ended = Extract<SignIn, { readonly kind: 'ended' }>;

function renderPasskey(frame: Frame, passkey: Started['passkey']): Html | null {
  const { t } = frame.texts;
  return passkey === null
    ? null
    : html`<p class="row-text">
        ${t(passkey.isRemoved ? 'sign-in-passkey-gone' : 'sign-in-passkey', { name: toPasskeyName(frame, passkey) })}
      </p>`;
}

function renderStarted(frame: Frame, item: Started): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  const service = item.serviceName === null ? t('sign-in-account') : t('sign-in-service', { service: item.serviceName });
  const device = toDeviceName(texts, item.device);
  const isHandheld = handheld.has(item.device.system);
  return html`<li class="row row-with-icon" data-sign-in="started">
    ${renderIcon(isHandheld ? 'phone' : 'laptop', 'row-icon')}
    <div>
      <h2 class="row-title"><a href="${safeUrl(item.url)}">${t('sign-in-started', { device })}</a></h2>
      <p class="row-text">${dates.moment(item.at)} ${item.isShared && html`· ${t('sign-in-shared')}`}</p>
      <p class="row-text">${service}</p>
      ${renderPasskey(frame, item.passkey)}
      <p class="row-text">${t(`sign-in-level-${item.level}`)}</p>
    </div>
  </li>`;
}

function renderEnded({ texts: { t }, dates }: Frame, item: Ended): Html {
  return html`<li class="row row-with-icon" data-sign-in="ended">
    ${renderIcon('dash', 'row-icon')}
    <div>
      <h2 class="row-title"><a href="${safeUrl(item.url)}">${t('sign-in-ended')}</a></h2>
      <p class="row-text">${dates.moment(item.at)}</p>
      ${item.reason !== null && html`<p class="row-text">${t(`sign-in-end-${item.reason}`)}</p>`}
    </div>
  </li>`;
}

function renderSuspended({ texts: { t }, dates }: Frame, item: SignIn): Html {
  return html`<li class="row row-with-icon" data-sign-in="suspended">
    ${renderIcon('barred', 'row-icon')}
    <div>
      <h2 class="row-title"><a href="${safeUrl(item.url)}">${t('sign-in-suspended')}</a></h2>
      <p class="row-text">${dates.moment(item.at)}</p>
    </div>
  </li>`;
}

function renderItem(frame: Frame, item: SignIn): Html {
  if (item.kind === 'suspended') {
    return renderSuspended(frame, item);
  }
  return item.kind === 'started' ? renderStarted(frame, item) : renderEnded(frame, item);
}

function renderItems(frame: Frame, items: readonly SignIn[]): Html {
  const rows = items.map((item) => renderItem(frame, item));
  return rows.length === 0
    ? html`<p>${frame.texts.t('sign-ins-none')}</p>`
    : html`<ul class="rows">
        ${rows}
      </ul>`;
}

export function renderSignInsPage(frame: Frame, page: SignInsPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('sign-ins-title'),
    place: 'security',
    main: html`${renderBack(page.securityUrl, t('place-security'))}
      <div class="page-head">
        <h1>${t('sign-ins-title')}</h1>
        <p class="lead">${t('sign-ins-lead')}</p>
      </div>
      <div class="column stack">
        ${renderItems(frame, page.items)}
        ${renderListPages(frame, { first: toWay(page.newestUrl, t('activity-newest')), more: toWay(page.olderUrl, t('activity-older')) })}
        <p class="event-links"><a href="${safeUrl(page.freezeUrl)}">${t('freeze-title')}</a></p>
        ${renderMore(t('sign-ins-missing-ask'), html`<p>${t('sign-ins-missing')}</p>`)}
      </div>`,
  });
}
