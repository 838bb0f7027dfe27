// What is asked, as the person sees it: label, own value under a mask, why, from where, for how long. Also what is not asked, and the terms.

import { toDurationText } from './durations.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { toMasked } from './mask.ts';
import type { AskedAttribute, ChosenAttribute, Frame, OwnValue } from './models.ts';

const leftToRight: ReadonlySet<OwnValue['kind']> = new Set(['code', 'phone', 'email']);

function toShown(frame: Frame, value: OwnValue): Html | string {
  if ('text' in value) {
    return value.kind === 'date' ? frame.dates.calendarDay(value.text) : value.text;
  }
  if (value.kind === 'answer') {
    return frame.texts.t(value.yes ? 'answer-yes' : 'answer-no');
  }
  return frame.texts.t(`value-${value.kind}`);
}

const directions = { ar: 'rtl', en: 'ltr' } as const;

function renderIsolated({ value, language = null }: Revealed, content: Html | string): Html {
  if (language !== null) {
    return html`<bdi lang="${language}" dir="${directions[language]}">${content}</bdi>`;
  }
  return leftToRight.has(value.kind) ? html`<bdi class="code code-long" dir="ltr">${content}</bdi>` : html`<bdi>${content}</bdi>`;
}

export type Revealed = {
  readonly value: OwnValue;
  /** Tells repeated controls apart. */
  readonly label: string;
  /** Of the value, where it is not the page's. */
  readonly language?: 'ar' | 'en' | null;
};

/** A value under its mask, shown by a press; a value that is not there says so. */
export function renderValue(frame: Frame, revealed: Revealed): Html {
  const { value, label } = revealed;
  const shown = toShown(frame, value);
  if (value.kind === 'missing' || value.kind === 'withheld') {
    return html`<p class="muted" data-own>${shown}</p>`;
  }
  if (value.kind === 'plain') {
    return html`<p data-own>${renderIsolated(revealed, shown)}</p>`;
  }
  const { t } = frame.texts;
  return html`<details class="reveal" data-own>
    <summary>
      <span class="when-closed">${renderIsolated(revealed, toMasked(value))}</span
      ><span class="when-open">${renderIsolated(revealed, shown)}</span>
      <span class="reveal-action"
        ><span class="when-closed">${t('show')}</span><span class="when-open">${t('hide')}</span
        ><span class="hidden-visually"> ${label}</span></span
      >
    </summary>
  </details>`;
}

function renderFacts(frame: Frame, attribute: AskedAttribute): Html {
  const { texts } = frame;
  const source = attribute.source === null ? texts.t('fact-source-self') : texts.t('fact-source', { source: attribute.source });
  const kept =
    attribute.retention === null
      ? texts.t('term-retention-none')
      : texts.t('fact-kept', { duration: toDurationText(texts, attribute.retention) });
  return html`${renderValue(frame, { value: attribute.value, label: attribute.label })}
    <p class="attribute-why">${attribute.why}</p>
    <p class="attribute-facts"><span>${source}</span> <span>${kept}</span></p>`;
}

function renderForm(frame: Frame, attribute: AskedAttribute): Html | null {
  return attribute.answerOnly ? html`<span class="attribute-form">${frame.texts.t('answer-only')}</span>` : null;
}

export function renderNeeded(frame: Frame, attributes: readonly AskedAttribute[]): Html {
  const rows = attributes.map(
    (attribute) =>
      html`<li class="attribute">
        <h3 class="attribute-name">${attribute.label} ${renderForm(frame, attribute)}</h3>
        ${renderFacts(frame, attribute)}
      </li>`,
  );
  return html`<ul>
    ${rows}
  </ul>`;
}

export function renderChoices(frame: Frame, attributes: readonly ChosenAttribute[]): Html {
  const rows = attributes.map((attribute) => {
    const id = `a-${attribute.name}`;
    const box = attribute.checked
      ? html`<input type="checkbox" id="${id}" name="attribute" value="${attribute.name}" checked />`
      : html`<input type="checkbox" id="${id}" name="attribute" value="${attribute.name}" />`;
    return html`<li class="attribute check">
      ${box}<label class="attribute-name" for="${id}">${attribute.label} ${renderForm(frame, attribute)}</label>
      <div>${renderFacts(frame, attribute)}</div>
    </li>`;
  });
  return html`<ul>
    ${rows}
  </ul>`;
}

/** A new needed detail inside a list of changes. */
export function renderNewNeeded(frame: Frame, attribute: AskedAttribute): Html {
  return html`<h3>${attribute.label} ${renderForm(frame, attribute)}</h3>
    ${renderFacts(frame, attribute)}`;
}

export function renderNotAsked(title: string, labels: readonly string[]): Html | null {
  if (labels.length === 0) {
    return null;
  }
  const rows = labels.map((label) => html`<li>${renderIcon('dash')}${label}</li>`);
  return html`<section class="not-asked ask" aria-labelledby="not-asked">
    <h2 id="not-asked">${title}</h2>
    <ul>
      ${rows}
    </ul>
  </section>`;
}
