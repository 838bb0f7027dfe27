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

function renderNext(frame: Frame, { was, delayHours }: ClosedOffPage): Html {
  const { t } = frame.texts;
  if (was === 'beneath') {
    return html`${renderList(frame, ['closed-off-next-1', 'frozen-beneath-next'])}
      <p class="actions"><a class="button button-text" href="/" data-action="home">${t('unfreeze-home')}</a></p>`;
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

/** The page of a notice whose freeze has ended since: what it once promised would be untrue. */
function renderEnded(frame: Frame, { caseNumber }: ClosedOffPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('closed-off-ended-title'),
    main: html`<div class="column stack" data-frozen="ended">
      <h1>${t('closed-off-ended-title')}</h1>
      <p class="lead">${t('closed-off-ended')}</p>
      ${renderCaseNumber(frame, caseNumber)}
      <p class="actions"><a class="button button-second" href="/account/notices">${t('alerts-title')}</a></p>
    </div>`,
  });
}

/** What is safe now, then the number to keep, then the way back. */
export function renderClosedOffPage(frame: Frame, page: ClosedOffPage): string {
  const { caseNumber, was } = page;
  const { t } = frame.texts;
  if (was === 'ended') {
    return renderEnded(frame, page);
  }
  const title = caseNumber === null ? 'frozen' : 'closed-off';
  const done = html`<h2>${t('closed-off-done')}</h2>
    ${renderList(frame, ['closed-off-done-1', 'closed-off-done-2', 'closed-off-done-3'])}`;
  return renderLayout(frame, {
    title: t(`${title}-title`),
    main: html`<div class="column stack" data-frozen="${was}">
      <h1>${t(`${title}-title`)}</h1>
      <p class="lead">${t(`${title}-lead`)}</p>
      ${was !== 'open' && html`<p>${t(`frozen-was-${was}`)}</p>`} ${renderCaseNumber(frame, caseNumber)} ${was !== 'already' && done}
      <h2>${t('closed-off-next')}</h2>
      ${renderNext(frame, page)}
    </div>`,
  });
}
