// One's own work on the first page of the auditor's desk: what waits, one's cases, what the rules found, the searches one keeps.

import { renderFoundState } from './anomalies.ts';
import { renderCaseNumber, renderCaseState, renderScope } from './audit-case-parts.ts';
import type { DeskWork } from './audit-desk-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { toRichText } from './rich-text.ts';
import type { StaffFrame } from './staff-layout.ts';

type Section = { readonly id: string; readonly title: string; readonly content: Html };

function renderSection({ id, title, content }: Section): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}" class="section-title">${title}</h2>
    ${content}
  </section>`;
}

const renderRows = (rows: readonly Html[]): Html =>
  html`<ul class="rows">
    ${rows}
  </ul>`;

export function renderWaiting(frame: StaffFrame, { waiting }: DeskWork): Html {
  const { dates, texts } = frame;
  const rows = waiting.map(({ kind, url, caseNumber, askedBy, askedAt, openUntil }) => {
    const asked = toRichText(texts, 'desk-waiting-by', { slots: { name: html`<bdi>${askedBy}</bdi>`, time: dates.moment(askedAt) } });
    const until = toRichText(texts, 'desk-waiting-until', { slots: { date: dates.shortDay(openUntil) } });
    return html`<li class="row" data-waiting="${kind}">
      <div>
        <p class="row-title"><a href="${safeUrl(url)}">${texts.t(`desk-waiting-${kind}`)} · ${renderCaseNumber(caseNumber)}</a></p>
        <p class="row-text">${asked}</p>
      </div>
      <div class="row-end row-end-wrap">
        <span class="state state-care">${renderIcon('clock')}<span>${until}</span></span>
      </div>
    </li>`;
  });
  const none = html`<p class="muted">${texts.t('desk-waiting-none')}</p>`;
  return renderSection({ id: 'waiting', title: texts.t('desk-waiting'), content: rows.length === 0 ? none : renderRows(rows) });
}

export function renderOwnCases(frame: StaffFrame, { cases, casesUrl }: DeskWork): Html {
  const { t } = frame.texts;
  const rows = cases.map(
    (row) =>
      html`<li class="row" data-own-case>
        <div>
          <p class="row-title"><a href="${safeUrl(row.url)}">${renderCaseNumber(row.number)}</a></p>
          <p class="row-text">${t(`audit-case-basis-${row.basis}`)} · ${renderScope(frame, row)}</p>
        </div>
        <div class="row-end row-end-wrap">${renderCaseState(frame, row)}</div>
      </li>`,
  );
  const content = html`${rows.length === 0 ? html`<p class="muted">${t('desk-cases-none')}</p>` : renderRows(rows)}
    <p class="section-more"><a href="${safeUrl(casesUrl)}">${t('desk-cases-all')}</a></p>`;
  return renderSection({ id: 'cases', title: t('desk-cases'), content });
}

function renderFoundRules(frame: StaffFrame, found: NonNullable<DeskWork['found']>, days: number): Html {
  const { dates, texts } = frame;
  const rows = found.rules.map(
    ({ name, mustBeZero, count, url }) =>
      html`<li class="row" data-found="${name}">
        <p class="row-title"><a href="${safeUrl(url)}">${texts.t(`anomaly-${name}`)}</a></p>
        <div class="row-end">${renderFoundState(texts, { mustBeZero, count })}</div>
      </li>`,
  );
  const none = html`<p>
    <span class="state state-good">${renderIcon('tick')}<span>${texts.t('desk-found-none')}</span></span>
  </p>`;
  return html`${rows.length === 0 ? none : renderRows(rows)}
    <p class="small muted section-more">
      ${toRichText(texts, 'desk-found-about', { values: { days }, slots: { time: dates.moment(found.at) } })}
    </p>`;
}

export function renderFoundAlone(frame: StaffFrame, { found, foundDays, foundUrl }: DeskWork): Html {
  const { t } = frame.texts;
  const content = html`${found === null ? html`<p class="muted">${t('desk-found-going')}</p>` : renderFoundRules(frame, found, foundDays)}
    <p class="section-more"><a href="${safeUrl(foundUrl)}" data-action="anomalies">${t('desk-found-all')}</a></p>`;
  return renderSection({ id: 'found', title: t('desk-found'), content });
}

/** Nothing before the first one. */
export function renderOwnSearches({ texts: { t } }: StaffFrame, { saved, savedUrl }: DeskWork): Html | false {
  const rows = saved.map(
    ({ name, url }) =>
      html`<li class="row">
        <p class="row-title">
          <a href="${safeUrl(url)}"><bdi>${name}</bdi></a>
        </p>
        <span class="row-end">${renderIcon('forward')}</span>
      </li>`,
  );
  const content = html`${renderRows(rows)}
    <p class="section-more"><a href="${safeUrl(savedUrl)}">${t('desk-saved-all')}</a></p>`;
  return rows.length > 0 && renderSection({ id: 'saved', title: t('desk-saved'), content });
}
