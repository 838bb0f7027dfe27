// The form of a question: what is needed first, in words of the register where there is one, with what was wrong beside it.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Texts } from './messages/messages.ts';
import type { QuestionField, QuestionPage } from './question-model.ts';
import { toRichText } from './rich-text.ts';

const days: readonly string[] = ['from', 'to'];
const numbers: readonly string[] = ['days', 'seconds', 'threshold', 'seed', 'count', 'entry', 'size', 'as_of'];

type Problem = QuestionPage['problems'][number] | undefined;

function renderProblem(texts: Texts, found: Problem): Html | false {
  return (
    found !== undefined &&
    html`<p class="field-error" id="${found.field}-problem">
      ${renderIcon('care')}<span>${toRichText(texts, `problem-${found.problem}`)}</span>
    </p>`
  );
}

function toDescribed(found: Problem): Html {
  return found === undefined ? html`` : html`aria-invalid="true" aria-describedby="${found.field}-problem"`;
}

function renderChoices({ t }: Texts, field: QuestionField, found: Problem): Html {
  const { name, typed, groups = [] } = field;
  const values = groups.flatMap(({ options }) => options.map(({ value }) => value));
  const strange = typed === '' || values.includes(typed) ? [] : [{ value: typed, label: typed }];
  const option = (value: string, label: string): Html =>
    value === typed ? html`<option value="${value}" selected>${label}</option>` : html`<option value="${value}">${label}</option>`;
  const listed = groups.map(({ label, options }) => {
    const own = options.map((each) => option(each.value, each.label));
    return label === '' ? html`${own}` : html`<optgroup label="${label}">${own}</optgroup>`;
  });
  return html`<select class="input" id="${name}" name="${name}" ${toDescribed(found)}>
    ${option('', t(field.isRequired ? 'question-choose' : 'question-any'))} ${strange.map((each) => option(each.value, each.label))}
    ${listed}
  </select>`;
}

function renderInput({ name, typed }: QuestionField, found: Problem): Html {
  const isDay = days.includes(name) && (typed === '' || /^\d{4}-\d\d-\d\d$/.test(typed));
  const type = isDay ? 'date' : 'text';
  const mode = numbers.includes(name) ? html`inputmode="numeric"` : html``;
  return html`<input
    class="input"
    id="${name}"
    name="${name}"
    type="${type}"
    dir="ltr"
    maxlength="64"
    autocomplete="off"
    ${mode}
    value="${typed}"
    ${toDescribed(found)}
  />`;
}

export function renderField(texts: Texts, field: QuestionField, problems: QuestionPage['problems']): Html {
  const { t } = texts;
  const found = problems.find((each) => each.field === field.name);
  const said = [...(field.isRequired ? [t('question-required')] : []), ...(field.name === 'to' ? [t('entries-to-hint')] : [])];
  const about = said.length > 0 && html` <span class="muted small">(${said.join(t('list-comma'))})</span>`;
  return html`<div class="field">
    <label for="${field.name}">${t(`asked-${field.name}`)}${about}</label>
    ${renderProblem(texts, found)} ${field.groups === undefined ? renderInput(field, found) : renderChoices(texts, field, found)}
  </div>`;
}

export function renderQuestionProblems(texts: Texts, { fields, problems }: Pick<QuestionPage, 'fields' | 'problems'>): Html {
  const { t } = texts;
  const items = problems.map(({ field, problem }) => {
    const text = toRichText(texts, `problem-${problem}`);
    const known = fields.find(({ name }) => name === field);
    return known === undefined
      ? html`<li><bdi class="code" dir="ltr">${field.slice(0, 64)}</bdi>: ${text}</li>`
      : html`<li><a href="#${known.name}">${t(`asked-${known.name}`)}: ${text}</a></li>`;
  });
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="audit/parameter-refused">
    <h2>${t('question-refused')}</h2>
    <p>${t('question-refused-text')}</p>
    <ul>
      ${items}
    </ul>
  </div>`;
}

export function renderQuestionForm(texts: Texts, page: QuestionPage): Html {
  const fields = page.fields.map((field) => renderField(texts, field, page.problems));
  return html`<form class="stack" method="get" action="${safeUrl(page.url)}">
    <input type="hidden" name="ask" value="1" />
    <div class="filters">${fields}</div>
    <p class="actions"><button class="button" type="submit" data-action="ask">${texts.t('question-ask')}</button></p>
  </form>`;
}
