// What an agency owes a person after they took something back: what was asked, whether it knows, until when, and what it answered.

import type { DutyItem } from './duty-model.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { IconName } from './icons.ts';
import type { MessageKey } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { toRichText } from './rich-text.ts';

const looks: Readonly<Record<DutyItem['state'], { readonly icon: IconName; readonly tone: string }>> = {
  open: { icon: 'clock', tone: 'state-care' },
  acknowledged: { icon: 'clock', tone: 'state-care' },
  erased: { icon: 'tick', tone: 'state-good' },
  kept: { icon: 'scales', tone: 'state-law' },
  overdue: { icon: 'barred', tone: 'state-stop' },
};

function renderDated(frame: Frame, key: MessageKey, date: Html): Html {
  return html`<p class="row-text">${toRichText(frame.texts, key, { slots: { date } })}</p>`;
}

function renderClock(frame: Frame, duty: DutyItem): Html {
  const { texts, dates } = frame;
  const due = renderDated(frame, 'duty-due', dates.day(duty.dueAt));
  return html`${due} ${duty.daysLeft !== null && html`<p class="row-text">${texts.t('duty-days', { count: duty.daysLeft })}</p>`}
  ${duty.state === 'overdue' && html`<p class="row-text">${texts.t('duty-overdue-text')}</p>`}`;
}

function renderAnswer(frame: Frame, { answeredAt, article }: DutyItem): Html {
  return html`${answeredAt !== null && renderDated(frame, 'duty-answered', frame.dates.moment(answeredAt))}
  ${
    article !== null &&
    html`<p class="row-text">${frame.texts.t('duty-article')}</p>
      <blockquote dir="auto">${article}</blockquote>`
  }`;
}

function renderTold(frame: Frame, { told }: DutyItem): Html {
  return told.how === 'told'
    ? renderDated(frame, 'duty-told', frame.dates.moment(told.at))
    : html`<p class="row-text">${frame.texts.t(`duty-${told.how}`)}</p>`;
}

/** One line of state, then the facts. A program finds it by `data-duty` and its state. */
export function renderDuty(frame: Frame, duty: DutyItem): Html {
  const { t } = frame.texts;
  const { icon, tone } = looks[duty.state];
  const isAnswered = duty.state === 'erased' || duty.state === 'kept';
  return html`<div class="notice" data-duty="${duty.state}">
    <div>
      <p><span class="state ${tone}">${renderIcon(icon)}${t(`duty-state-${duty.state}`)}</span></p>
      <p>${t(`duty-asked-${duty.kind}`)}</p>
      ${renderTold(frame, duty)} ${isAnswered ? null : renderClock(frame, duty)} ${renderAnswer(frame, duty)}
    </div>
  </div>`;
}

/** Nothing where nothing is owed. `under` is the heading that stands above. */
export function renderDuties(frame: Frame, duties: readonly DutyItem[], under: 'page' | 'section'): Html | null {
  const title = frame.texts.t('duty-title');
  const heading = under === 'page' ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`;
  return duties.length === 0 ? null : html`${heading} ${duties.map((duty) => renderDuty(frame, duty))}`;
}
