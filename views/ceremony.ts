// The place on a page where a passkey ceremony happens. The script in assets/ceremony.js finds it by `data-ceremony`;
// every word it may have to show is already here, in the language of the page, inside templates.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { MessageKey, Texts } from './messages/messages.ts';
import type { CeremonyTarget, Frame } from './models.ts';

export type Ceremony = {
  readonly kind: 'create' | 'sign-in' | 'step-up' | 'raise' | 'confirm' | 'hand-over' | 'recovery' | 'freeze' | 'export';
  readonly target: CeremonyTarget;
  /** Words of the button. */
  readonly label: string;
  /** How loud the button is. */
  readonly button: 'button' | 'button button-second';
};

const actions = {
  create: 'create-passkey',
  'sign-in': 'use-passkey',
  'step-up': 'use-passkey',
  raise: 'use-passkey',
  confirm: 'use-passkey',
  'hand-over': 'use-passkey',
  recovery: 'use-passkey',
  freeze: 'use-passkey',
  export: 'use-passkey',
} as const;

function renderTemplate(texts: Texts, name: string, keys: { readonly title: MessageKey; readonly next: MessageKey }): Html {
  return html`<template data-message="${name}"
    ><div class="notice notice-care">
      ${renderIcon('care')}
      <div>
        <p><strong>${texts.t(keys.title)}</strong></p>
        <p>${texts.t(keys.next)}</p>
      </div>
    </div></template
  >`;
}

/** Not a fault: whoever left the page open for long shows the passkey once more, and comes back to it. */
function renderAgain(texts: Texts, url: string): Html {
  return html`<template data-message="too-old"
    ><div class="notice notice-care">
      ${renderIcon('key')}
      <div>
        <p><strong data-slot="title"></strong></p>
        <p data-slot="next"></p>
        <p class="actions"><a class="button" href="${safeUrl(url)}" data-action="use-passkey-again">${texts.t('step-up-confirm')}</a></p>
      </div>
    </div></template
  >`;
}

function renderMessages(texts: Texts, { kind, target }: Pick<Ceremony, 'kind' | 'target'>): Html {
  return html`${renderTemplate(texts, 'cancelled', { title: `ceremony-cancelled-${kind}`, next: 'ceremony-cancelled-text' })}
    ${renderTemplate(texts, 'unsupported', { title: 'ceremony-unsupported', next: 'ceremony-unsupported-text' })}
    ${renderTemplate(texts, 'duplicate', { title: 'ceremony-duplicate', next: 'ceremony-duplicate-text' })}
    ${renderTemplate(texts, 'failed', { title: 'ceremony-failed', next: 'ceremony-failed-text' })}
    <template data-message="refused"
      ><div class="notice notice-stop">
        ${renderIcon('care')}
        <div>
          <p><strong data-slot="title"></strong></p>
          <p data-slot="next"></p>
          <p class="small">${texts.t('error-reference')} <bdi class="code" dir="ltr" data-slot="reference"></bdi></p>
        </div></div
    ></template>
    ${target.againUrl !== undefined && renderAgain(texts, target.againUrl)}
    <template data-message="working"><p class="muted">${texts.t('ceremony-working')}</p></template>`;
}

export function renderNeedsScript(texts: Texts): Html {
  return html`<noscript
    ><div class="notice notice-care">
      ${renderIcon('care')}
      <div><p>${texts.t('needs-script')}</p></div>
    </div></noscript
  >`;
}

/** What a ceremony has around its button: a choice before it, the other half of a decision beside it, the field for autofill after it. */
export type Around = { readonly choice?: Html; readonly twin?: Html; readonly field?: Html };

/** The button with what is around it, and a live region for what happens. */
export function renderCeremony(frame: Frame, ceremony: Ceremony, { choice, twin, field }: Around = {}): Html {
  const { kind, target } = ceremony;
  const button = html`<button class="${ceremony.button}" type="button" data-action="${actions[kind]}">
    ${renderIcon('key')}${ceremony.label}
  </button>`;
  return html`<div
    class="stack"
    data-ceremony="${kind}"
    data-options-url="${safeUrl(target.optionsUrl)}"
    data-verify-url="${safeUrl(target.verifyUrl)}"
    data-token="${target.token}"
  >
    ${renderNeedsScript(frame.texts)}
    <div data-ceremony-message role="alert"></div>
    ${choice} ${twin === undefined ? html`<p class="actions">${button}</p>` : html`<div class="choice">${button} ${twin}</div>`} ${field}
    ${renderMessages(frame.texts, ceremony)}
  </div>`;
}
