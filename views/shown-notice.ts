// The text that a person was shown before they decided, as it was kept. In its own language, whatever the page's.

import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Texts } from './messages/messages.ts';
import { renderMore } from './parts.ts';

export type ShownNotice = {
  readonly language: 'ar' | 'en';
  readonly lines: readonly string[];
  /** Of the text, as the receipt and the entry name it. */
  readonly digest: string;
  /** False where the text that is kept is not the one that was shown. */
  readonly isUnaltered: boolean;
};

const directions = { ar: 'rtl', en: 'ltr' } as const;

/** `open` where the text is what was asked for; elsewhere it is folded away. */
export function renderShownNotice(texts: Texts, notice: ShownNotice, state: 'open' | 'folded' = 'folded'): Html {
  const { t } = texts;
  const verdict = t(notice.isUnaltered ? 'shown-unaltered' : 'shown-altered');
  const text = html`<p class="small muted">${t('shown-note')}</p>
    <p>${verdict}<br /><bdi class="code code-long small" dir="ltr">${notice.digest}</bdi></p>
    <div class="shown-text" lang="${notice.language}" dir="${directions[notice.language]}">
      ${notice.lines.map((line) => html`<p>${line}</p>`)}
    </div>`;
  return state === 'folded'
    ? renderMore(t('shown-text'), text)
    : html`<section class="stack" aria-labelledby="shown-text">
        <h3 id="shown-text">${t('shown-text')}</h3>
        ${text}
      </section>`;
}
