// A form that comes back says above itself what is wrong, where the focus goes, and leads to the field that is meant.

import { html } from './html.ts';
import type { Html } from './html.ts';
import { toErrorWords } from './error.ts';
import type { Texts } from './messages/messages.ts';
import type { ErrorText } from './models.ts';

export type FormError = {
  readonly code: string;
  readonly text: ErrorText;
  /** Id of the field. */
  readonly field: string;
};

export function renderErrorSummary(texts: Texts, error: FormError): Html {
  const { title, meaning, next } = toErrorWords(texts, error.text);
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus data-error="${error.code}">
    <h2>${title}</h2>
    <p>${meaning}</p>
    <p><a href="#${error.field}">${next}</a></p>
  </div>`;
}

/** Beside the field, and read out with it by `aria-describedby`. */
export function renderFieldError(id: string, words: string): Html {
  return html`<p class="field-error" id="${id}"><span>${words}</span></p>`;
}
