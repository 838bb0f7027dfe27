// What changed since the person last accepted: the kind of change, then old and new. Unchanged details are folded.

import { renderNewNeeded } from './attributes.ts';
import { toDurationText } from './durations.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { ConsentChange, ConsentChanges, Frame } from './models.ts';
import { renderMore } from './parts.ts';

function renderChange(frame: Frame, change: ConsentChange): Html {
  const { texts } = frame;
  const { t } = texts;
  if (change.kind === 'new-needed') {
    return html`<li class="change">
      <p class="change-kind">${t('change-new-needed')}</p>
      ${renderNewNeeded(frame, change.attribute)}
    </li>`;
  }
  return html`<li class="change">
    <p class="change-kind">${t('change-kept-longer')}</p>
    <h3>${t('term-retention')}</h3>
    <p class="change-values">
      <span class="hidden-visually">${t('change-from')} </span
      ><del>${toDurationText(texts, change.before)}</del> ${renderIcon('arrow')}<span class="hidden-visually">${t('change-to')} </span
      ><ins>${toDurationText(texts, change.after)}</ins>
    </p>
  </li>`;
}

export function renderChanges(frame: Frame, changes: ConsentChanges): Html {
  const { t } = frame.texts;
  const unchanged = changes.unchangedLabels.map((label) => html`<li>${label}</li>`);
  const count = unchanged.length;
  return html`<section class="ask" aria-labelledby="changed">
      <div class="ask-head"><h2 id="changed">${t('changed-heading')}</h2></div>
      <ul>
        ${changes.items.map((change) => renderChange(frame, change))}
      </ul>
    </section>
    ${
      count > 0 &&
      html`<div class="ask">
        ${renderMore(
          t('changed-unchanged', { count }),
          html`<ul class="plain-list">
            ${unchanged}
          </ul>`,
        )}
      </div>`
    }`;
}
