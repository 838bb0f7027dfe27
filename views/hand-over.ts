// The last step before an act at the counter: the officer reads what they are about to confirm, and confirms it with their own passkey.

import { renderCeremony } from './ceremony.ts';
import { renderErrorSummary, renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import type { FormTarget } from './models.ts';
import { shownDocuments } from './office-model.ts';
import type { EvidenceField, EvidenceFields, HandOverPage, ShownName } from './office-model.ts';
import { renderNames } from './person-names.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

const carried: readonly EvidenceField[] = ['document', 'issuer', 'country', 'digits', 'expiry', 'birth', 'seen', 'face'];

function renderFact(label: string, value: Html | string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

const code = (text: string): Html => html`<bdi class="code" dir="ltr">${text}</bdi>`;

function renderEvidence({ texts: { t }, dates }: StaffFrame, given: EvidenceFields): Html {
  const document = shownDocuments.find((known) => known === given.document);
  const seen = given.seen === 'vcrypt' ? t('evidence-vcrypt') : t('evidence-vpip');
  const face = given.face === 'yes' ? t('evidence-face') : t('hand-over-face-no');
  return html`${renderFact(t('hand-over-document'), document === undefined ? '' : t(`document-${document}`))}
  ${renderFact(t('hand-over-issuer'), html`<bdi>${given.issuer}</bdi> · ${code(given.country)}`)}
  ${renderFact(t('hand-over-end'), code(given.digits))}
  ${renderFact(t('hand-over-expiry'), given.expiry === '' ? t('hand-over-expiry-none') : dates.calendarDay(given.expiry))}
  ${given.birth !== '' && renderFact(t('hand-over-birth'), dates.calendarDay(given.birth))}
  ${renderFact(t('hand-over-checked'), html`${seen}<br />${face}`)}`;
}

/** In the clear, so that what the officer signs is somebody, in every script that the document may have. */
function renderShownNames({ names }: { readonly names: readonly ShownName[] }): Html {
  return html`${names.map(
    ({ language, text }) =>
      html`<p><strong>${language === null ? html`<bdi>${text}</bdi>` : html`<bdi lang="${language}">${text}</bdi>`}</strong></p>`,
  )}`;
}

/** Never chosen beforehand, and asked again each time. */
function renderSaying({ texts: { t } }: StaffFrame, { basis, isNameUnsaid }: HandOverPage): Html | false {
  return (
    basis.kind === 'evidence' &&
    html`<ul class="check-list">
      <li class="check">
        ${
          isNameUnsaid
            ? html`<input
                type="checkbox"
                id="holder"
                name="holder"
                value="yes"
                required
                aria-invalid="true"
                aria-describedby="holder-error"
              />`
            : html`<input type="checkbox" id="holder" name="holder" value="yes" required />`
        }
        <label for="holder">${t(basis.given.face === 'yes' ? 'hand-over-holder-face' : 'hand-over-holder')}</label>
        ${isNameUnsaid && renderFieldError('holder-error', t('hand-over-holder-missing'))}
      </li>
    </ul>`
  );
}

function renderFacts(frame: StaffFrame, { number, names, basis }: HandOverPage): Html {
  const { t } = frame.texts;
  return html`<dl class="facts">
    ${renderFact(t('hand-over-person'), basis.kind === 'evidence' ? renderShownNames(basis) : renderNames(names))}
    ${number !== null && renderFact(t('hand-over-number'), code(number))}
    ${
      basis.kind === 'evidence'
        ? renderEvidence(frame, basis.given)
        : renderFact(t('counter-freeze-reason'), t(`counter-freeze-reason-${basis.reason}`))
    }
  </dl>`;
}

function toCarried(basis: HandOverPage['basis']): readonly (readonly [name: string, value: string])[] {
  return basis.kind === 'evidence' ? carried.map((field) => [field, basis.given[field]]) : [['reason', basis.reason]];
}

function renderCarried({ number, basis, looked }: HandOverPage, form: FormTarget): Html {
  const named: readonly (readonly [string, string])[] = number === null ? [] : [['number', number]];
  const fields = [...named, ...toCarried(basis), ['looked', looked] as const];
  return html`${renderToken(form)}${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`;
}

function renderForm(frame: StaffFrame, page: HandOverPage): Html {
  return html`<form method="post" action="${safeUrl(page.form.action)}">
    ${renderSaying(frame, page)} ${renderCarried(page, page.form)}<input type="hidden" name="confirmation" value="" />
  </form>`;
}

function renderChange({ texts: { t } }: StaffFrame, page: HandOverPage, change: FormTarget): Html {
  return html`<form method="post" action="${safeUrl(change.action)}">
    ${renderCarried(page, change)}
    <p class="actions">
      <button class="button button-second" type="submit" name="change" value="yes" data-action="change">${t('hand-over-change')}</button>
    </p>
  </form>`;
}

const unconfirmed = { code: 'officer/unconfirmed', text: 'error-officer-unconfirmed', field: 'confirm' } as const;

const unsaid = { code: 'officer/nothing-chosen', text: 'error-officer-nothing-chosen', field: 'holder' } as const;

const ceremonies = {
  'hand-over': 'hand-over',
  'level-code': 'hand-over',
  'recovery-open': 'recovery',
  'recovery-approve': 'recovery',
  'desk-freeze': 'freeze',
  'desk-lift': 'freeze',
} as const;

export function renderHandOverPage(frame: StaffFrame, page: HandOverPage): string {
  const { t } = frame.texts;
  const { step } = page;
  const ceremony = { kind: ceremonies[step], target: page.ceremony, label: t(`${step}-press`), button: 'button' } as const;
  return renderStaffLayout(frame, {
    title: t('hand-over-title'),
    hasCeremony: true,
    main: html`<div class="column stack">
      <h1>${t('hand-over-title')}</h1>
      ${page.isNameUnsaid && renderErrorSummary(frame.texts, unsaid)} ${page.isUnconfirmed && renderErrorSummary(frame.texts, unconfirmed)}
      <p class="lead">${t(`${step}-lead`)}</p>
      ${renderFacts(frame, page)}
      <p>${t(`${step}-what`)}</p>
      <div id="confirm" tabindex="-1">${renderCeremony(frame, ceremony, { choice: renderForm(frame, page) })}</div>
      ${page.change !== null && renderChange(frame, page, page.change)}
      <p class="event-links"><a href="${safeUrl(page.againUrl)}" data-action="again">${t('hand-over-again')}</a></p>
    </div>`,
  });
}
