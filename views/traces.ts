// The developers' desk: one request by its number, and those that were refused lately.

import type { FilterOption } from './audit-model.ts';
import { renderCell, renderExact, renderFacts, renderTableRegion } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { MessageKey, Texts } from './messages/messages.ts';
import { renderMore } from './parts.ts';
import { toRichText } from './rich-text.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { TraceField, TraceRow, TracesPage } from './trace-model.ts';
import { renderAnswer, renderReference, renderRule } from './trace-parts.ts';
import { toRuleWords } from './trace-words.ts';

function renderFind({ texts }: StaffFrame): Html {
  const { t } = texts;
  return html`<section class="stack" aria-labelledby="find">
    <h2 id="find">${t('trace-find')}</h2>
    <form class="stack" method="get" action="/office/requests">
      <div class="field">
        <label for="number">${t('trace-number')}</label>
        <p class="small muted" id="number-hint">${toRichText(texts, 'trace-number-hint')}</p>
        <input
          class="input input-short"
          id="number"
          name="number"
          dir="ltr"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          maxlength="20"
          required
          aria-describedby="number-hint"
        />
      </div>
      <p class="actions"><button class="button" type="submit" data-action="find-request">${t('trace-find-button')}</button></p>
    </form>
  </section>`;
}

function renderOption({ value, label }: FilterOption, typed: string): Html {
  return value === typed ? html`<option value="${value}" selected>${label}</option>` : html`<option value="${value}">${label}</option>`;
}

type Choices = { readonly field: TraceField; readonly options: readonly FilterOption[] };

function renderSelect({ t }: Texts, { typed }: TracesPage, { field, options }: Choices): Html {
  const chosen = typed.get(field) ?? '';
  return html`<div class="field">
    <label for="${field}">${t(`trace-${field}`)}</label>
    <select class="input" id="${field}" name="${field}">
      ${options.map((option) => renderOption(option, chosen))}
    </select>
  </div>`;
}

function renderDay({ t }: Texts, { typed }: TracesPage, field: 'from' | 'to'): Html {
  return html`<div class="field">
    <label for="${field}">${t(`trace-${field}`)}</label>
    <input class="input" id="${field}" name="${field}" type="date" dir="ltr" value="${typed.get(field) ?? ''}" />
  </div>`;
}

const toAll = ({ t }: Texts, key: MessageKey): FilterOption => ({ value: '', label: t(key) });

function renderFilters(texts: Texts, page: TracesPage): Html {
  const { t, language } = texts;
  const rules = page.rules.map((rule) => ({ value: rule, label: toRuleWords(language, rule)[0] }));
  const services = [toAll(texts, 'trace-all-services'), ...page.services];
  const kinds = [toAll(texts, 'trace-kind-refused'), { value: 'all', label: t('trace-kind-all') }];
  return html`<form class="filters" method="get" action="${safeUrl(page.url)}" aria-labelledby="list">
    ${page.services.length > 1 && renderSelect(texts, page, { field: 'service', options: services })}
    ${renderSelect(texts, page, { field: 'rule', options: [toAll(texts, 'trace-all-rules'), ...rules] })} ${renderDay(texts, page, 'from')}
    ${renderDay(texts, page, 'to')} ${renderSelect(texts, page, { field: 'kind', options: kinds })}
    <button class="button" type="submit" data-action="search">${t('trace-show')}</button>
  </form>`;
}

const columns = ['trace-time', 'trace-rule', 'trace-service', 'trace-where', 'trace-answer', 'trace-request'] as const;

function renderRow(frame: StaffFrame, row: TraceRow): Html {
  const { texts } = frame;
  return html`<tr data-request="${row.reference}">
    ${renderCell(texts, 'trace-time', renderExact(frame, row.at))} ${renderCell(texts, 'trace-rule', renderRule(texts, row))}
    ${renderCell(texts, 'trace-service', html`<bdi>${row.service.name}</bdi>`)}
    ${renderCell(texts, 'trace-where', html`${texts.t(`trace-at-${row.endpoint}`)}`)}
    ${renderCell(texts, 'trace-answer', renderAnswer(row))} ${renderCell(texts, 'trace-request', renderReference(row))}
  </tr>`;
}

function renderTable(frame: StaffFrame, rows: readonly TraceRow[]): Html {
  const { t } = frame.texts;
  const table = renderTableRegion(
    t('trace-table'),
    columns.map((column) => t(column)),
    rows.map((row) => renderRow(frame, row)),
  );
  return html`<p class="table-hint">${t('entries-table-hint')}</p>
    ${table}`;
}

function renderPlaces({ t }: Texts, { url, found }: TracesPage): Html | false {
  const older = found?.olderUrl ?? null;
  const isLater = found?.isLater === true;
  const newest = isLater && html`<a class="button button-text" href="${safeUrl(url)}">${t('trace-newest')}</a>`;
  return (
    (older !== null || isLater) &&
    html`<div class="actions">
      ${newest} ${older !== null && html`<a class="button button-text" href="${safeUrl(older)}">${t('trace-older')}</a>`}
    </div>`
  );
}

function renderList(frame: StaffFrame, page: TracesPage): Html {
  const { texts } = frame;
  const { t } = texts;
  const { found } = page;
  if (found === null) {
    return html`<p class="empty">${t('trace-no-agency')}</p>`;
  }
  const list = found.rows.length === 0 ? html`<p class="empty">${t('trace-none')}</p>` : renderTable(frame, found.rows);
  const since = renderExact(frame, found.passedOver.since);
  const passedOver =
    found.passedOver.count > 0 &&
    html`<div class="notice">
      ${renderIcon('care')}
      <div><p>${toRichText(texts, 'trace-passed-over', { values: { count: found.passedOver.count }, slots: { since } })}</p></div>
    </div>`;
  return html`<section class="stack" aria-labelledby="list">
    <h2 id="list">${t(page.typed.get('kind') === 'all' ? 'trace-list-all' : 'trace-list')}</h2>
    ${renderFilters(texts, page)} ${passedOver} ${list} ${renderPlaces(texts, page)}
  </section>`;
}

const commands = [
  ['desk-work-check', 'huwiya agencies check FILE'],
  ['desk-work-show', 'huwiya agencies show ID'],
] as const;

export function renderTracesPage(frame: StaffFrame, page: TracesPage): string {
  const { t } = frame.texts;
  const works = commands.map(([text, command]) => [t(text), html`<bdi class="code code-long" dir="ltr">${command}</bdi>`] as const);
  return renderStaffLayout(frame, {
    title: t('desk-developer'),
    main: html`<div class="page-head">
        <h1>${t('desk-developer')}</h1>
        <p class="lead">${t('trace-lead')}</p>
        <p class="muted">${t('trace-logged')}</p>
      </div>
      <div class="stack-wide">
        ${page.found !== null && renderFind(frame)} ${renderList(frame, page)}
        <div>${renderMore(t('trace-commands'), renderFacts(works))}</div>
      </div>`,
  });
}
