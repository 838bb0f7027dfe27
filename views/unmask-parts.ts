// What the pages of unmasking share.

import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Texts } from './messages/messages.ts';
import { toRichText } from './rich-text.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { UnmaskPage } from './unmask-model.ts';

const looks = {
  asked: { icon: 'clock', tone: 'state-care' },
  approved: { icon: 'tick', tone: 'state-good' },
  denied: { icon: 'barred', tone: '' },
  expired: { icon: 'clock', tone: '' },
} as const;

export function renderUnmaskState(texts: Texts, state: UnmaskPage['state']): Html {
  const { icon, tone } = looks[state];
  return html`<span class="state ${tone}">${renderIcon(icon)}${texts.t(`unmask-state-${state}`)}</span>`;
}

/** When the person is told of it. */
export function renderTold({ texts, dates }: StaffFrame, later: UnmaskPage['later']): Html {
  return later === null
    ? html`${texts.t('unmask-told-at-once')}`
    : toRichText(texts, 'unmask-told-later', { values: { court: later.court }, slots: { date: dates.shortDay(later.tellAt) } });
}
