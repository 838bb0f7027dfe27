// A choice of one among few, in a plain form: folded, or all in sight.

import { renderFieldError } from './form-error.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

export type Choice = { readonly value: string; readonly label: string };

function renderOption({ value, label }: Choice, chosen: string | null): Html {
  return value === (chosen ?? '')
    ? html`<option value="${value}" selected>${label}</option>`
    : html`<option value="${value}">${label}</option>`;
}

export type Select = {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  /** Null for the first choice, whose value is empty. */
  readonly chosen: string | null;
  /** What is wrong with it, in words. */
  readonly wrong?: string | null;
};

export function renderSelect({ name, label, choices, chosen, wrong = null }: Select): Html {
  const options = choices.map((choice) => renderOption(choice, chosen));
  const error = `${name}-error`;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${
      wrong === null
        ? html`<select class="input" id="${name}" name="${name}">
            ${options}
          </select>`
        : html`${renderFieldError(error, wrong)}
            <select class="input" id="${name}" name="${name}" aria-invalid="true" aria-describedby="${error}">
              ${options}
            </select>`
    }
  </div>`;
}

/** Nothing is chosen for anybody: `chosen` is what they chose before. The first has the name as its id. */
export function renderRadios({ name, label, choices, chosen, wrong = null }: Select): Html {
  const items = choices.map(({ value, label: words }, index) => {
    const id = index === 0 ? name : `${name}-${value}`;
    return html`<li class="check">
      ${
        value === chosen
          ? html`<input type="radio" id="${id}" name="${name}" value="${value}" checked />`
          : html`<input type="radio" id="${id}" name="${name}" value="${value}" />`
      }<label for="${id}">${words}</label>
    </li>`;
  });
  const error = `${name}-error`;
  const body = html`<legend><strong>${label}</strong></legend>
    ${wrong !== null && renderFieldError(error, wrong)}
    <ul class="check-list section-body">
      ${items}
    </ul>`;
  return wrong === null ? html`<fieldset>${body}</fieldset>` : html`<fieldset aria-describedby="${error}">${body}</fieldset>`;
}
