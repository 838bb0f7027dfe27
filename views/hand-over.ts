// The last step before an act at the counter: the officer reads what they are about to confirm, and confirms it with their own passkey.

import { renderCeremony } from './ceremony.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import { toMasked } from './mask.ts';
import { shownDocuments } from './office-model.ts';
import type { EvidenceField, EvidenceFields, HandOverPage } from './office-model.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

const carried: readonly EvidenceField[] = ['document', 'issuer', 'country', 'digits', 'expiry', 'seen', 'face'];

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
  ${renderFact(t('hand-over-checked'), html`${seen}<br />${face}`)}`;
}

function renderFacts(frame: StaffFrame, { number, fullName, basis }: HandOverPage): Html {
  const { t } = frame.texts;
  return html`<dl class="facts">
    ${renderFact(t('hand-over-person'), html`<bdi>${toMasked({ kind: 'name', text: fullName })}</bdi>`)}
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

function renderForm(page: HandOverPage): Html {
  return html`<form method="post" action="${safeUrl(page.form.action)}">
    ${renderToken(page.form)}${page.number !== null && html`<input type="hidden" name="number" value="${page.number}" />`}
    ${toCarried(page.basis).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <input type="hidden" name="confirmation" value="" />
  </form>`;
}

const ceremonies = {
  'hand-over': 'hand-over',
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
      <p class="lead">${t(`${step}-lead`)}</p>
      ${renderFacts(frame, page)}
      <p>${t(`${step}-what`)}</p>
      ${renderCeremony(frame, ceremony, { choice: renderForm(page) })}
      <p class="event-links"><a href="${safeUrl(page.againUrl)}" data-action="again">${t('hand-over-again')}</a></p>
    </div>`,
  });
}
