// What the pages of a case share: its number, its state, its scope.

import type { AuditCaseHome, AuditCaseRow } from './audit-case-model.ts';
import { renderCode } from './audit-parts.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { toRichText } from './rich-text.ts';
import type { StaffFrame } from './staff-layout.ts';

const looks = {
  going: { icon: 'clock', tone: 'state-law' },
  closed: { icon: 'tick', tone: '' },
  over: { icon: 'tick', tone: '' },
} as const;

export function renderCaseState({ texts, dates }: StaffFrame, { state, until }: Pick<AuditCaseRow, 'state' | 'until'>): Html {
  const { icon, tone } = looks[state];
  // The last moment belongs to the day before the one that begins with it.
  const shown = dates.shortDay(state === 'closed' ? until : until - 1);
  return html`<span class="state ${tone}"
    >${renderIcon(icon)}${toRichText(texts, `audit-case-${state}`, { slots: { date: shown } })}</span
  >`;
}

export function renderScope({ texts: { t } }: StaffFrame, { scope, agencyName }: Pick<AuditCaseRow, 'scope' | 'agencyName'>): Html {
  return agencyName === null ? html`${t(`audit-case-scope-${scope}`)}` : html`<bdi>${agencyName}</bdi>`;
}

export function renderPeriod({ texts, dates }: StaffFrame, { from, to }: AuditCaseHome['covers']): Html {
  if (from === null && to === null) {
    return html`${texts.t('audit-case-period-any')}`;
  }
  // The last moment belongs to the day before the one that begins with it.
  const slots = { ...(from === null ? {} : { from: dates.shortDay(from) }), ...(to === null ? {} : { to: dates.shortDay(to - 1) }) };
  const open = from === null ? 'audit-case-period-to' : 'audit-case-period-from';
  return toRichText(texts, from !== null && to !== null ? 'audit-case-period-both' : open, { slots });
}

/** Above every page within a case: which one it is. */
export function renderCaseNumber(number: string): Html {
  return renderCode(number);
}
