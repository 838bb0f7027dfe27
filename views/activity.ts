// What happened to a person's data, newest first, as an upright thread.

import { toNameInSentence } from './agency-name.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { IconName } from './icons.ts';
import type { ActivityItem, ActivityKind, Frame } from './models.ts';

const icons: Readonly<Record<ActivityKind, IconName>> = {
  released: 'arrow',
  given: 'tick',
  notified: 'scales',
  refused: 'barred',
  withdrawn: 'cross',
  'signed-in': 'key',
};

function renderItem(frame: Frame, item: ActivityItem): Html {
  const { texts, dates } = frame;
  const agency = toNameInSentence(texts.language, item.agencyName);
  const title = texts.t(`activity-${item.kind}`, { agency, service: item.serviceName, count: item.attributeCount });
  return html`<li>
    ${renderIcon(icons[item.kind])}
    <p class="event-time">${dates.moment(item.at)}</p>
    <p class="event-title">${title}</p>
    ${item.purpose !== null && html`<p><bdi>${item.purpose}</bdi></p>`}
  </li>`;
}

export function renderActivity(frame: Frame, items: readonly ActivityItem[]): Html {
  return html`<ol class="thread">
    ${items.map((item) => renderItem(frame, item))}
  </ol>`;
}
