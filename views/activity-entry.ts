// One entry of the person's thread: who received what, when, why and on what ground; who acted; where it stands in the log.

import { renderActivityNote, toActivityTitle } from './activity.ts';
import type { ActivityEntryPage, ActivityItem } from './activity-model.ts';
import { toDurationText } from './durations.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Frame } from './models.ts';
import { renderBack, renderReceiptLink } from './parts.ts';

type Fact = readonly [label: string, value: Html];

function toGround({ texts }: Frame, { basis, lawReference }: ActivityEntryPage): Html | null {
  if (basis === null) {
    return null;
  }
  const text = basis === 'consent' ? texts.t('entry-ground-consent') : texts.t(`notice-basis-${basis}`);
  return html`<p>${text}</p>
    ${lawReference !== null && html`<p>${texts.t('notice-reference', { reference: lawReference })}</p>`}`;
}

/** Who pressed, and for whom: a service fetches by itself, a person decides, an officer looks; an authority's decision is carried out by others. */
function toActor({ texts }: Frame, { actor, actedBy }: ActivityEntryPage): Html {
  const isFor = actedBy !== null && actedBy !== 'self' && (actor === 'person' || actedBy === 'authority');
  const whom = isFor ? (`entry-acted-${actedBy}` as const) : null;
  return html`${texts.t(whom ?? `entry-actor-${actor}`)}`;
}

function toCheck({ texts: { t } }: Frame, { checked }: ActivityEntryPage): readonly (readonly [string, Html | null])[] {
  return checked === null
    ? []
    : [
        [t('check-by'), checked.by === null ? html`${t('check-by-officer')}` : html`<bdi>${checked.by}</bdi>`],
        [t('check-documents'), html`${checked.documents.map((type) => html`<p>${t(`document-${type}`)}</p>`)}`],
      ];
}

function toFacts(frame: Frame, page: ActivityEntryPage): readonly Fact[] {
  const { texts, dates } = frame;
  const { t } = texts;
  const { service } = page.item;
  const facts: readonly (readonly [string, Html | null])[] = [
    [t('entry-when'), dates.deadline(page.item.at)],
    [
      t('entry-who'),
      service && html`<bdi>${service.agencyName}</bdi> · <a href="${safeUrl(service.url)}"><bdi>${service.serviceName}</bdi></a>`,
    ],
    [t('entry-why'), page.purpose === null ? null : html`<bdi>${page.purpose}</bdi>`],
    [t('entry-ground'), toGround(frame, page)],
    [
      t('term-retention'),
      page.retention === null ? null : html`${t('term-retention-at-most', { duration: toDurationText(texts, page.retention) })}`,
    ],
    [t('entry-actor'), toActor(frame, page)],
    ...toCheck(frame, page),
    [t('receipt-label'), page.item.receipt && html`<p class="event-links">${renderReceiptLink(texts, page.item.receipt)}</p>`],
    [t('entry-index'), page.index === null ? html`${t('entry-index-waits')}` : html`<bdi class="code" dir="ltr">${page.index}</bdi>`],
  ];
  return facts.flatMap(([label, value]): readonly Fact[] => (value === null ? [] : [[label, value]]));
}

const notSent: ReadonlySet<ActivityItem['kind']> = new Set(['over-asked', 'denied']);

function renderAttributes(frame: Frame, page: ActivityEntryPage): Html | null {
  const { t } = frame.texts;
  return page.attributes.length === 0
    ? null
    : html`<h2>${t(`entry-details-${notSent.has(page.item.kind) ? 'asked' : 'shared'}`)}</h2>
        <ul class="rows">
          ${page.attributes.map(
            ({ label, why }) =>
              html`<li class="row">
                <div>
                  <p class="row-title">${label}</p>
                  ${why !== null && html`<p class="row-text"><bdi>${why}</bdi></p>`}
                </div>
              </li>`,
          )}
        </ul>`;
}

function renderWithheld({ texts }: Frame, { withheld }: ActivityEntryPage): Html | null {
  return withheld.length === 0
    ? null
    : html`<h2>${texts.t('entry-details-asked')}</h2>
        <ul class="rows" data-withheld>
          ${withheld.map(
            ({ label, reason }) =>
              html`<li class="row">
                <div>
                  <p class="row-title">${label}</p>
                  <p class="row-text">${texts.t(`withheld-${reason}`)}</p>
                </div>
              </li>`,
          )}
        </ul>`;
}

export function renderActivityEntryPage(frame: Frame, page: ActivityEntryPage): string {
  const { t } = frame.texts;
  const title = toActivityTitle(frame, page.item);
  return renderLayout(frame, {
    title,
    place: 'activity',
    main: html`${renderBack(page.activityUrl, t('place-activity'))}
      <div class="column stack">
        <h1>${title}</h1>
        ${page.item.kind === 'over-asked' && html`<p class="lead">${t('activity-over-asked-text')}</p>`}
        ${renderActivityNote(frame, page.item)}
        <dl class="facts">
          ${toFacts(frame, page).map(
            ([label, value]) =>
              html`<div>
                <dt>${label}</dt>
                <dd>${value}</dd>
              </div>`,
          )}
        </dl>
        ${renderAttributes(frame, page)} ${renderWithheld(frame, page)}
        ${page.reportUrl !== null && html`<p class="event-links"><a href="${safeUrl(page.reportUrl)}" data-action="report">${t('report-link')}</a></p>`}
      </div>`,
  });
}
