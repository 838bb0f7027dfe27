// The second page of a decision that a button is not enough for: what will be shared, in words, and the passkey that confirms it. Refusing stays possible,
// and so does going back.

import { toNameInSentence } from './agency-name.ts';
import { renderCeremony } from './ceremony.ts';
import type { ConfirmedAttribute, ConfirmPage } from './confirm-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { MessageKey } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { renderAsker, renderBack } from './parts.ts';
import { toRichText } from './rich-text.ts';
import { toKeptText } from './terms.ts';
import { renderVerificationParts } from './verification.ts';

function renderAttribute({ texts }: Frame, { label, answerOnly }: ConfirmedAttribute): Html {
  return html`<li>${label} ${answerOnly && html`<span class="attribute-form">${texts.t('answer-only')}</span>`}</li>`;
}

function renderAttributes(frame: Frame, title: MessageKey, attributes: readonly ConfirmedAttribute[]): Html | null {
  return attributes.length === 0
    ? null
    : html`<h2>${frame.texts.t(title)}</h2>
        <ul class="plain-list">
          ${attributes.map((attribute) => renderAttribute(frame, attribute))}
        </ul>`;
}

function renderShared(frame: Frame, { shared }: ConfirmPage): Html {
  const { t } = frame.texts;
  return (
    renderAttributes(frame, 'confirm-shared', shared) ??
    html`<h2>${t('confirm-shared')}</h2>
      <p>${t('confirm-shared-nothing')}</p>`
  );
}

type Row = { readonly label: string; readonly content: Html | string };

/** Unfolded: nothing that is signed here has to be looked for. */
function toVerificationRow({ texts }: Frame, { verification }: ConfirmPage): readonly Row[] {
  if (verification === null) {
    return [];
  }
  const parts = html`<div class="stack">${texts.t('term-verification-text')} ${renderVerificationParts(texts, verification)}</div>`;
  return [{ label: texts.t('term-verification'), content: parts }];
}

function renderFacts(frame: Frame, page: ConfirmPage): Html {
  const { dates, texts } = frame;
  const { t } = texts;
  const rows = [
    { label: t('term-purpose'), content: html`<bdi>${page.purpose}</bdi>` },
    { label: t('term-recipient'), content: html`<bdi>${page.asker.agencyName}</bdi>` },
    ...toVerificationRow(frame, page),
    { label: t('term-retention'), content: toKeptText(texts, page.retention) },
    { label: t('term-ends'), content: dates.day(page.endsAt) },
  ];
  return html`<dl class="facts">
    ${rows.map(
      ({ label, content }) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${content}</dd>
        </div>`,
    )}
  </dl>`;
}

/** Confirm and refuse are twins, as accept and refuse are on the page before: the form of the one stands around neither. */
function renderDecision(frame: Frame, { form, version, ceremony }: ConfirmPage): Html {
  const { t } = frame.texts;
  const twin = html`<button class="button button-second" type="submit" form="refusal" name="decision" value="refuse" data-action="refuse">
    ${t('refuse')}
  </button>`;
  const confirm = { kind: 'confirm', target: ceremony, label: t('confirm-passkey'), button: 'button button-second' } as const;
  return html`${renderCeremony(frame, confirm, { twin })}
    <form id="refusal" method="post" action="${safeUrl(form.action)}">
      ${renderToken(form)}<input type="hidden" name="version" value="${version}" />
      <p class="choice-note">${t('refuse-note')}</p>
    </form>`;
}

function renderWhy({ texts }: Frame, { reasons }: ConfirmPage): Html {
  return html`<aside class="aside">
    <h2>${texts.t('confirm-why')}</h2>
    <ul class="plain-list">
      ${reasons.map((reason) => html`<li>${texts.t(`confirm-why-${reason}`)}</li>`)}
    </ul>
    <p>${texts.t('confirm-signs')}</p>
  </aside>`;
}

export function renderConfirmPage(frame: Frame, page: ConfirmPage): string {
  const { texts } = frame;
  const { t } = texts;
  const values = { agency: toNameInSentence(texts.language, page.asker.agencyName) };
  return renderLayout(frame, {
    title: t('confirm-title', values),
    hasCeremony: true,
    main: html`${renderBack(page.changeUrl, t('confirm-change'))}
      <div class="page-head">
        ${renderAsker(page.asker)}
        <h1>${toRichText(texts, 'confirm-title', { values })}</h1>
        <p class="lead">${t('confirm-lead')}</p>
      </div>
      <div class="split">
        <div class="stack">
          ${renderShared(frame, page)} ${renderAttributes(frame, 'confirm-left-out', page.leftOut)} ${renderFacts(frame, page)}
          ${renderDecision(frame, page)}
        </div>
        ${renderWhy(frame, page)}
      </div>`,
  });
}
