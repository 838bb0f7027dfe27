// The auditor's page of anomalies: first whether what must never happen did not, then what deserves a look. Each finding says its rule, its numbers, its time,
// and leads to the entries. It is no accusation, and names no person.

import { renderExact, renderFacts, renderNamed, renderNumber, toAuditNav } from './audit-parts.ts';
import type { AnomaliesPage, AnomalyRow, AnomalyRule } from './anomalies-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Texts } from './messages/messages.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function toText(value: number): string {
  return value.toLocaleString('en-GB');
}

const toValues = (numbers: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, toText(value)]));

function renderEntries({ entries }: AnomalyRow): Html {
  return html`<ul class="inline-list">
    ${entries.map(({ index, url }) => html`<li><a href="${safeUrl(url)}">${renderNumber(index)}</a></li>`)}
  </ul>`;
}

function renderRow(frame: StaffFrame, { name }: AnomalyRule, row: AnomalyRow): Html {
  const { t } = frame.texts;
  const { service, purpose, officer } = row;
  return html`<li class="row">
    <div>
      <p class="row-title">${t(`anomaly-${name}-found`, toValues(row.numbers))}</p>
      ${renderFacts([
        [t('anomaly-service'), service !== null && renderNamed(service)],
        [t('anomaly-purpose'), purpose !== null && renderNamed(purpose)],
        [t('anomaly-officer'), officer !== null && html`<bdi>${officer}</bdi>`],
        [t('anomaly-first'), renderExact(frame, row.from)],
        [t('anomaly-last'), row.to !== row.from && renderExact(frame, row.to)],
        [t('anomaly-entries'), renderEntries(row)],
      ])}
    </div>
  </li>`;
}

type Counted = Pick<AnomalyRule, 'mustBeZero'> & { readonly count: number };

function toState({ mustBeZero, count }: Counted): { readonly tone: string; readonly icon: 'tick' | 'barred' | 'care' } {
  if (count === 0) {
    return { tone: 'state-good', icon: 'tick' };
  }
  return mustBeZero ? { tone: 'state-stop', icon: 'barred' } : { tone: 'state-care', icon: 'care' };
}

export function renderFoundState({ t }: Texts, counted: Counted): Html {
  const { tone, icon } = toState(counted);
  const { count } = counted;
  return html`<span class="state ${tone}">${renderIcon(icon)}${count === 0 ? t('anomaly-none') : t('anomaly-count', { count })}</span>`;
}

function renderSummaryRow({ texts }: StaffFrame, rule: AnomalyRule): Html {
  const { t } = texts;
  const count = rule.rows.length;
  const state = renderFoundState(texts, { mustBeZero: rule.mustBeZero, count });
  return html`<li class="row">
    <div>
      <p class="row-title">${count === 0 ? t(`anomaly-${rule.name}`) : html`<a href="#${rule.name}">${t(`anomaly-${rule.name}`)}</a>`}</p>
      <p class="row-text">${t(`anomaly-${rule.name}-rule`, toValues(rule.limits))}</p>
    </div>
    <div class="row-end">${state}</div>
  </li>`;
}

function renderSummary(frame: StaffFrame, key: 'anomaly-never' | 'anomaly-look', rules: readonly AnomalyRule[]): Html {
  return html`<section aria-labelledby="${key}">
    <h2 id="${key}" class="section-title">${frame.texts.t(key)}</h2>
    <ul class="rows">
      ${rules.map((rule) => renderSummaryRow(frame, rule))}
    </ul>
  </section>`;
}

function renderFound(frame: StaffFrame, rule: AnomalyRule): Html | false {
  const { t } = frame.texts;
  const { name, rows, questionUrl } = rule;
  return (
    rows.length > 0 &&
    html`<section aria-labelledby="${name}" data-rule="${name}">
      <h2 id="${name}" class="section-title">${t(`anomaly-${name}`)}</h2>
      <ul class="rows">
        ${rows.map((row) => renderRow(frame, rule, row))}
      </ul>
      ${questionUrl !== null && html`<p class="small"><a href="${safeUrl(questionUrl)}" data-action="question-${name}">${t('anomaly-question')}</a></p>`}
    </section>`
  );
}

function renderPeriods({ texts: { t }, dates }: StaffFrame, { periods, from, to, size }: AnomaliesPage): Html {
  const links = periods.map(({ days, url, isShown }) =>
    isShown
      ? html`<li><b>${t('anomaly-days', { days })}</b></li>`
      : html`<li><a href="${safeUrl(url)}">${t('anomaly-days', { days })}</a></li>`,
  );
  return html`<ul class="inline-list">
      ${links}
    </ul>
    <p class="muted small">${dates.shortDay(from)} – ${dates.shortDay(to)} · ${t('anomaly-size')} ${renderNumber(size)}</p>`;
}

export function renderAnomaliesPage(frame: StaffFrame, page: AnomaliesPage): string {
  const { t } = frame.texts;
  const { rules } = page;
  return renderStaffLayout(frame, {
    title: t('anomaly-title'),
    nav: toAuditNav(frame.texts, 'anomalies'),
    main: html`<div class="page-head">
        <h1>${t('anomaly-title')}</h1>
        <p class="lead">${t('anomaly-lead')}</p>
        ${renderPeriods(frame, page)}
      </div>
      <div class="stack-wide page-body">
        ${renderSummary(
          frame,
          'anomaly-never',
          rules.filter(({ mustBeZero }) => mustBeZero),
        )}
        ${renderSummary(
          frame,
          'anomaly-look',
          rules.filter(({ mustBeZero }) => !mustBeZero),
        )}
        ${rules.map((rule) => renderFound(frame, rule))}
      </div>`,
  });
}
