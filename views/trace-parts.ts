// What the pages of the developers' desk share.

import { renderCode } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Texts } from './messages/messages.ts';
import type { TraceRow } from './trace-model.ts';
import { toRuleWords } from './trace-words.ts';

/** Red is for what a developer has to mend; what a person decided, or is normal, has no colour. */
const plain = /^(?:person|level|passkey|page)\/|^dpop\/nonce-needed$/;

export function renderStep({ t }: Texts, { step, rule }: Pick<TraceRow, 'step' | 'rule'>): Html {
  if (step !== 'refused') {
    return html`<span class="state state-good">${renderIcon('tick')}${t(`trace-step-${step}`)}</span>`;
  }
  const tone = rule !== null && plain.test(rule) ? '' : 'state-stop';
  return html`<span class="state ${tone}">${renderIcon('barred')}${t('trace-step-refused')}</span>`;
}

/** The rule in words, and under them its code; a step by its name. */
export function renderRule(texts: Texts, row: Pick<TraceRow, 'step' | 'rule'>): Html {
  const { rule } = row;
  return rule === null
    ? renderStep(texts, row)
    : html`${toRuleWords(texts.language, rule)[0]}<br /><span class="small muted">${renderCode(rule)}</span>`;
}

export function renderReference({ url, reference }: Pick<TraceRow, 'url' | 'reference'>): Html {
  return html`<a href="${safeUrl(url)}">${renderCode(reference)}</a>`;
}

export function renderAnswer({ status, error }: Pick<TraceRow, 'status' | 'error'>): Html {
  return html`${renderCode(String(status))}${error !== null && html`<br /><span class="small muted">${renderCode(error)}</span>`}`;
}
