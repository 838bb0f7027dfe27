// Recoveries at the counter: one officer opens, another one agrees. The second form shows nothing of what the first officer wrote.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import { toMasked } from './mask.ts';
import type { FormTarget } from './models.ts';
import { renderBack } from './parts.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import { renderQr } from './qr.ts';
import { toRichText } from './rich-text.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

export type OpenRecoveryPage = {
  readonly form: FormTarget;
  readonly counterUrl: string;
  readonly waiting: readonly { readonly url: string; readonly fullName: string; readonly until: Millis; readonly isOwn: boolean }[];
};

export type ApproveRecoveryPage = {
  readonly approve: FormTarget;
  readonly refuse: FormTarget;
  readonly fullName: string;
  readonly numberEnding: string | null;
  readonly until: Millis;
  readonly isOwn: boolean;
  readonly listUrl: string;
};

export type RecoverySheet = {
  readonly url: string;
  readonly code: string;
  readonly until: Millis;
  readonly fullName: string;
  readonly listUrl: string;
};

type T = StaffFrame['texts']['t'];

const textFields = [
  { name: 'issuer', longest: '120', direction: 'auto' },
  { name: 'country', longest: '3', direction: 'ltr' },
  { name: 'digits', longest: '4', direction: 'ltr' },
] as const;

function renderEvidenceFields(t: T): Html {
  return html`<div class="field">
      <label for="document">${t('office-recovery-document')}</label>
      <select class="input" id="document" name="document">
        ${(['idcard', 'residence_permit', 'passport'] as const).map(
          (kind) => html`<option value="${kind}">${t(`office-recovery-${kind}`)}</option>`,
        )}
      </select>
    </div>
    ${textFields.map(
      ({ name, longest, direction }) =>
        html`<div class="field">
          <label for="${name}">${t(`office-recovery-${name}`)}</label>
          <p class="hint" id="${name}-hint">${t(`office-recovery-${name}-hint`)}</p>
          <input
            class="${name === 'issuer' ? 'input' : 'input input-short'}"
            id="${name}"
            name="${name}"
            type="text"
            dir="${direction}"
            autocomplete="off"
            required
            maxlength="${longest}"
            aria-describedby="${name}-hint"
          />
        </div>`,
    )}
    ${(['seen', 'face'] as const).map(
      (name) =>
        html`<div class="check">
          <input type="checkbox" id="${name}" name="${name}" value="yes" required /><label for="${name}"
            >${t(`office-recovery-${name}`)}</label
          >
        </div>`,
    )}`;
}

function renderWaiting({ texts: { t }, dates }: StaffFrame, page: OpenRecoveryPage): Html {
  const items = page.waiting.map(
    ({ url, fullName, until, isOwn }) =>
      html`<li>
        <a href="${safeUrl(url)}" data-action="look">${toMasked({ kind: 'name', text: fullName })}</a>
        <span class="small muted">${dates.time(until)}${isOwn ? html` · ${t('office-recovery-own')}` : ''}</span>
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
          <form class="stack" method="post" action="${safeUrl(page.form.action)}">
            ${renderToken(page.form)}
            <div class="field">
              <label for="number">${t('counter-number')}</label>
              <p class="hint" id="number-hint">${t('counter-number-hint')}</p>
              <input
                class="input input-short"
                id="number"
                name="number"
                type="text"
                dir="ltr"
                autocomplete="off"
                required
                maxlength="64"
                aria-describedby="number-hint"
              />
            </div>
            ${renderEvidenceFields(t)}
            <div class="actions">
              <button class="button" type="submit" data-action="open-recovery">${t('office-recovery-open-go')}</button>
            </div>
            <p class="small muted">${t('counter-logged')}</p>
          </form>
        </section>
        ${renderWaiting(frame, page)}
      </div>`,
  });
}

function renderFacts({ texts, dates }: StaffFrame, page: ApproveRecoveryPage): Html {
  const { t } = texts;
  return html`<dl class="facts">
    <div>
      <dt>${t('recover-bind-for')}</dt>
      <dd>
        <bdi>${toMasked({ kind: 'name', text: page.fullName })}</bdi>${
          page.numberEnding !== null &&
          html`<br /><span class="small muted">${toRichText(texts, 'number-ending', { values: { digits: page.numberEnding } })}</span>`
        }
      </dd>
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
            : html`<form class="stack" method="post" action="${safeUrl(page.approve.action)}">
                ${renderToken(page.approve)} ${renderEvidenceFields(t)}
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
          </div>
          ${renderQr(sheet.url, t('sheet-code'))}
        </div>
        <div class="sheet-part">
          <p class="big-code" dir="ltr" data-code>${sheet.code}</p>
          <dl class="facts">
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
