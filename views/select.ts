// A choice of one among few, in a plain form.

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
};

export function renderSelect({ name, label, choices, chosen }: Select): Html {
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <select class="input" id="${name}" name="${name}">
      ${choices.map((choice) => renderOption(choice, chosen))}
    </select>
  </div>`;
}
