// What the pages of the auditor's desk share: their places, words with the technical name beside them, numbers and exact times.

import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Named } from './audit-model.ts';
import type { NavItem } from './layout.ts';
import type { MessageKey, Texts } from './messages/messages.ts';
import type { Frame } from './models.ts';

const places = {
  desk: '/audit',
  cases: '/audit/cases',
  questions: '/audit/questions',
  entries: '/audit/entries',
  anomalies: '/audit/anomalies',
  duties: '/audit/duties',
  log: '/audit/log',
  reports: '/audit/reports',
} as const;
type AuditPlace = keyof typeof places;

export function toAuditNav({ t }: Texts, current: AuditPlace): readonly NavItem[] {
  return (['desk', 'cases', 'questions', 'entries', 'anomalies', 'reports', 'duties', 'log'] as const).map((place) => ({
    label: t(`audit-place-${place}`),
    url: places[place],
    isCurrent: place === current,
  }));
}

/** A digest is longer than a phone is wide, and may break anywhere. */
const longestWhole = 40;

export function renderCode(code: string): Html {
  return html`<bdi class="${code.length > longestWhole ? 'code code-long' : 'code'}" dir="ltr">${code}</bdi>`;
}

/** "1,284,906" in both languages. */
export function renderNumber(value: number): Html {
  return renderCode(value.toLocaleString('en-GB'));
}

/** Words first, what programs call it small behind them. */
export function renderNamed({ name, code }: Named): Html {
  return html`<bdi>${name}</bdi> <span class="small muted">${renderCode(code)}</span>`;
}

/** "19 November 2026 08:40:12": a day and the time of day to the second, each unbroken. */
export function renderExact({ dates }: Frame, at: number): Html {
  return html`<span class="no-break">${dates.shortDay(at)}</span> <span class="no-break muted">${dates.clock(at)}</span>`;
}

export type Fact = readonly [label: string, value: Html | false];

/** Rows of label and value; what does not concern the entry is left out. */
export function renderFacts(facts: readonly Fact[]): Html {
  const shown = facts.filter(([, value]) => value !== false);
  return html`<dl class="facts">
    ${shown.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A cell of a table that a phone shows as cards: it names its column itself. */
export function renderCell({ t }: Texts, column: MessageKey, content: Html | false): Html {
  return content === false
    ? html`<td class="cell-none" data-label="${t(column)}">–</td>`
    : html`<td data-label="${t(column)}">${content}</td>`;
}

/** A table that scrolls by itself where it is wider than the screen; `label` names it for who cannot see it. */
export function renderTableRegion(label: string, heads: readonly (string | Html)[], rows: readonly Html[]): Html {
  return html`<div class="table-region" role="region" aria-label="${label}" tabindex="0">
    <table class="table">
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

export function renderCommands(...commands: readonly string[]): Html {
  return html`<pre class="plain-text" dir="ltr" tabindex="0">${commands.join('\n')}</pre>`;
}
