// The small form by which an answer’s search is kept.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import type { Texts } from './messages/messages.ts';
import { renderMore } from './parts.ts';
import type { KeepForm, KeepProblem } from './keep-search-model.ts';

export function renderKeepFields({ t }: Texts, keep: KeepForm, problem: KeepProblem | null): Html {
  const described = problem === null ? html`` : html`aria-invalid="true" aria-describedby="name-problem"`;
  return html`<form class="stack" method="post" action="${safeUrl(keep.form.action)}">
    ${renderToken(keep.form)}
    <input type="hidden" name="question" value="${keep.question ?? ''}" />
    <input type="hidden" name="query" value="${keep.query}" />
    <input type="hidden" name="as_of" value="${keep.asOf}" />
    <div class="field">
      <label for="name">${t('saved-name')}</label>
      ${
        problem !== null &&
        html`<p class="field-error" id="name-problem">${renderIcon('care')}<span>${t(`saved-problem-${problem}`)}</span></p>`
      }
      <input
        class="input"
        id="name"
        name="name"
        type="text"
        dir="auto"
        maxlength="80"
        autocomplete="off"
        required
        value="${keep.typed}"
        ${described}
      />
    </div>
    <p class="hint">${t('saved-name-hint')}</p>
    <p class="actions"><button class="button button-second" type="submit" data-action="keep">${t('saved-keep')}</button></p>
  </form>`;
}

export function renderKeep(texts: Texts, keep: KeepForm): Html {
  return renderMore(texts.t('saved-keep-title'), renderKeepFields(texts, keep, null));
}
