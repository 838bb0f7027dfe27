// A person's name at a counter, masked, in each script in which it is known: a passport may bear the one and a card the other.

import { html } from './html.ts';
import type { Html } from './html.ts';
import { toMasked } from './mask.ts';

export function renderNames(names: readonly string[]): Html {
  return html`${names.map((name, index) => html`${index > 0 && html`<br />`}<bdi>${toMasked({ kind: 'name', text: name })}</bdi>`)}`;
}
