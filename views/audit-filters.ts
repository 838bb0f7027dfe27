// The filters of a search: a plain form by GET, filled from the register and the catalogues, which keeps what was typed also when it is wrong.

import type { AuditEntriesPage, AuditFilters, FilterField, FilterGroup, FilterOption } from './audit-model.ts';
import { toEventName, toFamily, families } from './event-look.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { MessageKey, Texts } from './messages/messages.ts';
import { toRichText } from './rich-text.ts';

export type FilterForm = { readonly texts: Texts; readonly types: readonly string[]; readonly page: AuditEntriesPage };

function findProblem({ texts, page }: FilterForm, field: FilterField): Html | null {
  const found = page.problems.find((each) => each.field === field);
  return found === undefined ? null : toRichText(texts, `problem-${found.problem}`);
}

function renderProblem(problem: Html | null, field: FilterField): Html | false {
  return problem !== null && html`<p class="field-error" id="${field}-problem">${renderIcon('care')}<span>${problem}</span></p>`;
}

/** For the control: what is wrong with it is said together with it. */
function toDescribed(problem: Html | null, field: FilterField): Html {
  return problem === null ? html`` : html`aria-invalid="true" aria-describedby="${field}-problem"`;
}

function renderOption({ value, label }: FilterOption, typed: string): Html {
  return value === typed ? html`<option value="${value}" selected>${label}</option>` : html`<option value="${value}">${label}</option>`;
}

function renderGroup({ label, options }: FilterGroup, typed: string): Html {
  return html`<optgroup label="${label}">${options.map((option) => renderOption(option, typed))}</optgroup>`;
}

type Choices = {
  readonly field: FilterField;
  readonly all: FilterOption;
  readonly options?: readonly FilterOption[];
  readonly groups?: readonly FilterGroup[];
};

/** What was typed and is no choice stays chosen as it was typed. */
function renderSelect(form: FilterForm, { field, all, options = [], groups = [] }: Choices): Html {
  const typed = form.page.filters.typed.get(field) ?? all.value;
  const problem = findProblem(form, field);
  const known = [all, ...options, ...groups.flatMap((group) => group.options)];
  const strange = known.some(({ value }) => value === typed) ? [] : [{ value: typed, label: typed }];
  return html`<div class="field">
    <label for="${field}">${form.texts.t(`entries-${field}`)}</label>
    ${renderProblem(problem, field)}
    <select class="input" id="${field}" name="${field}" ${toDescribed(problem, field)}>
      ${[all, ...strange, ...options].map((option) => renderOption(option, typed))} ${groups.map((group) => renderGroup(group, typed))}
    </select>
  </div>`;
}

/** Of each family first all its events at once, then each. A list of types that is no family is named by its length. */
function toTypeChoices({ texts, types, page }: FilterForm): Choices {
  const { t } = texts;
  const groups = families.map((family) => {
    const own = types.filter((type) => toFamily(type) === family);
    const label = t(`family-${family}`);
    const whole = { value: own.join(','), label: t('entries-whole-family', { family: label }) };
    return { label, options: [whole, ...own.map((type) => ({ value: type, label: toEventName(texts, type) }))] };
  });
  const typed = page.filters.typed.get('type') ?? '';
  const isKnown = groups.some(({ options }) => options.some(({ value }) => value === typed));
  const several = typed.split(',');
  const isSeveral = !isKnown && several.length > 1 && several.every((type) => types.includes(type));
  const options = isSeveral ? [{ value: typed, label: t('entries-several-types', { count: several.length }) }] : [];
  return { field: 'type', all: { value: '', label: t('entries-all-types') }, options, groups };
}

/** The browser's own calendar for days; an instant, or what is neither, is kept as text. */
function renderTime(form: FilterForm, field: 'from' | 'to'): Html {
  const typed = form.page.filters.typed.get(field) ?? '';
  const problem = findProblem(form, field);
  const type = typed === '' || /^\d{4}-\d\d-\d\d$/.test(typed) ? 'date' : 'text';
  const label = form.texts.t(`entries-${field}`);
  const hint = field === 'to' && html` <span class="muted small">(${form.texts.t('entries-to-hint')})</span>`;
  return html`<div class="field">
    <label for="${field}">${label}${hint}</label>
    ${renderProblem(problem, field)}
    <input class="input" id="${field}" name="${field}" type="${type}" dir="ltr" value="${typed}" ${toDescribed(problem, field)} />
  </div>`;
}

function toAll(texts: Texts, key: MessageKey): FilterOption {
  return { value: '', label: texts.t(key) };
}

function toOrders({ t }: Texts): readonly [FilterOption, FilterOption] {
  return [
    { value: 'newest-first', label: t('entries-newest-first') },
    { value: 'oldest-first', label: t('entries-oldest-first') },
  ];
}

function renderFields(form: FilterForm, { services, purposes, attributes }: AuditFilters): readonly Html[] {
  const { texts } = form;
  const [newest, oldest] = toOrders(texts);
  return [
    renderSelect(form, toTypeChoices(form)),
    renderSelect(form, { field: 'service', all: toAll(texts, 'entries-all-services'), groups: services }),
    renderSelect(form, { field: 'purpose', all: toAll(texts, 'entries-all-purposes'), groups: purposes }),
    renderSelect(form, { field: 'attribute', all: toAll(texts, 'entries-all-attributes'), options: attributes }),
    renderTime(form, 'from'),
    renderTime(form, 'to'),
    renderSelect(form, { field: 'order', all: newest, options: [oldest] }),
  ];
}

export function renderFilters(form: FilterForm): Html {
  const { texts, page } = form;
  const { filters } = page;
  const isEmpty = filters.typed.size === 0;
  return html`<form class="filters" method="get" action="${safeUrl(filters.url)}" aria-labelledby="filters">
    ${renderFields(form, filters)}
    <button class="button" type="submit" data-action="search">${texts.t('entries-search')}</button>
    ${!isEmpty && html`<a class="button button-text" href="${safeUrl(filters.url)}">${texts.t('entries-clear')}</a>`}
  </form>`;
}
