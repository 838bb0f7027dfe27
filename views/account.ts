// A person's own page: each connected service with its consents, receipts and withdrawals; what happened lately; passkeys.
// Everything about one service stands inside one element with `data-service`.

import { renderActivity, toActivityTitle } from './activity.ts';
import { toDurationText } from './durations.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import { renderListPages, toWay } from './list-pages.ts';
import { consentGroups } from './account-model.ts';
import type { AccountPage, Ending, LatestDecision, ServiceList } from './account-model.ts';
import type { AccountService, Frame } from './models.ts';
import { renderDoor, renderReceiptLink } from './parts.ts';
import { renderPasskeys } from './passkey-list.ts';
import { toRichText } from './rich-text.ts';
import { renderSelect } from './select.ts';
import { renderAccountConsent } from './shared-list.ts';

function renderService(frame: Frame, service: AccountService): Html {
  const used =
    service.lastUsedAt !== null &&
    html` · ${toRichText(frame.texts, 'account-last-used', { slots: { date: frame.dates.shortDay(service.lastUsedAt) } })}`;
  return html`<li class="service" data-service="${service.clientId}">
    <div class="row">
      <div>
        <h3 class="row-title">
          <a href="${safeUrl(service.url)}"><bdi>${service.serviceName}</bdi></a>
        </h3>
        <p class="row-text"><bdi>${service.agencyName}</bdi>${used}</p>
      </div>
      <div class="row-end">${renderIcon('forward', 'chevron')}</div>
    </div>
    <ul class="service-consents">
      ${service.consents.map((consent) => renderAccountConsent(frame, consent))}
    </ul>
    ${service.doorUrl !== null && html`<p class="event-links">${renderDoor(frame.texts, service)}</p>`}
    ${service.hasMore && html`<p class="event-links"><a href="${safeUrl(service.url)}">${frame.texts.t('account-more-purposes', { service: service.serviceName })}</a></p>`}
  </li>`;
}

/** Only where there is something to search through: a handful is seen at a glance. */
function renderFilters(frame: Frame, list: ServiceList): Html {
  const { t } = frame.texts;
  const groups = consentGroups.map((group) => ({ value: group, label: t(`group-${group}`) }));
  return html`<form class="filters" method="get" action="${safeUrl(list.url)}" role="search">
    <div class="field">
      <label for="q">${t('account-search')}</label>
      <input class="input" id="q" name="q" type="search" maxlength="80" value="${list.words}" />
    </div>
    ${renderSelect({ name: 'state', label: t('account-filter-state'), choices: [{ value: '', label: t('group-all') }, ...groups], chosen: list.group })}
    <button class="button button-second" type="submit">${t('activity-show')}</button>
  </form>`;
}

const filtersFrom = 4;

function renderServices(frame: Frame, list: ServiceList): Html {
  const { t } = frame.texts;
  const { count, items } = list;
  const isFiltered = list.words !== '' || list.group !== null;
  if (count === 0 && !isFiltered) {
    return html`<section aria-labelledby="services">
      <h2 id="services" class="section-title">${t('account-services')}</h2>
      <p class="empty">${t('account-no-services')}</p>
    </section>`;
  }
  const rows = html`<ul class="rows">
    ${items.map((service) => renderService(frame, service))}
  </ul>`;
  return html`<section aria-labelledby="services">
    <div class="section-head">
      <h2 id="services">${t('account-services')}</h2>
      <p class="muted small">${t('account-service-count', { count })}</p>
    </div>
    ${(isFiltered || count >= filtersFrom) && renderFilters(frame, list)}
    ${count === 0 ? html`<p class="empty section-body">${t('account-none-found')}</p>` : rows}
    ${renderListPages(frame, { first: toWay(list.firstUrl, t('list-first')), more: toWay(list.moreUrl, t('account-more-services')) })}
  </section>`;
}

function renderEnding(frame: Frame, ending: readonly Ending[]): Html | null {
  const { texts, dates } = frame;
  return ending.length === 0
    ? null
    : html`<h2>${texts.t('account-ending')}</h2>
        <ul class="rows">
          ${ending.map(
            ({ purpose, endsAt, url }) =>
              html`<li class="row">
                <div>
                  <p class="row-title">
                    <a href="${safeUrl(url)}"><bdi>${purpose}</bdi></a>
                  </p>
                  <p class="row-text">${toRichText(texts, 'account-ends', { slots: { date: dates.shortDay(endsAt) } })}</p>
                </div>
              </li>`,
          )}
        </ul>`;
}

const latestLooks = {
  self: { icon: 'tick', tone: '', title: 'account-latest' },
  authority: { icon: 'scales', tone: ' notice-care', title: 'account-latest-authority' },
} as const;

/** After a decision the way led straight on to the service: here its receipt waits (ADR-0026). What an authority ordered is not called theirs. */
function renderLatest(frame: Frame, item: LatestDecision): Html {
  const { t } = frame.texts;
  const { icon, tone, title } = latestLooks[item.actedBy];
  return html`<section class="notice${tone}" aria-labelledby="latest">
    ${renderIcon(icon)}
    <div>
      <h2 id="latest">${t(title)}</h2>
      <p>${toActivityTitle(frame, item)}${item.purpose !== null && html` · <bdi>${item.purpose}</bdi>`}</p>
      ${item.receipt !== null && html`<p>${renderReceiptLink(frame.texts, item.receipt)}</p>`}
      <p>${t('account-latest-where')}</p>
    </div>
  </section>`;
}

function renderEndingSoon(frame: Frame, ending: Ending): Html {
  const { texts, dates } = frame;
  const text = toRichText(texts, 'account-ends-soon-text', {
    values: { purpose: ending.purpose },
    slots: { date: dates.day(ending.endsAt) },
  });
  return html`<section class="notice notice-care" aria-labelledby="ending">
    ${renderIcon('clock')}
    <div>
      <h2 id="ending">${texts.t('account-ends-soon', { time: toDurationText(texts, `P${ending.days}D`) })}</h2>
      <p>${text}</p>
      <p><a href="${safeUrl(ending.url)}">${texts.t('account-ends-soon-show')}</a></p>
    </div>
  </section>`;
}

/** One notice a page at most: what was just decided, or else what needs a thought soon. */
function renderNotice(frame: Frame, page: AccountPage): Html | null {
  if (page.latest !== null) {
    return renderLatest(frame, page.latest);
  }
  return page.endingSoon === null ? null : renderEndingSoon(frame, page.endingSoon);
}

function renderHead(frame: Frame, page: AccountPage): Html {
  const { texts, dates } = frame;
  const last =
    page.lastSignInAt !== null &&
    html`<p class="muted">${toRichText(texts, 'account-last-sign-in', { slots: { date: dates.moment(page.lastSignInAt) } })}</p>`;
  return html`<div class="page-head">
    <h1>${texts.t('account-heading', { name: page.givenName })}</h1>
    ${last}
    <p class="small"><a href="${safeUrl(page.switchUrl)}" data-action="switch">${texts.t('account-switch')}</a></p>
  </div>`;
}

export function renderAccountPage(frame: Frame, page: AccountPage): string {
  const { t } = frame.texts;
  const places = frame.signedIn?.places;
  const activity =
    page.activity.length > 0 &&
    html`<section aria-labelledby="recent">
      <div class="section-head">
        <h2 id="recent">${t('account-activity')}</h2>
        ${places !== undefined && html`<p><a href="${safeUrl(places.activity)}">${t('account-all-activity')}</a></p>`}
      </div>
      ${renderActivity(frame, page.activity)}
    </section>`;
  return renderLayout(frame, {
    title: t('account-title'),
    place: 'account',
    main: html`${renderHead(frame, page)}
      <div class="split">
        <div class="stack-wide">${renderNotice(frame, page)}${renderServices(frame, page.services)}${activity}</div>
        <aside class="aside">
          <h2>${t('account-passkeys')}</h2>
          ${renderPasskeys(frame, page.passkeys)}
          ${
            places !== undefined &&
            html`<p class="event-links"><a href="${safeUrl(places.security)}">${t('account-manage-security')}</a></p>`
          }
          ${page.alerts.count > 0 && html`<p class="event-links"><a href="${safeUrl(page.alerts.url)}" data-action="notices">${t('alerts-lately', { count: page.alerts.count })}</a></p>`}
          ${renderEnding(frame, page.ending)}
          <h2>${t('account-do')}</h2>
          ${page.actions.map(({ url, text }) => html`<p class="event-links"><a href="${safeUrl(url)}">${t(text)}</a></p>`)}
        </aside>
      </div>`,
  });
}
