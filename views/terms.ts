// The terms on which something is shared: who receives it, how long and where it is kept, how it is used, until when, how to undo it.

import { toNameInSentence } from './agency-name.ts';
import { toDurationText } from './durations.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import type { Frame } from './models.ts';
import type { Texts } from './messages/messages.ts';
import { renderMore } from './parts.ts';
import type { Terms } from './terms-model.ts';
import { renderVerification } from './verification.ts';

function renderTerm(label: string, content: Html | string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${content}</dd>
  </div>`;
}

export function renderLines(lines: readonly (Html | string)[]): Html {
  return html`${lines.map((line) => html`<span class="term-line">${line}</span> `)}`;
}

function renderRecipients({ t, language }: Texts, { recipient, others }: Pick<Terms, 'recipient' | 'others'>): Html {
  const agency = toNameInSentence(language, recipient);
  if (others.length === 0) {
    return renderLines([t('term-recipient-only', { agency })]);
  }
  return renderLines([
    html`<bdi>${recipient}</bdi>`,
    ...others.map(({ name, role }) => html`<bdi>${name}</bdi> <span class="muted">(${t(`recipient-${role}`)})</span>`),
  ]);
}

function renderActs({ t }: Texts, { acts }: Pick<Terms, 'acts'>): Html | null {
  const lines = acts.flatMap(({ at, what }) => what.map((act) => html`<bdi>${act}</bdi> <span class="muted">(<bdi>${at}</bdi>)</span>`));
  return lines.length === 0 ? null : renderTerm(t('term-acts'), renderLines(lines));
}

function renderVerified(texts: Texts, { verification }: Pick<Terms, 'verification'>): Html | null {
  return verification && renderTerm(texts.t('term-verification'), renderVerification(texts, verification));
}

export function toKeptText(texts: Texts, retention: string | null): string {
  return retention === null
    ? texts.t('term-retention-none')
    : texts.t('term-retention-at-most', { duration: toDurationText(texts, retention) });
}

function renderStorage({ t }: Texts, { storage }: Pick<Terms, 'storage'>): Html | null {
  if (storage === null) {
    return null;
  }
  const { location, country, transfers } = storage;
  return renderTerm(
    t('term-storage'),
    renderLines([
      html`<bdi>${location}</bdi>`,
      t('storage-jurisdiction', { country }),
      ...transfers.map((transfer) => html`${t('storage-transfer', { country: transfer.country })}: <bdi>${transfer.why}</bdi>`),
    ]),
  );
}

/** Only what limits it: a list of what does not would hide what does. */
export function toUseLines(texts: Texts, { use }: Pick<Terms, 'use'>): readonly string[] {
  const { t } = texts;
  const { fetch, maxUses, frequency, from, to } = use;
  const uses = maxUses === null || fetch === 'once' ? [] : [t('terms-max-uses', { count: maxUses })];
  const often =
    frequency === null ? [] : [t('terms-frequency', { count: frequency.times, duration: toDurationText(texts, frequency.per) })];
  return [
    ...(fetch === 'periodic' ? [] : [t(`terms-fetch-${fetch}`)]),
    ...uses,
    ...often,
    ...(from === null ? [] : [t('terms-data-from', { date: from })]),
    ...(to === null ? [] : [t('terms-data-to', { date: to })]),
  ];
}

function renderUse(texts: Texts, terms: Pick<Terms, 'use'>): Html | null {
  const lines = toUseLines(texts, terms);
  return lines.length === 0 ? null : renderTerm(texts.t('term-use'), renderLines(lines));
}

export type TermsOf = 'consent' | 'notice' | 'ended';

/** As they hold for everybody, whoever asks and whenever. */
export function renderFixedTerms({ texts }: Frame, terms: Omit<Terms, 'endsAt' | 'contact'>): Html {
  const { t } = texts;
  return html`${renderTerm(t('term-recipient'), renderRecipients(texts, terms))} ${renderActs(texts, terms)} ${renderVerified(texts, terms)}
  ${renderTerm(t('term-retention'), toKeptText(texts, terms.retention))} ${renderStorage(texts, terms)} ${renderUse(texts, terms)}
  ${terms.isOffline && renderTerm(t('term-offline'), t('term-offline-text'))}`;
}

/** A notice has rights where a consent has a way to undo it; what has ended has neither. */
export function renderTermRows(frame: Frame, terms: Terms, of: TermsOf): Html {
  const { texts } = frame;
  const { t } = texts;
  const rows = [
    renderTerm(t('term-purpose'), terms.purpose),
    renderTerm(t('term-recipient'), renderRecipients(texts, terms)),
    renderActs(texts, terms),
    renderVerified(texts, terms),
    renderTerm(t('term-retention'), toKeptText(texts, terms.retention)),
    renderStorage(texts, terms),
    renderUse(texts, terms),
    terms.isOffline && renderTerm(t('term-offline'), t(of === 'notice' ? 'term-offline-law' : 'term-offline-text')),
    renderTerm(t('term-register'), html`<a href="${safeUrl(terms.registerUrl)}">${t('term-register-link')}</a>`),
  ];
  if (of === 'ended') {
    return html`${rows}`;
  }
  const end = frame.dates.day(terms.endsAt);
  return of === 'consent'
    ? html`${rows}${renderTerm(t('term-ends'), end)}${renderTerm(t('term-undo'), t('term-undo-text'))}`
    : html`${rows}${renderTerm(t('notice-again'), end)}${renderTerm(t('notice-rights'), t('notice-rights-text'))}`;
}

/** Who, how long and until when, in one line each, before the list: on a narrow screen the terms themselves come after it. */
export function renderTermsInShort(frame: Frame, terms: Terms, of: TermsOf): Html {
  const { texts, dates } = frame;
  return html`<dl class="terms-first">
    ${renderTerm(texts.t('term-recipient'), renderRecipients(texts, terms))} ${renderActs(texts, terms)}
    ${terms.verification && renderTerm(texts.t('term-verification'), texts.t('term-verification-text'))}
    ${renderTerm(texts.t('term-retention'), toKeptText(texts, terms.retention))}
    ${renderTerm(texts.t(of === 'consent' ? 'term-ends' : 'notice-again'), dates.day(terms.endsAt))}
  </dl>`;
}

/** Beside the list on a wide screen, before the decision on a narrow one. */
export function renderTerms(frame: Frame, terms: Terms, of: TermsOf): Html {
  const { t } = frame.texts;
  const contact =
    terms.contact !== null &&
    renderMore(
      t('more-details'),
      html`<dl class="terms">${renderTerm(t('term-contact'), html`<bdi class="code code-long" dir="ltr">${terms.contact}</bdi>`)}</dl>`,
    );
  return html`<section class="span-rows" aria-labelledby="terms">
    <div class="ask-head"><h2 id="terms">${t('terms-title')}</h2></div>
    <dl class="terms terms-box">${renderTermRows(frame, terms, of)}</dl>
    ${contact}
  </section>`;
}
