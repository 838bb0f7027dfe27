// The place "activity": everything that happened to the person's data, by day in both calendars, with filters that work as a plain form.

import { renderActivity } from './activity.ts';
import { activityGroups } from './activity-model.ts';
import type { ActivityItem, ActivityPage } from './activity-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Frame } from './models.ts';

type Choice = { readonly value: string; readonly label: string };

function renderOption({ value, label }: Choice, chosen: string | null): Html {
  return value === (chosen ?? '')
    ? html`<option value="${value}" selected>${label}</option>`
    : html`<option value="${value}">${label}</option>`;
}

function renderSelect(name: string, label: string, options: Html): Html {
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <select class="input" id="${name}" name="${name}">
      ${options}
    </select>
  </div>`;
}

function renderFilters(frame: Frame, page: ActivityPage): Html {
  const { t } = frame.texts;
  const services = [
    { value: '', label: t('activity-all-services') },
    ...page.services.map(({ clientId, name }) => ({ value: clientId, label: name })),
  ];
  const groups = [
    { value: '', label: t('activity-all-kinds') },
    ...activityGroups.map((group) => ({ value: group, label: t(`activity-group-${group}`) })),
  ];
  return html`<form class="filters" method="get" action="${safeUrl(page.url)}">
    ${renderSelect('service', t('activity-filter-service'), html`${services.map((choice) => renderOption(choice, page.service))}`)}
    ${renderSelect('kind', t('activity-filter-kind'), html`${groups.map((choice) => renderOption(choice, page.group))}`)}
    <button class="button button-second" type="submit">${t('activity-show')}</button>
  </form>`;
}

/** In the order given: the items come newest first, so the days do too. */
function toDays(frame: Frame, items: readonly ActivityItem[]): readonly (readonly [day: string, items: readonly ActivityItem[]])[] {
  return [...Map.groupBy(items, (item) => frame.dates.dayKey(item.at))];
}

function renderDay(frame: Frame, day: string, items: readonly ActivityItem[]): Html {
  const id = `day-${day}`;
  const [first] = items;
  return html`<section class="day" aria-labelledby="${id}">
    <h2 id="${id}">${first !== undefined && frame.dates.dayHeading(first.at)}</h2>
    ${renderActivity(frame, items, 'all')}
  </section>`;
}

function renderPages(frame: Frame, page: ActivityPage): Html | null {
  const { t } = frame.texts;
  const link = (url: string | null, label: string): Html | null =>
    url === null ? null : html`<a class="button button-second" href="${safeUrl(url)}">${label}</a>`;
  return page.olderUrl === null && page.newestUrl === null
    ? null
    : html`<nav class="pages" aria-label="${t('activity-pages')}">
        ${link(page.newestUrl, t('activity-newest'))} ${link(page.olderUrl, t('activity-older'))}
      </nav>`;
}

export function renderActivityPage(frame: Frame, page: ActivityPage): string {
  const { t } = frame.texts;
  const isFiltered = page.service !== null || page.group !== null;
  const days = toDays(frame, page.items).map(([day, items]) => renderDay(frame, day, items));
  return renderLayout(frame, {
    title: t('place-activity'),
    place: 'activity',
    main: html`<div class="page-head">
        <h1>${t('activity-title')}</h1>
        <p class="lead">${t('activity-lead')}</p>
      </div>
      <div class="column">
        ${renderFilters(frame, page)}
        ${days.length === 0 ? html`<p class="empty section-body">${t(isFiltered ? 'activity-none-found' : 'activity-none')}</p>` : days}
        ${renderPages(frame, page)}
      </div>`,
  });
}
