// By attribute: per detail who may see it now, and when it left last; then one detail with every service that holds a standing permission.

import type { AttributeHolder, AttributePage, AttributesPage, HeldAttribute } from './account-model.ts';
import { toList } from './activity.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import { renderListPages, toWay } from './list-pages.ts';
import type { Frame } from './models.ts';
import { renderBack, renderState } from './parts.ts';
import { toRichText } from './rich-text.ts';

function renderLast({ texts, dates }: Frame, at: number | null): Html | null {
  return at === null
    ? null
    : html`<p class="row-text">${toRichText(texts, 'attributes-last', { slots: { date: dates.shortDay(at) } })}</p>`;
}

function renderHeld(frame: Frame, held: HeldAttribute): Html {
  const { texts } = frame;
  const others = held.count - held.serviceNames.length;
  const names = toList(texts, held.serviceNames);
  return html`<li class="row">
    <div>
      <h2 class="row-title"><a href="${safeUrl(held.url)}">${held.label}</a></h2>
      <p class="row-text"><bdi>${names}</bdi>${others > 0 && html` ${texts.t('attributes-others', { count: others })}`}</p>
      ${renderLast(frame, held.lastReleasedAt)} ${held.sensitive && html`<p class="row-text">${texts.t('service-attribute-sensitive')}</p>`}
    </div>
    <div class="row-end">
      <span class="small">${texts.t('account-service-count', { count: held.count })}</span>${renderIcon('forward', 'chevron')}
    </div>
  </li>`;
}

export function renderAttributesPage(frame: Frame, page: AttributesPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('attributes-title'),
    place: 'account',
    main: html`${renderBack(page.accountUrl, t('place-account'))}
      <div class="page-head">
        <h1>${t('attributes-title')}</h1>
        <p class="lead">${t('attributes-lead')}</p>
      </div>
      <div class="column">
        ${
          page.attributes.length === 0
            ? html`<p class="empty">${t('attributes-none')}</p>`
            : html`<ul class="rows">
                ${page.attributes.map((held) => renderHeld(frame, held))}
              </ul>`
        }
      </div>`,
  });
}

function renderHolder(frame: Frame, holder: AttributeHolder): Html {
  const { texts, dates } = frame;
  return html`<li class="row">
    <div>
      <h2 class="row-title">
        <a href="${safeUrl(holder.url)}"><bdi>${holder.serviceName}</bdi></a>
      </h2>
      <p class="row-text"><bdi>${holder.agencyName}</bdi> · <bdi>${holder.purpose}</bdi></p>
      <p class="row-text">${toRichText(texts, 'account-ends', { slots: { date: dates.day(holder.endsAt) } })}</p>
      ${renderLast(frame, holder.lastReleasedAt)}
    </div>
    <div class="row-end">${renderState(texts, holder.state)}${renderIcon('forward', 'chevron')}</div>
  </li>`;
}

export function renderAttributePage(frame: Frame, page: AttributePage): string {
  const { t } = frame.texts;
  const facts = [
    page.source === null ? t('attribute-own') : t('service-attribute-source', { source: page.source }),
    page.sensitive ? t('service-attribute-sensitive') : null,
  ].filter((fact) => fact !== null);
  return renderLayout(frame, {
    title: t('attribute-title', { name: page.label }),
    place: 'account',
    main: html`${renderBack(page.backUrl, t('attributes-title'))}
      <div class="page-head">
        <h1>${t('attribute-title', { name: page.label })}</h1>
        <p class="lead">${page.explanation}</p>
        <p class="muted">${facts.join(' · ')}</p>
      </div>
      <div class="column stack">
        ${
          page.holders.length === 0
            ? html`<p class="empty">${t('attribute-none')}</p>`
            : html`<ul class="rows">
                ${page.holders.map((holder) => renderHolder(frame, holder))}
              </ul>`
        }
        ${renderListPages(frame, { first: toWay(page.firstUrl, t('list-first')), more: toWay(page.moreUrl, t('list-more')) })}
        <p class="event-links"><a href="${safeUrl(page.activityUrl)}">${t('attribute-activity')}</a></p>
      </div>`,
  });
}
