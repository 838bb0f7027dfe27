// One consent or notice as the person finds it again: what for, in which state, what is shared, since when, until when, its receipts, its withdrawal.

import { toList } from './activity.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { AccountConsent, DecisionReceipt, Frame } from './models.ts';
import { isSharing, renderReceiptLink, renderState, renderWithdraw } from './parts.ts';
import { toRichText } from './rich-text.ts';

/** Each decision has its receipt: its name and its moment say of which. */
function renderDatedReceipt({ texts, dates }: Frame, receipt: DecisionReceipt): Html {
  const what = texts.t(`receipt-state-${receipt.kind}`);
  return html`<li>
    <p class="row-text">${what} · ${dates.moment(receipt.issuedAt)}</p>
    <p class="event-links">${renderReceiptLink(texts, receipt)}</p>
  </li>`;
}

/** The link of each receipt; a program finds them by `data-action="receipt"`. */
export function renderReceipts(frame: Frame, consent: AccountConsent): Html | null {
  return consent.receipts.length === 0
    ? null
    : html`<ul>
        ${consent.receipts.map((receipt) => renderDatedReceipt(frame, receipt))}
      </ul>`;
}

/** "Decided 3 September 2026", and on a line of its own "Ends 3 September 2027 (…)". */
export function renderDuration(frame: Frame, consent: AccountConsent): Html {
  const { texts, dates } = frame;
  const decided = consent.state === 'notified' ? 'account-notified' : 'account-decided';
  const end =
    consent.endsAt !== null &&
    isSharing(consent.state) &&
    html`<p class="row-text">${toRichText(texts, 'account-ends', { slots: { date: dates.day(consent.endsAt) } })}</p>`;
  return html`<p class="row-text">${toRichText(texts, decided, { slots: { date: dates.shortDay(consent.decidedAt) } })}</p>
    ${end}`;
}

export function renderAccountConsent(frame: Frame, consent: AccountConsent): Html {
  const { texts } = frame;
  const label = isSharing(consent.state) ? texts.t('account-shares') : texts.t('account-shared');
  const shared = consent.sharedLabels.length > 0 && html`<p class="row-text">${label}: ${toList(texts, consent.sharedLabels)}</p>`;
  return html`<li class="option">
    <div>
      <h4><bdi>${consent.purpose}</bdi> ${renderState(texts, consent.state)}</h4>
      ${shared} ${renderDuration(frame, consent)} ${renderReceipts(frame, consent)}
    </div>
    ${consent.withdraw !== null && renderWithdraw(texts, consent.withdraw, consent.purpose)}
  </li>`;
}
