// What a service is told of how a person's identity was checked: one line, and on demand each part of it and the reason.

import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Texts } from './messages/messages.ts';
import { renderMore } from './parts.ts';
import type { ShownVerification } from './terms-model.ts';

export function renderVerificationParts({ t }: Texts, { attributes, parts, why }: ShownVerification): Html {
  return html`<p><bdi>${why}</bdi></p>
    <p>${t('term-verification-with', { attributes: attributes.join(t('list-comma')) })}</p>
    <ul class="plain-list">
      ${parts.map((part) => html`<li>${t(`verification-${part}`)}</li>`)}
    </ul>
    <p class="muted">${t('verification-never')}</p>`;
}

export function renderVerification(texts: Texts, shown: ShownVerification): Html {
  return html`${texts.t('term-verification-text')}
  ${renderMore(texts.t('term-verification-more'), html`<div class="stack">${renderVerificationParts(texts, shown)}</div>`)}`;
}
