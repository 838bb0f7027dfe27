// What was taken out of a case, and the form that asks for more.

import type { ExportField, ExportRow, ExportsPage, ShownExportState } from './audit-export-model.ts';
import { renderCaseNumber } from './audit-case-parts.ts';
import { renderNumber, toAuditNav } from './audit-parts.ts';
import { renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import { renderBack } from './parts.ts';
import { renderRadios, renderSelect } from './select.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

const looks = {
  open: { icon: 'tick', tone: '' },
  waiting: { icon: 'clock', tone: 'state-care' },
  approved: { icon: 'tick', tone: '' },
  denied: { icon: 'care', tone: 'state-care' },
  cancelled: { icon: 'tick', tone: '' },
  ended: { icon: 'clock', tone: '' },
} as const;

export function renderExportState({ texts: { t } }: StaffFrame, state: ShownExportState): Html {
  const { icon, tone } = looks[state];
  return html`<span class="state ${tone}">${renderIcon(icon)}${t(`export-state-${state}`)}</span>`;
}

function renderRow(frame: StaffFrame, row: ExportRow): Html {
  const { texts, dates } = frame;
  return html`<li class="row" data-export>
    <div>
      <h2 class="row-title"><a href="${safeUrl(row.url)}">${texts.t(`export-form-${row.form}`)}</a></h2>
      <p class="row-text">
        ${dates.moment(row.askedAt)} · <bdi>${row.askedBy}</bdi> ·
        <span class="no-break">${texts.t('export-rows')}: ${renderNumber(row.rows)}</span>
      </p>
    </div>
    <div class="row-end row-end-wrap">${renderExportState(frame, row.state)}</div>
  </li>`;
}

function findWrong({ texts: { t } }: StaffFrame, { problems }: ExportsPage, field: ExportField): string | null {
  const found = problems.find((problem) => problem.field === field);
  return found === undefined ? null : t(`export-problem-${found.problem}`);
}

function renderSummary({ texts: { t } }: StaffFrame, { problems }: ExportsPage): Html | false {
  return (
    problems.length > 0 &&
    html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="request/invalid">
      <h2>${t('export-problems')}</h2>
      <ul>
        ${problems.map(({ field, problem }) => html`<li><a href="#${field}">${t(`export-problem-${problem}`)}</a></li>`)}
      </ul>
    </div>`
  );
}

const inputs = {
  record: { type: 'text', longest: 40, dir: 'ltr', hint: null },
  person: { type: 'text', longest: 40, dir: 'ltr', hint: 'export-person-hint' },
  from: { type: 'date', longest: 10, dir: 'ltr', hint: null },
  to: { type: 'date', longest: 10, dir: 'ltr', hint: null },
  recipient: { type: 'text', longest: 120, dir: 'auto', hint: null },
  reason: { type: 'text', longest: 120, dir: 'auto', hint: 'export-reason-hint' },
} as const;

function renderText(frame: StaffFrame, page: ExportsPage, name: keyof typeof inputs): Html {
  const { t } = frame.texts;
  const { dir, hint, longest, type } = inputs[name];
  const wrong = findWrong(frame, page, name);
  const described = [...(hint === null ? [] : [`${name}-hint`]), ...(wrong === null ? [] : [`${name}-error`])].join(' ');
  return html`<div class="field">
    <label for="${name}">${t(`export-${name}`)}</label>
    ${hint !== null && html`<p class="hint" id="${name}-hint">${t(hint)}</p>`} ${wrong !== null && renderFieldError(`${name}-error`, wrong)}
    <input
      class="input"
      id="${name}"
      name="${name}"
      type="${type}"
      value="${page.typed.get(name) ?? ''}"
      maxlength="${longest}"
      dir="${dir}"
      autocomplete="off"
      aria-describedby="${described}"
      aria-invalid="${wrong === null ? 'false' : 'true'}"
    />
  </div>`;
}

function renderForm(frame: StaffFrame, page: ExportsPage): Html {
  const { t } = frame.texts;
  const forms = page.forms.map((value) => ({ value, label: t(`export-choice-${value}`) }));
  const chosen = page.typed.get('form') ?? 'pack';
  const services = [{ value: '', label: t('export-service-any') }, ...page.services];
  return html`<form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
    ${renderToken(page.form)}
    ${renderRadios({ name: 'form', label: t('export-form'), choices: forms, chosen, wrong: findWrong(frame, page, 'form') })}
    ${renderSelect({
      name: 'service',
      label: t('export-service'),
      choices: services,
      chosen: page.typed.get('service') ?? '',
      wrong: findWrong(frame, page, 'service'),
    })}
    ${(['record', 'person', 'from', 'to', 'recipient', 'reason'] as const).map((name) => renderText(frame, page, name))}
    <p class="hint">${t('export-ask-hint', { count: page.aloneLimit.toLocaleString('en-GB') })}</p>
    <p class="actions"><button class="button" type="submit" data-action="ask">${t('export-ask')}</button></p>
  </form>`;
}

export function renderExportsPage(frame: StaffFrame, page: ExportsPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('exports-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    main: html`${renderBack(page.caseUrl, renderCaseNumber(page.number))}
      <div class="column stack">
        <h1>${t('exports-title')}</h1>
        ${renderSummary(frame, page)}
        <p class="lead">${t('exports-lead')}</p>
        ${
          page.exports.length === 0
            ? html`<p class="empty">${t('exports-none')}</p>`
            : html`<ul class="rows">
                ${page.exports.map((row) => renderRow(frame, row))}
              </ul>`
        }
        <h2>${t('export-new')}</h2>
        ${renderForm(frame, page)}
      </div>`,
  });
}
