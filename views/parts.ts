// Small parts that several pages share: who asks, what a state is called, a fold-out, a way back.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { IconName } from './icons.ts';
import type { MessageKey, Texts } from './messages/messages.ts';
import type { Asker, ConsentState, ContinueAs, FormTarget, Frame, ReceiptLink } from './models.ts';
import { renderToken } from './layout.ts';
import { toRichText } from './rich-text.ts';

/** First line of every page an agency caused. */
export function renderAsker(asker: Asker): Html {
  return html`<p class="asker">
    <strong><bdi>${asker.serviceName}</bdi></strong> · <bdi>${asker.agencyName}</bdi> · <bdi class="code" dir="ltr">${asker.domain}</bdi>
  </p>`;
}

type StateLook = { readonly text: MessageKey; readonly icon: IconName; readonly tone: string };

const given: StateLook = { text: 'state-given', icon: 'tick', tone: 'state-good' };
const revoked: StateLook = { text: 'state-revoked', icon: 'barred', tone: 'state-stop' };

// Red is for what went wrong at an agency, never for what a person decided.
const stateLooks: Readonly<Record<ConsentState, StateLook>> = {
  given,
  renewed: given,
  narrowed: given,
  resumed: given,
  notified: { text: 'state-notified', icon: 'scales', tone: 'state-law' },
  'ends-soon': { text: 'state-ends-soon', icon: 'clock', tone: 'state-care' },
  paused: { text: 'state-paused', icon: 'bars', tone: 'state-care' },
  withdrawn: { text: 'state-withdrawn', icon: 'cross', tone: '' },
  expired: { text: 'state-expired', icon: 'clock', tone: '' },
  refused: { text: 'state-refused', icon: 'barred', tone: '' },
  revoked,
  invalidated: { ...revoked, text: 'state-invalidated' },
  deferred: { text: 'state-deferred', icon: 'clock', tone: '' },
  unknown: { text: 'state-unknown', icon: 'dash', tone: '' },
};

export function renderState(texts: Texts, state: ConsentState): Html {
  const look = stateLooks[state];
  return html`<span class="state ${look.tone}">${renderIcon(look.icon)}${texts.t(look.text)}</span>`;
}

const sharingStates: ReadonlySet<ConsentState> = new Set(['given', 'renewed', 'narrowed', 'resumed', 'notified', 'ends-soon']);

/** Whether anything is shared in this state. */
export function isSharing(state: ConsentState): boolean {
  return sharingStates.has(state);
}

export function renderMore(summary: string, content: Html): Html {
  return html`<details class="more">
    <summary>${summary}</summary>
    ${content}
  </details>`;
}

/** Before something that outlasts the visit, where the session was called shared. */
export function renderSharedWarning(frame: Frame, text: 'shared-close' | 'shared-take'): Html | null {
  return frame.finish === null
    ? null
    : html`<div class="notice notice-care" data-warning="shared">
        ${renderIcon('person')}
        <div><p>${frame.texts.t(text)}</p></div>
      </div>`;
}

export function renderBack(url: string, label: string | Html): Html {
  return html`<a class="back" href="${safeUrl(url)}">${renderIcon('back')}${label}</a>`;
}

/** The number leads to the sheet. A program may follow the second link: it downloads the signed JSON receipt. */
export function renderReceiptLink(texts: Texts, receipt: ReceiptLink): Html {
  const number = toRichText(texts, 'receipt', { values: { number: receipt.number } });
  return html`<a href="${safeUrl(receipt.pageUrl)}"><span>${number}</span></a>
    <a href="${safeUrl(receipt.url)}" data-action="receipt" download
      ><span>${texts.t('receipt-file')}<span class="hidden-visually">: ${number}</span></span></a
    >`;
}

/** One press, as granting was one press. The hidden name tells repeated buttons apart. */
export function renderWithdraw(texts: Texts, form: FormTarget, purpose: string): Html {
  return html`<form method="post" action="${safeUrl(form.action)}">
    ${renderToken(form)}<button class="button button-second" type="submit" data-action="withdraw">
      ${texts.t('withdraw')}<span class="hidden-visually">: ${purpose}</span>
    </button>
  </form>`;
}

/** Who is signed in, above a decision that belongs to another first use of the session. */
export function renderContinueAs(frame: Frame, form: FormTarget, continueAs: ContinueAs | null): Html | null {
  if (continueAs === null) {
    return null;
  }
  const { texts } = frame;
  return html`<section class="band" aria-label="${texts.t('continue-as', { name: continueAs.fullName })}">
    <form class="wrap" method="post" action="${safeUrl(form.action)}">
      ${renderToken(form)}<span>${toRichText(texts, 'continue-as', { values: { name: continueAs.fullName } })}</span>
      <button class="button button-text" type="submit" name="switch" value="yes">${texts.t('switch-person')}</button>
    </form>
  </section>`;
}

/** Leaves our pages for the service, which begins a sign-in by itself. */
export function renderDoor(
  { t }: Texts,
  { doorUrl, serviceName }: { readonly doorUrl: string | null; readonly serviceName: string },
): Html | null {
  return doorUrl === null
    ? null
    : html`<a href="${safeUrl(doorUrl)}" data-action="open-service">${t('open-service', { service: serviceName })}</a>`;
}
