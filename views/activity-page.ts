// The place "activity": everything that happened to the person's data, by day in both calendars, with filters that work as a plain form.

import { renderActivity } from './activity.ts';
import { activityGroups, activityPeriods } from './activity-model.ts';
import type { ActivityItem, ActivityPage } from './activity-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import { renderListPages, toWay } from './list-pages.ts';
import type { Frame } from './models.ts';
import { toRichText } from './rich-text.ts';
import { renderSelect } from './select.ts';

function renderFilters(frame: Frame, page: ActivityPage): Html {
  const { t } = frame.texts;
  const services = page.services.map(({ clientId, name }) => ({ value: clientId, label: name }));
  const attributes = page.attributes.map(({ name, label }) => ({ value: name, label }));
  const groups = activityGroups.map((group) => ({ value: group, label: t(`activity-group-${group}`) }));
  const periods = activityPeriods.map((period) => ({ value: period, label: t(`activity-period-${period}`) }));
  const all = (label: string) => [{ value: '', label }];
  return html`<form class="filters" method="get" action="${safeUrl(page.url)}">
    ${renderSelect({
      name: 'service',
      label: t('activity-filter-service'),
      choices: [...all(t('activity-all-services')), ...services],
      chosen: page.service,
    })}
    ${renderSelect({
      name: 'attribute',
      label: t('activity-filter-attribute'),
      choices: [...all(t('activity-all-attributes')), ...attributes],
      chosen: page.attribute,
    })}
    ${renderSelect({ name: 'kind', label: t('activity-filter-kind'), choices: [...all(t('activity-all-kinds')), ...groups], chosen: page.group })}
    ${renderSelect({
      name: 'period',
      label: t('activity-filter-period'),
      choices: [...all(t('activity-all-periods')), ...periods],
      chosen: page.period,
    })}
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

const isFiltered = ({ service, attribute, group, period }: ActivityPage): boolean =>
  [service, attribute, group, period].some((chosen) => chosen !== null);

/** What stands under a page that is not full, or has nothing. */
function renderRest(frame: Frame, page: ActivityPage): Html | null {
  const { texts, dates } = frame;
  if (page.lookedBackTo !== null) {
    const slots = { date: dates.day(page.lookedBackTo) };
    return html`<p class="empty section-body">${toRichText(texts, 'activity-looked-back', { slots })}</p>`;
  }
  return page.items.length > 0
    ? null
    : html`<p class="empty section-body">${texts.t(isFiltered(page) ? 'activity-none-found' : 'activity-none')}</p>`;
}

export function renderActivityPage(frame: Frame, page: ActivityPage): string {
  const { t } = frame.texts;
  const days = toDays(frame, page.items).map(([day, items]) => renderDay(frame, day, items));
  const older = t(page.lookedBackTo === null ? 'activity-older' : 'activity-look-further');
  return renderLayout(frame, {
    title: t('place-activity'),
    place: 'activity',
    main: html`<div class="page-head">
        <h1>${t('activity-title')}</h1>
        <p class="lead">${t('activity-lead')}</p>
      </div>
      <div class="column">
        ${renderFilters(frame, page)} ${days} ${renderRest(frame, page)}
        ${renderListPages(frame, { first: toWay(page.newestUrl, t('activity-newest')), more: toWay(page.olderUrl, older) })}
      </div>`,
  });
}
