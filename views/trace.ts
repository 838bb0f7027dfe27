// One request of a service: what refused it, what to do, what was asked, and the sign-in that it belongs to.

import { renderCode, renderExact, renderFacts, renderNamed } from './audit-parts.ts';
import type { Fact } from './audit-parts.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Texts } from './messages/messages.ts';
import { renderBack } from './parts.ts';
import { toRichText } from './rich-text.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { TracePage, TraceRow } from './trace-model.ts';
import { renderAnswer, renderReference, renderRule, renderStep } from './trace-parts.ts';
import { toRuleWords } from './trace-words.ts';

function renderWords({ t, language }: Texts, { rule }: TraceRow): Html {
  const [means, fix] = rule === null ? [t('trace-went-well'), t('trace-went-well-fix')] : toRuleWords(language, rule);
  return html`<h2>${t('trace-means')}</h2>
    <p>${means}</p>
    <h2>${t('trace-fix')}</h2>
    <p>${fix}</p>`;
}

function toFacts(frame: StaffFrame, { row, detail }: TracePage): readonly Fact[] {
  const { texts } = frame;
  const { t } = texts;
  return [
    [t('trace-time'), renderExact(frame, row.at)],
    [t('trace-service'), renderNamed(row.service)],
    [t('trace-where'), html`${t(`trace-at-${row.endpoint}`)}`],
    [t('trace-answer'), renderAnswer(row)],
    [t('trace-words'), detail !== null && html`<bdi class="code code-long" dir="ltr" lang="en">${detail}</bdi>`],
    [t('trace-rule'), row.rule !== null && renderCode(row.rule)],
    [t('trace-guide'), row.rule !== null && toRichText(texts, 'trace-guide-place')],
  ];
}

function renderValue(texts: Texts, { value, note }: TracePage['asked'][number]): Html {
  const shown = value !== null && html`<bdi class="code code-long" dir="ltr">${value}</bdi>`;
  const said = note !== null && html`<span class="${note === 'given' ? 'muted' : ''}">${toRichText(texts, `trace-note-${note}`)}</span>`;
  return html`${shown} ${said}`;
}

/** Two facts are of the request as a whole and have no name on the wire. */
function renderName({ t }: Texts, { name }: TracePage['asked'][number]): Html {
  if (name === 'authentication' || name === 'others') {
    return html`${t(`trace-fact-${name}`)}`;
  }
  return renderCode(name);
}

function renderAsked(texts: Texts, { asked }: TracePage): Html {
  const { t } = texts;
  const facts = asked.map(
    (fact) =>
      html`<div>
        <dt>${renderName(texts, fact)}</dt>
        <dd>${renderValue(texts, fact)}</dd>
      </div>`,
  );
  return html`<section class="stack" aria-labelledby="asked">
    <h2 id="asked">${t('trace-asked')}</h2>
    ${
      asked.length === 0
        ? html`<p class="muted">${t('trace-asked-nothing')}</p>`
        : html`<p class="muted">${t('trace-asked-lead')}</p>
            <dl class="facts">${facts}</dl>`
    }
  </section>`;
}

function renderVisit(frame: StaffFrame, { visit, row }: TracePage): Html | false {
  const { texts, dates } = frame;
  const { t } = texts;
  const steps = visit.map((each): Fact => {
    const isThis = each.reference === row.reference;
    const number = isThis ? html`${renderCode(each.reference)} (${t('trace-this')})` : renderReference(each);
    const rule = each.rule !== null && html`<br />${renderRule(texts, each)}`;
    const where = html`<span class="small muted">${t(`trace-at-${each.endpoint}`)} · ${number}</span>`;
    return [dates.clock(each.at), html`${renderStep(texts, each)}${rule}<br />${where}`];
  });
  return (
    visit.length > 0 &&
    html`<section class="stack" aria-labelledby="visit">
      <h2 id="visit">${t('trace-sign-in')}</h2>
      <p class="muted">${t('trace-sign-in-lead')}</p>
      ${renderFacts(steps)}
    </section>`
  );
}

export function renderTracePage(frame: StaffFrame, page: TracePage): string {
  const { texts } = frame;
  const { t } = texts;
  const { row } = page;
  return renderStaffLayout(frame, {
    title: t('trace-request-plain', { reference: row.reference }),
    main: html`${renderBack(page.listUrl, t('desk-developer'))}
      <div class="page-head">
        <h1>${toRichText(texts, 'trace-request-title', { values: { reference: row.reference } })}</h1>
        <p>${renderStep(texts, row)}</p>
      </div>
      <div class="pair" data-request="${row.reference}">
        <section class="stack" aria-label="${t('trace-about')}">${renderWords(texts, row)} ${renderFacts(toFacts(frame, page))}</section>
        <div class="stack-wide">${renderAsked(texts, page)} ${renderVisit(frame, page)}</div>
      </div>
      <p class="small muted section-body">${t('trace-logged')}</p>`,
  });
}
