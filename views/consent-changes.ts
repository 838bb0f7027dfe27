// What changed since the person last accepted, one short line each: the kind of change, then old and new. Unchanged details are folded.

import { renderNewNeeded } from './attributes.ts';
import { toDurationText } from './durations.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Texts } from './messages/messages.ts';
import type { ConsentChange, ConsentChanges, Frame } from './models.ts';
import { renderMore } from './parts.ts';
import { renderLines, toUseLines } from './terms.ts';
import type { StoragePlace, Use } from './terms-model.ts';
import { renderVerificationParts } from './verification.ts';

function renderValues({ t }: Texts, before: Html | string, after: Html | string): Html {
  return html`<p class="change-values">
    <span class="hidden-visually">${t('change-from')} </span><del>${before}</del> ${renderIcon('arrow')}<span class="hidden-visually"
      >${t('change-to')}
    </span>
    <ins>${after}</ins>
  </p>`;
}

function toDuration(texts: Texts, duration: string | null): string {
  return duration === null ? texts.t('term-retention-none') : toDurationText(texts, duration);
}

function renderPlace({ t }: Texts, place: StoragePlace | null): Html {
  return place === null
    ? html`${t('change-place-unsaid')}`
    : renderLines([html`<bdi>${place.location}</bdi>`, t('storage-jurisdiction', { country: place.country })]);
}

function renderUse(texts: Texts, use: Use): Html | string {
  const lines = toUseLines(texts, { use });
  return lines.length === 0 ? texts.t('change-use-unlimited') : renderLines(lines);
}

type FromTo = Extract<ConsentChange, { readonly before: unknown }>;

function renderFromTo(texts: Texts, change: FromTo): Html {
  switch (change.kind) {
    case 'kept-longer':
    case 'lasts-longer':
      return renderValues(texts, toDuration(texts, change.before), toDuration(texts, change.after));
    case 'purpose-words':
      return renderValues(texts, change.before, change.after);
    case 'place':
      return renderValues(texts, renderPlace(texts, change.before), renderPlace(texts, change.after));
    case 'use':
      return renderValues(texts, renderUse(texts, change.before), renderUse(texts, change.after));
  }
}

function renderContent(frame: Frame, change: ConsentChange): Html {
  const { texts } = frame;
  const { t } = texts;
  if ('attribute' in change) {
    return renderNewNeeded(frame, change.attribute);
  }
  if ('label' in change) {
    return html`<h3>${change.label}</h3>
      <p>${t('change-choice-text')}</p>`;
  }
  if ('before' in change) {
    return renderFromTo(texts, change);
  }
  if (change.kind === 'recipient') {
    return html`<p><bdi>${change.recipient.name}</bdi> <span class="muted">(${t(`recipient-${change.recipient.role}`)})</span></p>`;
  }
  if (change.kind === 'verification') {
    return renderVerificationParts(texts, change.verification);
  }
  if (change.kind === 'act') {
    return html`<p><bdi>${change.what}</bdi> <span class="muted">(<bdi>${change.at}</bdi>)</span></p>`;
  }
  return change.kind === 'transfer'
    ? html`<p>${t('storage-transfer', { country: change.country })}: <bdi>${change.why}</bdi></p>`
    : html`<p>${t(`change-${change.kind}-text`)}</p>`;
}

function renderChange(frame: Frame, change: ConsentChange): Html {
  return html`<li class="change">
    <p class="change-kind">${frame.texts.t(`change-${change.kind}`)}</p>
    ${renderContent(frame, change)}
  </li>`;
}

function renderUnchanged(frame: Frame, labels: readonly string[]): Html {
  const lines = labels.map((label) => html`<li>${label}</li>`);
  return html`<div class="ask">
    ${renderMore(
      frame.texts.t('changed-unchanged', { count: labels.length }),
      html`<ul class="plain-list">
        ${lines}
      </ul>`,
    )}
  </div>`;
}

/** Nothing where the service asks for the page although nothing changed. */
export function renderChanges(frame: Frame, { isWhole, items, unchangedLabels }: ConsentChanges): Html | null {
  if (items.length === 0) {
    return null;
  }
  return html`<section class="ask" aria-labelledby="changed">
      <div class="ask-head"><h2 id="changed">${frame.texts.t('changed-heading')}</h2></div>
      <ul>
        ${items.map((change) => renderChange(frame, change))}
      </ul>
    </section>
    ${!isWhole && unchangedLabels.length > 0 && renderUnchanged(frame, unchangedLabels)}`;
}
