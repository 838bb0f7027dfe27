// The receipt as a sheet that a person can hold, print and hand over: what was decided, on which terms, its place in the log, a code to check it by.
// It must never show a value of personal data or a name.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { toDurationText } from './durations.ts';
import { renderIcon } from './icons.ts';
import type { IconName } from './icons.ts';
import { renderShownNotice } from './shown-notice.ts';
import { renderLayout } from './layout.ts';
import type { MessageKey } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { renderBack } from './parts.ts';
import { renderQr } from './qr.ts';
import type { DecisionKind } from './decision-kind.ts';
import { renderVerificationParts } from './verification.ts';
import type { ReceiptAttribute, ReceiptPage } from './receipt-model.ts';

type Look = { readonly icon: IconName; readonly tone: string };

const good: Look = { icon: 'tick', tone: 'state-good' };
const law: Look = { icon: 'scales', tone: 'state-law' };
const stopped: Look = { icon: 'barred', tone: 'state-stop' };

// Red is for what went wrong, never for what a person decided.
const kindLooks: Readonly<Record<DecisionKind, Look>> = {
  given: good,
  renewed: good,
  narrowed: good,
  withdrawn: { icon: 'cross', tone: '' },
  refused: { icon: 'barred', tone: '' },
  deferred: { icon: 'clock', tone: '' },
  notified: law,
  paused: { icon: 'bars', tone: 'state-care' },
  resumed: good,
  revoked: stopped,
  invalidated: stopped,
};

const decisionLooks: Readonly<Record<ReceiptAttribute['decision'], Look>> = {
  granted: good,
  declined: { icon: 'barred', tone: '' },
  notified: law,
  stopped: { icon: 'cross', tone: '' },
};

function renderChip({ icon, tone }: Look, text: string): Html {
  return html`<span class="state ${tone}">${renderIcon(icon)}${text}</span>`;
}

export function renderReceiptState({ texts }: Frame, kind: DecisionKind): Html {
  return renderChip(kindLooks[kind], texts.t(`receipt-state-${kind}`));
}

type Fact = readonly [label: string, value: Html];

function renderFacts(facts: readonly (Fact | null)[]): Html {
  const rows = facts.filter((fact) => fact !== null);
  return html`<dl class="facts">
    ${rows.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

const undoTexts: Readonly<Record<DecisionKind, MessageKey>> = {
  given: 'receipt-undo-consent',
  renewed: 'receipt-undo-consent',
  narrowed: 'receipt-undo-consent',
  withdrawn: 'receipt-undo-withdrawn',
  refused: 'receipt-undo-refused',
  deferred: 'receipt-undo-refused',
  notified: 'receipt-undo-notice',
  paused: 'receipt-undo-paused',
  resumed: 'receipt-undo-consent',
  revoked: 'receipt-undo-ended',
  invalidated: 'receipt-undo-ended',
};

function renderCode(text: string): Html {
  return html`<bdi class="code code-long" dir="ltr">${text}</bdi>`;
}

/** May break anywhere: an address can be longer than a phone is wide. */
function renderLongCode(text: string): Html {
  return html`<bdi class="code code-long" dir="ltr">${text}</bdi>`;
}

function toHow({ texts }: Frame, page: ReceiptPage): Html {
  const confirmed = page.isConfirmed ? [texts.t('receipt-how-confirmed')] : [];
  const shown = page.shownIn === null ? [] : [texts.t(`receipt-shown-${page.shownIn}`)];
  return html`${[texts.t(`receipt-how-${page.level ?? 'authority'}`), ...confirmed, ...shown].join(texts.language === 'ar' ? '، ' : ', ')}`;
}

function toActFacts({ texts }: Frame, { act }: ReceiptPage): readonly Fact[] {
  return act === null
    ? []
    : [
        [texts.t('receipt-act-reason'), html`<bdi>${act.reason}</bdi>`],
        [texts.t('receipt-act-reference'), html`<bdi>${act.reference}</bdi>`],
      ];
}

function renderAuthority({ name, uri }: NonNullable<ReceiptPage['authority']>): Html {
  return html`<bdi>${name}</bdi>${uri !== null && html`<br /><a href="${safeUrl(uri)}">${renderLongCode(uri)}</a>`}`;
}

const nothingShared: ReadonlySet<DecisionKind> = new Set(['refused', 'deferred']);

function toVerificationFact({ texts }: Frame, { endsAt, verification }: ReceiptPage): Fact | null {
  const label = texts.t(endsAt === null ? 'receipt-verification-ended' : 'receipt-verification');
  return verification && [label, renderVerificationParts(texts, verification)];
}

function toActsFacts({ texts }: Frame, { acts, endsAt }: ReceiptPage): readonly Fact[] {
  const lines = acts.flatMap(({ at, what }) =>
    what.map((act) => html`<li><bdi>${act}</bdi> <span class="muted">(<bdi>${at}</bdi>)</span></li>`),
  );
  const label = texts.t(endsAt === null ? 'receipt-acts-ended' : 'term-acts');
  return lines.length === 0
    ? []
    : [
        [
          label,
          html`<ul class="tight">
            ${lines}
          </ul>`,
        ],
      ];
}

/** While it stands. */
function toAwayFacts({ texts }: Frame, { endsAt, isOffline }: ReceiptPage): readonly Fact[] {
  return isOffline && endsAt !== null ? [[texts.t('term-offline'), html`${texts.t('term-offline-text')}`]] : [];
}

function renderTerms(frame: Frame, page: ReceiptPage): Html {
  const { dates, texts } = frame;
  const { t } = texts;
  const law = page.lawReference !== null && html`<br /><span class="small muted">${page.lawReference}</span>`;
  const duration = toDurationText(texts, page.retention);
  return renderFacts([
    [t('receipt-agency'), html`<bdi>${page.agencyName}</bdi><br /><bdi>${page.serviceName}</bdi>`],
    [
      t('term-purpose'),
      html`<bdi>${page.purpose}</bdi><br /><span class="small muted">${t('receipt-version', { version: page.purposeVersion })}</span>`,
    ],
    [t('receipt-basis'), html`${t(`receipt-basis-${page.basis}`)}${law}`],
    [
      t(page.kind === 'notified' ? 'receipt-when-told' : 'receipt-when'),
      html`${dates.day(page.decidedAt)}<br />${dates.time(page.decidedAt)}`,
    ],
    [t('receipt-how'), toHow(frame, page)],
    ...toActFacts(frame, page),
    page.endsAt === null ? null : [t('receipt-ends'), dates.day(page.endsAt)],
    nothingShared.has(page.kind) ? null : [t('receipt-kept'), html`${t('term-retention-at-most', { duration })}`],
    ...toAwayFacts(frame, page),
    ...toActsFacts(frame, page),
    toVerificationFact(frame, page),
    [t(page.kind === 'notified' ? 'notice-rights' : 'term-undo'), html`${t(undoTexts[page.kind])}`],
    page.contact === null ? null : [t('term-contact'), renderLongCode(page.contact)],
    page.authority === null ? null : [t('receipt-authority'), renderAuthority(page.authority)],
  ]);
}

function renderAttribute({ texts }: Frame, { label, necessity, decision, answerOnly }: ReceiptAttribute): Html {
  const facts = [texts.t(`service-attribute-${necessity}`), ...(answerOnly ? [texts.t('answer-only')] : [])];
  return html`<li class="row">
    <div>
      <p class="row-title">${label}</p>
      <p class="row-text">${facts.join(' · ')}</p>
    </div>
    <div class="row-end">${renderChip(decisionLooks[decision], texts.t(`receipt-${decision}`))}</div>
  </li>`;
}

function renderDecided(frame: Frame, page: ReceiptPage): Html {
  const { t } = frame.texts;
  return html`<div class="sheet-part">
    <h2>${t(page.kind === 'notified' ? 'receipt-told' : 'receipt-decided')}</h2>
    <ul class="rows">
      ${page.attributes.map((attribute) => renderAttribute(frame, attribute))}
    </ul>
    <p class="small muted">${t('receipt-no-values')}${page.isConfirmed && html` ${t('receipt-key-links')}`}</p>
  </div>`;
}

/** In groups of eight, so that an eye finds its place. */
function renderDigest(hex: string): Html {
  return html`<span class="digest" dir="ltr">${(hex.match(/.{1,8}/g) ?? []).join(' ')}</span>`;
}

const count = (value: number): Html => renderCode(value.toLocaleString('en'));

function renderProof(frame: Frame, { proof }: ReceiptPage): Html {
  const { dates, texts } = frame;
  const { t } = texts;
  return html`<div class="sheet-part">
    <h2>${t('receipt-proof')}</h2>
    ${renderFacts([
      [t('receipt-entry'), count(proof.index)],
      [t('receipt-digest'), renderDigest(proof.digest)],
      [t('receipt-log'), renderLongCode(proof.log)],
      [t('receipt-checkpoint'), html`${count(proof.size)} · ${dates.moment(proof.checkpointAt)}`],
      [t('receipt-root'), renderDigest(proof.root)],
    ])}
  </div>`;
}

function renderHead(frame: Frame, page: ReceiptPage): Html {
  const { t } = frame.texts;
  return html`<div class="sheet-part sheet-head">
    <div class="stack">
      <h1 id="receipt">${t(`receipt-title-${page.kind}`)}</h1>
      <p class="lead">${renderCode(page.link.number)}</p>
      <p>${renderReceiptState(frame, page.kind)}</p>
    </div>
    <div class="sheet-code">
      ${renderQr(page.codeUrl, t('receipt-qr'))}
      <p class="small muted">${t('receipt-qr-use')}</p>
    </div>
  </div>`;
}

function renderActions(frame: Frame, page: ReceiptPage): Html {
  const { t } = frame.texts;
  return html`<div class="actions">
      <a class="button" href="${safeUrl(page.link.url)}" data-action="receipt" download>${t('receipt-download')}</a>
      <a class="button button-second" href="${safeUrl(page.codeUrl)}">${t('receipt-check-this')}</a>
      <a class="button button-text" href="${safeUrl(page.serviceUrl)}">${t('receipt-undo-link')}</a>
    </div>
    <p class="small muted screen-only">${t('receipt-print')}</p>`;
}

export function renderReceiptPage(frame: Frame, page: ReceiptPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: `${t(`receipt-title-${page.kind}`)} ${page.link.number}`,
    place: 'receipts',
    main: html`${renderBack(page.receiptsUrl, t('receipts-title'))}
      <div class="column stack">
        <article class="sheet" aria-labelledby="receipt">
          ${renderHead(frame, page)}
          <div class="sheet-part">${renderTerms(frame, page)}</div>
          ${renderDecided(frame, page)} ${renderProof(frame, page)}
        </article>
        ${page.notice !== null && renderShownNotice(frame.texts, page.notice)} ${renderActions(frame, page)}
      </div>`,
  });
}
