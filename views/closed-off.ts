// What a person reads when everything is closed. Somebody in fear reads this page: what is safe now comes first.

import { toDaysText } from './durations.ts';
import { renderList } from './freeze.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Frame } from './models.ts';
import type { ClosedOffPage } from './protection-model.ts';

function renderCaseNumber({ texts: { t } }: Frame, caseNumber: string | null): Html | false {
  return (
    caseNumber !== null &&
    html`<dl class="facts">
        <div>
          <dt>${t('closed-off-case')}</dt>
          <dd>
            <strong><bdi class="code" dir="ltr" data-case>${caseNumber}</bdi></strong>
          </dd>
        </div>
      </dl>
      <p>${t('closed-off-keep')}</p>`
  );
}

const leads = { already: 'frozen-was-already', beneath: 'frozen-was-beneath', ended: 'closed-off-ended' } as const;

function renderNext(frame: Frame, { was, delayHours }: ClosedOffPage): Html {
  const { t } = frame.texts;
  if (was === 'beneath') {
    return renderList(frame, ['closed-off-next-1', 'frozen-beneath-next']);
  }
  return html`<ul class="plain-list">
      <li>${t('closed-off-next-1')}</li>
      <li>${t('closed-off-next-2')}</li>
      <li>${t('closed-off-next-3')}</li>
      <li>${t('freeze-open-delay', { duration: toDaysText(frame.texts, delayHours) })}</li>
    </ul>
    <p class="actions">
      <a class="button button-second" href="/recover">${t('to-recover')}</a>
      <a class="button button-second" href="/unfreeze">${t('to-unfreeze')}</a>
    </p>`;
}

/** What is safe now, then the number to keep, then the way back. */
export function renderClosedOffPage(frame: Frame, page: ClosedOffPage): string {
  const { caseNumber, was } = page;
  const { t } = frame.texts;
  const title = caseNumber === null ? 'frozen' : 'closed-off';
  const isEnded = was === 'ended';
  const heading = t(isEnded ? 'closed-off-ended-title' : `${title}-title`);
  return renderLayout(frame, {
    title: heading,
    main: html`<div class="column stack" data-frozen="${was}">
      <h1>${heading}</h1>
      ${!isEnded && html`<p class="lead">${t(`${title}-lead`)}</p>`} ${was !== 'open' && html`<p>${t(leads[was])}</p>`}
      ${renderCaseNumber(frame, caseNumber)}
      ${
        !isEnded &&
        html`<h2>${t('closed-off-done')}</h2>
          ${renderList(frame, ['closed-off-done-1', 'closed-off-done-2', 'closed-off-done-3'])}
          <h2>${t('closed-off-next')}</h2>
          ${renderNext(frame, page)}`
      }
    </div>`,
  });
}
