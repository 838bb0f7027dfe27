// A press that does one thing to an export.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import type { FormTarget } from './models.ts';

export type Press = { readonly target: FormTarget; readonly label: string; readonly action: string; readonly isFirst?: boolean };

export function renderPress({ action, isFirst = false, label, target }: Press): Html {
  return html`<form method="post" action="${safeUrl(target.action)}">
    ${renderToken(target)}
    <p class="actions"><button class="button ${isFirst ? '' : 'button-second'}" type="submit" data-action="${action}">${label}</button></p>
  </form>`;
}
