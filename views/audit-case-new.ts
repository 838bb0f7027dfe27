// The form that opens a case.

import type { CaseField, NewCasePage } from './audit-case-model.ts';
import { toAuditNav } from './audit-parts.ts';
import { renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import { renderBack } from './parts.ts';
import { renderRadios, renderSelect } from './select.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function findWrong({ texts: { t } }: StaffFrame, { problems }: NewCasePage, field: CaseField): string | null {
  const found = problems.find((problem) => problem.field === field);
  return found === undefined ? null : t(`audit-case-problem-${found.problem}`);
}

function renderSummary({ texts: { t } }: StaffFrame, { problems }: NewCasePage): Html | false {
  const items = problems.map(({ field, problem }) => html`<li><a href="#${field}">${t(`audit-case-problem-${problem}`)}</a></li>`);
  return (
    problems.length > 0 &&
    html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="request/invalid">
      <h2>${t('audit-case-problems')}</h2>
      <ul>
        ${items}
      </ul>
    </div>`
  );
}

type TextField = {
  readonly name: 'number' | 'authority' | 'from' | 'to' | 'ends';
  readonly type: 'text' | 'date';
  readonly hint: string | null;
  readonly longest: number;
};

function renderText(frame: StaffFrame, page: NewCasePage, { name, type, hint, longest }: TextField): Html {
  const wrong = findWrong(frame, page, name);
  const described = [...(hint === null ? [] : [`${name}-hint`]), ...(wrong === null ? [] : [`${name}-error`])].join(' ');
  return html`<div class="field">
    <label for="${name}">${frame.texts.t(`audit-case-${name}`)}</label>
    ${hint !== null && html`<p class="hint" id="${name}-hint">${hint}</p>`} ${wrong !== null && renderFieldError(`${name}-error`, wrong)}
    <input
      class="input"
      id="${name}"
      name="${name}"
      type="${type}"
      value="${page.typed.get(name) ?? ''}"
      maxlength="${longest}"
      dir="${name === 'authority' ? 'auto' : 'ltr'}"
      autocomplete="off"
      aria-describedby="${described}"
      aria-invalid="${wrong === null ? 'false' : 'true'}"
    />
  </div>`;
}

function renderScope(frame: StaffFrame, page: NewCasePage): Html {
  const { t } = frame.texts;
  const scopes = page.scopes.map((value) => ({ value, label: t(`audit-case-scope-${value}`) }));
  const agencies = [{ value: '', label: t('audit-case-agency-none') }, ...page.agencies];
  const wrong = (field: CaseField): string | null => findWrong(frame, page, field);
  const [scope, agency] = [page.typed.get('scope') ?? '', page.typed.get('agency') ?? ''];
  return html`${renderRadios({ name: 'scope', label: t('audit-case-scope'), choices: scopes, chosen: scope, wrong: wrong('scope') })}
  ${renderSelect({ name: 'agency', label: t('audit-case-agency'), choices: agencies, chosen: agency, wrong: wrong('agency') })}`;
}

function renderFields(frame: StaffFrame, page: NewCasePage): Html {
  const { t } = frame.texts;
  const bases = page.bases.map((value) => ({ value, label: t(`audit-case-basis-${value}`) }));
  const basis = { name: 'basis', label: t('audit-case-basis'), choices: bases, chosen: page.typed.get('basis') ?? '' };
  const text = (field: TextField): Html => renderText(frame, page, field);
  return html`${text({ name: 'number', type: 'text', hint: t('audit-case-number-hint'), longest: 40 })}
  ${text({ name: 'authority', type: 'text', hint: t('audit-case-authority-hint'), longest: 120 })}
  ${renderRadios({ ...basis, wrong: findWrong(frame, page, 'basis') })} ${renderScope(frame, page)}
  ${text({ name: 'ends', type: 'date', hint: t('audit-case-ends-hint'), longest: 10 })}
  ${text({ name: 'from', type: 'date', hint: t('audit-case-period-hint'), longest: 10 })}
  ${text({ name: 'to', type: 'date', hint: null, longest: 10 })}`;
}

export function renderNewCasePage(frame: StaffFrame, page: NewCasePage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('audit-cases-new'),
    nav: toAuditNav(frame.texts, 'cases'),
    main: html`${renderBack(page.listUrl, t('audit-cases-title'))}
      <div class="column stack">
        <h1>${t('audit-cases-new')}</h1>
        ${renderSummary(frame, page)}
        <form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
          ${renderToken(page.form)} ${renderFields(frame, page)}
          <p class="hint">${t('audit-case-open-hint')}</p>
          <p class="actions"><button class="button" type="submit" data-action="open">${t('audit-case-open-button')}</button></p>
        </form>
      </div>`,
  });
}
