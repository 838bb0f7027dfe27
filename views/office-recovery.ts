// Recoveries at the counter: one officer opens, another one agrees. The second form shows nothing of what the first officer wrote.

import { renderEvidenceFields, renderEvidenceSummary } from './evidence.ts';
import { renderErrorSummary, renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import { toMasked } from './mask.ts';
import type { Texts } from './messages/messages.ts';
import type { FormTarget } from './models.ts';
import { picturedDocuments } from './office-model.ts';
import type { EvidenceForm } from './office-model.ts';
import { renderBack } from './parts.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import { renderNames } from './person-names.ts';
import { renderQr } from './qr.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

/** As given, and what is wrong with it. */
export type OfficerEvidence = Pick<EvidenceForm, 'given' | 'wrong'>;

export type OpenRecoveryError = keyof typeof errorTexts;

export type OpenRecoveryPage = {
  readonly form: FormTarget;
  /** As typed. */
  readonly number: string;
  /** Whether there is another officer to agree to it. */
  readonly isPossible: boolean;
  /** What is wrong besides the evidence. */
  readonly error: OpenRecoveryError | null;
  readonly evidence: OfficerEvidence;
  readonly counterUrl: string;
  /** Whom each is about, nobody is told before they open it: opening is a look. */
  readonly waiting: readonly {
    readonly url: string;
    readonly openerName: string;
    readonly begunAt: Millis;
    readonly until: Millis;
    readonly isOwn: boolean;
  }[];
};

export type ApproveRecoveryPage = {
  readonly evidence: OfficerEvidence;
  /** Says to the answer that the look at this person is an entry already. */
  readonly looked: string;
  readonly approve: FormTarget;
  readonly refuse: FormTarget;
  /** In each script in which it is known; masked by the page. */
  readonly names: readonly string[];
  readonly until: Millis;
  readonly isOwn: boolean;
  readonly listUrl: string;
};

export type RecoverySheet = {
  readonly url: string;
  /** Where it is typed by whoever cannot scan it. */
  readonly typeUrl: string;
  readonly otherTexts: Texts;
  readonly code: string;
  readonly until: Millis;
  readonly fullName: string;
  readonly listUrl: string;
};

/** With a picture: nothing less lets anybody in again. And as much of the number as another one will write. */
const asked = {
  digits: 'office-recovery-digits',
  expiry: 'evidence-expiry-pictured-hint',
  documents: picturedDocuments,
  faceHint: 'office-recovery-face-hint',
} as const;

function renderWaiting({ texts: { t }, dates }: StaffFrame, page: OpenRecoveryPage): Html {
  const items = page.waiting.map(
    ({ url, openerName, begunAt, until, isOwn }) =>
      html`<li>
        <a href="${safeUrl(url)}" data-action="look">${t('office-recovery-begun')} ${dates.time(begunAt)}</a>
        <span class="small muted"
          >${isOwn ? t('office-recovery-own') : html`${t('office-recovery-by')} <bdi>${openerName}</bdi>`} · ${t('office-recovery-until')}
          ${dates.time(until)}</span
        >
      </li>`,
  );
  return html`<section class="counter-step" aria-labelledby="waiting">
    <h2 id="waiting">${t('office-recovery-waiting')}</h2>
    ${
      items.length === 0
        ? html`<p class="muted">${t('office-recovery-none')}</p>`
        : html`<ul class="plain-list">
            ${items}
          </ul>`
    }
  </section>`;
}

function renderNumber(t: StaffFrame['texts']['t'], { number, error }: OpenRecoveryPage): Html {
  const isUnknown = error === 'officer/number-unknown';
  return html`<div class="field">
    <label for="number">${t('counter-number')}</label>
    <p class="hint" id="number-hint">${t('counter-number-hint')}</p>
    ${isUnknown && renderFieldError('number-error', t('error-officer-number-unknown-title'))}
    <input
      class="input input-short"
      id="number"
      name="number"
      type="text"
      dir="ltr"
      autocomplete="off"
      required
      maxlength="64"
      value="${number}"
      aria-invalid="${isUnknown ? 'true' : 'false'}"
      aria-describedby="${isUnknown ? 'number-hint number-error' : 'number-hint'}"
    />
  </div>`;
}

const errorTexts = {
  'officer/number-unknown': 'error-officer-number-unknown',
  'recovery/already-open': 'error-recovery-already-open',
  'recovery/evidence-differs': 'error-recovery-evidence',
  'recovery/status-refused': 'error-recovery-status',
} as const;

function renderSummary(texts: StaffFrame['texts'], { error, evidence }: OpenRecoveryPage): Html | false {
  return error === null
    ? renderEvidenceSummary(texts, evidence)
    : renderErrorSummary(texts, { code: error, text: errorTexts[error], field: 'number' });
}

function renderOpening(t: StaffFrame['texts']['t'], page: OpenRecoveryPage): Html {
  return html`<form class="stack" method="post" action="${safeUrl(page.form.action)}" novalidate>
    ${renderToken(page.form)} ${renderNumber(t, page)} ${renderEvidenceFields(t, page.evidence, asked)}
    <div class="actions">
      <button class="button" type="submit" data-action="open-recovery">${t('office-recovery-open-go')}</button>
    </div>
    <p class="small muted">${t('counter-logged')}</p>
  </form>`;
}

function renderAlone(t: StaffFrame['texts']['t']): Html {
  return html`<div class="notice notice-care" data-alone>
    ${renderIcon('care')}
    <div><p>${t('office-recovery-alone')}</p></div>
  </div>`;
}

export function renderOpenRecoveryPage(frame: StaffFrame, page: OpenRecoveryPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('office-recovery-title'),
    main: html`${renderBack(page.counterUrl, t('counter-title'))}
      <div class="page-head">
        <h1>${t('office-recovery-title')}</h1>
        <p>${t('office-recovery-lead')}</p>
      </div>
      <div class="pair">
        <section class="counter-step" aria-labelledby="open">
          <h2 id="open">${t('office-recovery-open')}</h2>
          ${renderSummary(frame.texts, page)} ${page.isPossible ? renderOpening(t, page) : renderAlone(t)}
        </section>
        ${renderWaiting(frame, page)}
      </div>`,
  });
}

function renderFacts({ texts: { t }, dates }: StaffFrame, page: ApproveRecoveryPage): Html {
  return html`<dl class="facts">
    <div>
      <dt>${t('recover-bind-for')}</dt>
      <dd>${renderNames(page.names)}</dd>
    </div>
    <div>
      <dt>${t('recover-bind-until')}</dt>
      <dd>${dates.time(page.until)}</dd>
    </div>
  </dl>`;
}

export function renderApproveRecoveryPage(frame: StaffFrame, page: ApproveRecoveryPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('office-recovery-approve'),
    main: html`${renderBack(page.listUrl, t('office-recovery-title'))}
      <div class="column stack">
        <div class="page-head">
          <h1>${t('office-recovery-approve')}</h1>
          <p class="lead">${t('office-recovery-approve-lead')}</p>
        </div>
        ${renderFacts(frame, page)}
        ${
          page.isOwn
            ? html`<div class="notice notice-care">
                ${renderIcon('care')}
                <div><p>${t('office-recovery-own-text')}</p></div>
              </div>`
            : html`${renderEvidenceSummary(frame.texts, page.evidence)}
                <form class="stack" method="post" action="${safeUrl(page.approve.action)}" novalidate>
                  ${renderToken(page.approve)}<input
                    type="hidden"
                    name="looked"
                    value="${page.looked}"
                  />${renderEvidenceFields(t, page.evidence, asked)}
                  <div class="actions">
                    <button class="button" type="submit" data-action="approve-recovery">${t('office-recovery-approve-go')}</button>
                  </div>
                </form>`
        }
        <form method="post" action="${safeUrl(page.refuse.action)}">
          ${renderToken(page.refuse)}
          <div class="actions">
            <button class="button button-second" type="submit" data-action="refuse-recovery">${t('office-recovery-refuse')}</button>
          </div>
        </form>
      </div>`,
  });
}

export function renderRecoverySheet(frame: StaffFrame, sheet: RecoverySheet): string {
  const { texts, dates } = frame;
  const { t } = texts;
  return renderStaffLayout(frame, {
    title: t('office-recovery-sheet'),
    main: html`<div class="column stack">
      <article class="sheet" aria-labelledby="sheet">
        <div class="sheet-part sheet-head">
          <div class="stack">
            <h1 id="sheet">${t('office-recovery-sheet')}</h1>
            <p>${t('office-recovery-sheet-lead')}</p>
            <p lang="${sheet.otherTexts.language}" dir="${sheet.otherTexts.direction}">
              ${sheet.otherTexts.t('office-recovery-sheet-lead')}
            </p>
          </div>
          ${renderQr(sheet.url, t('sheet-code'))}
        </div>
        <div class="sheet-part">
          <p class="big-code" dir="ltr" data-code>${sheet.code}</p>
          <dl class="facts">
            <div>
              <dt>${t('sheet-type-at')}</dt>
              <dd><bdi class="code code-long" dir="ltr">${sheet.typeUrl.replace(/^https?:\/\//, '')}</bdi></dd>
            </div>
            <div>
              <dt>${t('recover-bind-for')}</dt>
              <dd><bdi>${toMasked({ kind: 'name', text: sheet.fullName })}</bdi></dd>
            </div>
            <div>
              <dt>${t('recover-bind-until')}</dt>
              <dd>${dates.time(sheet.until)}</dd>
            </div>
          </dl>
        </div>
      </article>
      <p class="actions"><a class="button" href="${safeUrl(sheet.listUrl)}" data-action="next-person">${t('sheet-next-person')}</a></p>
    </div>`,
  });
}
