// What happened to a person's data, newest first, as an upright thread.

import { toNameInSentence } from './agency-name.ts';
import type { ActivityItem, ActivityKind } from './activity-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { IconName } from './icons.ts';
import type { Texts } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { renderReceiptLink } from './parts.ts';

const icons: Readonly<Record<ActivityKind, IconName>> = {
  released: 'arrow',
  refreshed: 'arrow',
  given: 'tick',
  notified: 'scales',
  refused: 'barred',
  withdrawn: 'cross',
  renewed: 'tick',
  narrowed: 'dash',
  paused: 'bars',
  resumed: 'tick',
  deferred: 'clock',
  expired: 'clock',
  revoked: 'barred',
  invalidated: 'barred',
  'over-asked': 'barred',
  denied: 'barred',
  'signed-in': 'key',
  'session-started': 'key',
  'session-ended': 'cross',
  'passkey-added': 'key',
  'passkey-raised': 'tick',
  'level-code-made': 'key',
  'passkey-suspended': 'barred',
  'passkey-renamed': 'key',
  'passkey-removed': 'cross',
  'recovery-begun': 'clock',
  'recovery-ready': 'clock',
  'recovery-approved': 'person',
  'recovery-cancelled': 'cross',
  'recovery-refused': 'barred',
  'recovery-expired': 'clock',
  'recovery-completed': 'key',
  'details-changed': 'person',
  invited: 'person',
  'invited-again': 'key',
  proofed: 'person',
  'looked-up': 'person',
  'document-differed': 'care',
  'status-changed': 'person',
  frozen: 'barred',
  'unfreeze-begun': 'clock',
  unfrozen: 'tick',
  'order-lifted': 'clock',
  disowned: 'barred',
  'case-noted': 'person',
  'case-closed': 'tick',
  'freeze-code-made': 'key',
  unmasked: 'person',
  'breach-listed': 'care',
  'found-in-case': 'person',
  reported: 'person',
  answered: 'person',
};

export function toActivityIcon(kind: ActivityKind): IconName {
  return icons[kind];
}

export function toList(texts: Texts, labels: readonly string[]): string {
  return new Intl.ListFormat(texts.language === 'ar' ? 'ar' : 'en-GB', { type: 'unit' }).format(labels);
}

export function toActivityTitle({ texts }: Frame, item: ActivityItem): string {
  const agency = toNameInSentence(texts.language, item.service?.agencyName ?? '');
  return texts.t(`activity-${item.kind}`, {
    agency,
    service: item.service?.serviceName ?? '',
    case: item.caseNumber ?? '',
    count: item.attributeLabels.length,
  });
}

/** `all` where the thread is the page: the details shared, the receipt, the way to the service. */
export type ActivityDetail = 'all' | 'short';

export function renderActivityNote({ texts }: Frame, { note }: ActivityItem): Html | null {
  return note === null || note === undefined ? null : html`<p>${texts.t(note)}</p>`;
}

function renderAll(frame: Frame, item: ActivityItem): Html {
  const { texts } = frame;
  const { t } = texts;
  const title = toActivityTitle(frame, item);
  const labels = item.attributeLabels.length > 0 && html`<p>${toList(texts, item.attributeLabels)}</p>`;
  const note = item.kind === 'over-asked' && html`<p>${t('activity-over-asked-text')}</p>`;
  const why = renderActivityNote(frame, item);
  const service = item.service !== null && html`<a href="${safeUrl(item.service.url)}"><bdi>${item.service.serviceName}</bdi></a>`;
  const open =
    item.url !== null &&
    html`<a href="${safeUrl(item.url)}" data-action="open-entry">${t('activity-open')}<span class="hidden-visually">: ${title}</span></a>`;
  const links = html`<p class="event-links">${open}${item.receipt !== null && renderReceiptLink(texts, item.receipt)}${service}</p>`;
  return html`${labels}${note}${why}${links}`;
}

function renderItem(frame: Frame, item: ActivityItem, detail: ActivityDetail): Html {
  const at = detail === 'all' ? frame.dates.time(item.at) : frame.dates.moment(item.at);
  return html`<li>
    ${renderIcon(icons[item.kind])}
    <p class="event-time">${at}</p>
    <p class="event-title">${toActivityTitle(frame, item)}</p>
    ${item.purpose !== null && html`<p><bdi>${item.purpose}</bdi></p>`} ${detail === 'all' && renderAll(frame, item)}
  </li>`;
}

/** `short` names the day of each; with `all` the day stands above. */
export function renderActivity(frame: Frame, items: readonly ActivityItem[], detail: ActivityDetail = 'short'): Html {
  return html`<ol class="thread">
    ${items.map((item) => renderItem(frame, item, detail))}
  </ol>`;
}
