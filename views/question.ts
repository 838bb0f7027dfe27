// One question: its form, and its answer as figures, findings, tables and small charts. Where nothing may be found the page says so in words beside a
// sign, never by colour alone.

import { renderCell, renderCode, renderExact, renderNumber, renderTableRegion, toAuditNav } from './audit-parts.ts';
import type { Named } from './audit-model.ts';
import { renderEvent } from './event-look.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderKeep } from './keep-search.ts';
import { renderChart } from './question-chart.ts';
import { renderQuestionForm, renderQuestionProblems } from './question-form.ts';
import type { QuestionPage, QuestionResult, ShownCell, ShownFigure, ShownTable } from './question-model.ts';
import { renderBack } from './parts.ts';
import { renderWayBack } from './questions.ts';
import { toRichText } from './rich-text.ts';
import { renderShownNotice } from './shown-notice.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import { toDuration, toShare } from './question-values.ts';

type Content = ShownCell['content'];
type Quantity = Extract<Content, { readonly value: number }>;

function renderNames({ texts }: StaffFrame, names: readonly Named[]): Html {
  const shown = names.map((each, at) => html`${at > 0 && texts.t('list-comma')}<bdi title="${each.code}">${each.name}</bdi>`);
  return html`<span class="${names.length > 1 ? 'wide' : ''}">${shown}</span>`;
}

const quantities: Readonly<Record<Quantity['kind'], (frame: StaffFrame, value: number) => Html>> = {
  number: (_, value) => renderNumber(value),
  time: (frame, value) => renderExact(frame, value),
  day: ({ dates }, value) => html`${dates.shortDay(value)}`,
  hour: ({ dates }, value) => html`${dates.shortDay(value)} <span class="muted">${dates.clock(value)}</span>`,
  millis: ({ texts }, value) => html`<bdi>${toDuration(texts, value)}</bdi>`,
  share: (_, value) => renderCode(toShare(value)),
};

function renderText({ kind, text }: Extract<Content, { readonly text: string }>): Html {
  // What somebody wrote, such as a reason, breaks over lines as words do.
  const isSentence = text.length > 24;
  return kind === 'code' && !text.includes(' ') ? renderCode(text) : html`<bdi class="${isSentence ? 'wide' : ''}">${text}</bdi>`;
}

function renderEntryLinks({ texts }: StaffFrame, { count, entries }: Extract<Content, { readonly kind: 'entries' }>): Html {
  const links = entries.map(({ index, url }, at) => html`${at > 0 && ' '}<a href="${safeUrl(url)}">${renderNumber(index)}</a>`);
  const left = count - entries.length;
  return html`<span class="wide">${links} ${left > 0 && html`<span class="muted">${texts.t('found-more', { count: left })}</span>`}</span>`;
}

/** What leads to itself whole needs no room here: "0195e0f9…204c". */
const toShort = (text: string): string => (text.length > 20 ? `${text.slice(0, 8)}…${text.slice(-4)}` : text);

function renderValue(frame: StaffFrame, { content }: ShownCell): Html | false {
  if ('value' in content) {
    return quantities[content.kind](frame, content.value);
  }
  if ('text' in content) {
    return renderText(content);
  }
  if ('named' in content) {
    return renderNames(frame, content.named);
  }
  if (content.kind === 'entries') {
    return renderEntryLinks(frame, content);
  }
  return content.kind === 'type' && renderEvent(frame.texts, content.type);
}

function renderLinked(frame: StaffFrame, cell: ShownCell): Html | false {
  const { content, url } = cell;
  if (url !== null && content.kind === 'code') {
    return html`<a href="${safeUrl(url)}" title="${content.text}">${renderCode(toShort(content.text))}</a>`;
  }
  const value = renderValue(frame, cell);
  return value !== false && url !== null ? html`<a href="${safeUrl(url)}">${value}</a>` : value;
}

function renderFigure(frame: StaffFrame, figure: ShownFigure): Html {
  const { t } = frame.texts;
  const { name, cell, isZero } = figure;
  const verdict =
    isZero !== null &&
    html`<span class="state ${isZero ? 'state-good' : 'state-stop'}"
      >${renderIcon(isZero ? 'tick' : 'care')}<span>${t(isZero ? 'question-zero' : 'question-not-zero')}</span></span
    >`;
  return html`<div class="figure" data-figure="${name}">
    <dt>${t(`figure-${name}`)}</dt>
    <dd><span class="figure-value">${renderLinked(frame, cell)}</span> ${verdict}</dd>
  </div>`;
}

function renderFindings({ texts }: StaffFrame, { findings }: QuestionResult): Html | false {
  const { t } = texts;
  const items = findings.map(({ name, holds }) => {
    const look = holds ? 'state-good' : 'state-stop';
    return html`<li data-finding="${name}" data-holds="${String(holds)}">
      <span class="state ${look}"
        >${renderIcon(holds ? 'tick' : 'care')}<span>${t(holds ? 'question-holds' : 'question-fails')}</span></span
      >
      <span>${t(`finding-${name}-${holds ? 'holds' : 'fails'}`)}</span>
    </li>`;
  });
  return (
    items.length > 0 &&
    html`<ul class="findings">
      ${items}
    </ul>`
  );
}

/** What is wrong stands out beside a sign, not by colour alone. */
function renderFlaws({ content }: ShownCell): Html | false {
  const texts = 'text' in content ? [content.text] : [];
  const names = 'named' in content ? content.named.map(({ name }) => name) : texts;
  const items = names.map(
    (name) =>
      html`<li>
        <span class="state state-stop">${renderIcon('care')}<span>${name}</span></span>
      </li>`,
  );
  return (
    items.length > 0 &&
    html`<ul class="tight">
      ${items}
    </ul>`
  );
}

function renderRows(frame: StaffFrame, table: ShownTable): readonly Html[] {
  const { texts } = frame;
  const hasEntries = table.rows.some(({ entriesUrl }) => entriesUrl !== null);
  return table.rows.map(({ cells, entriesUrl }) => {
    const link = entriesUrl !== null && html`<a href="${safeUrl(entriesUrl)}">${texts.t('question-open-entries')}</a>`;
    const shown = table.columns.map((column, at) => {
      const cell = cells[at];
      const render = column === 'flaw' ? renderFlaws : (each: ShownCell) => renderLinked(frame, each);
      return renderCell(texts, `column-${column}`, cell === undefined ? false : render(cell));
    });
    return html`<tr>
      ${shown} ${hasEntries && html`<td class="cell-link">${link}</td>`}
    </tr>`;
  });
}

export function renderAnswerTable(frame: StaffFrame, table: ShownTable): Html {
  const { texts } = frame;
  const { t } = texts;
  const name = t(`table-${table.name}`);
  const hasEntries = table.rows.some(({ entriesUrl }) => entriesUrl !== null);
  const heads = [
    ...table.columns.map((column) => t(`column-${column}`)),
    ...(hasEntries ? [html`<span class="hidden-visually">${t('question-open-entries')}</span>`] : []),
  ];
  const chart = table.chart !== null && renderChart(texts, table.chart, t('question-chart', { table: name }));
  const rows =
    table.rows.length === 0
      ? html`<p class="empty">${t('question-empty')}</p>`
      : html`${chart} ${renderTableRegion(name, heads, renderRows(frame, table))}`;
  return html`<div class="stack" data-table="${table.name}">
    <h3 id="table-${table.name}">${name}</h3>
    ${rows} ${table.isCut && html`<p class="small muted">${t('question-cut')}</p>`}
  </div>`;
}

function renderEnd({ texts, officer }: StaffFrame, { nextUrl, firstUrl, downloads, packUrl }: QuestionResult): Html {
  const { t } = texts;
  const link = (url: string | null, label: string): Html | false =>
    url !== null && html`<a class="button button-text" href="${safeUrl(url)}">${label}</a>`;
  const files = html`<div class="actions">
    <a class="button button-second" href="${safeUrl(downloads.csv)}" data-action="download-csv">${t('question-csv')}</a>
    <a class="button button-second" href="${safeUrl(downloads.jsonl)}" data-action="download-jsonl">${t('question-jsonl')}</a>
    ${packUrl !== null && html`<a class="button button-second" href="${safeUrl(packUrl)}" data-action="pack">${t('question-pack')}</a>`}
  </div>`;
  return html`<div class="pages">
    ${officer.role !== 'expert' && files}
    <div class="actions">${link(firstUrl, t('question-first'))} ${link(nextUrl, t('question-next'))}</div>
  </div>`;
}

function renderResult(frame: StaffFrame, result: QuestionResult): Html {
  const { texts } = frame;
  const asOf = toRichText(texts, 'entries-as-of', { values: { size: result.head?.size ?? 0 } });
  const figures =
    result.figures.length > 0 && html`<dl class="figures">${result.figures.map((figure) => renderFigure(frame, figure))}</dl>`;
  return html`<section class="stack-wide" aria-labelledby="result" data-as-of="${result.head?.size ?? 0}">
    <div class="section-head">
      <h2 id="result">${texts.t('question-result')}</h2>
      <p class="muted small">${asOf}</p>
    </div>
    ${renderFindings(frame, result)} ${figures} ${result.notice !== null && renderShownNotice(texts, result.notice, 'open')}
    ${result.tables.map((table) => renderAnswerTable(frame, table))} ${renderEnd(frame, result)}
    ${frame.officer.role !== 'expert' && renderKeep(texts, result.keep)}
  </section>`;
}

const listedBy: readonly string[] = ['service', 'from', 'to'];

/** From the extent of a breach to the people who have to be told of it. */
function renderTelling({ texts }: StaffFrame, { name, inCase, fields, result }: QuestionPage): Html | false {
  if (name !== 'breach-scope' || inCase === null || result === null) {
    return false;
  }
  const asked = fields.filter((field) => listedBy.includes(field.name)).map((field): [string, string] => [field.name, field.typed]);
  const url = `${inCase.url}/breach?${new URLSearchParams(asked).toString()}`;
  return html`<p class="actions">
    <a class="button button-second" href="${safeUrl(url)}" data-action="breach-list">${texts.t('breach-from-question')}</a>
  </p>`;
}

export function renderQuestionPage(frame: StaffFrame, page: QuestionPage): string {
  const { texts } = frame;
  const { t } = texts;
  const isRefused = page.problems.length > 0;
  const title = t(`question-${page.name}-title`);
  return renderStaffLayout(frame, {
    title,
    nav: toAuditNav(texts, page.inCase === null ? 'questions' : 'cases'),
    main: html`${renderBack(page.listUrl, renderWayBack(frame, page.inCase))} ${isRefused && renderQuestionProblems(texts, page)}
      <div class="page-head">
        <h1>${title}</h1>
        <p class="lead">${t(`question-${page.name}-meaning`)}</p>
        <p class="muted">${t('question-limits')}: ${t(`question-${page.name}-limit`)}</p>
      </div>
      <div class="stack-wide">
        <section class="stack" aria-labelledby="asked">
          <h2 id="asked">${t('question-fields')}</h2>
          ${renderQuestionForm(texts, page)}
        </section>
        ${page.result !== null && renderResult(frame, page.result)} ${renderTelling(frame, page)}
        ${page.result === null && !isRefused && html`<p class="empty">${t('question-nothing-yet')}</p>`}
      </div>`,
  });
}
