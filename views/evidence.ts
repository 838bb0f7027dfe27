// The second step at the counter: what the officer saw of the document, and whether the person before them is its holder.

import { renderErrorSummary, renderFieldError } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import { picturedDocuments, shownDocuments } from './office-model.ts';
import type { CodeForm, EvidenceField, EvidenceForm, ShownDocument } from './office-model.ts';
import { renderSelect } from './select.ts';
import type { StaffFrame } from './staff-layout.ts';

type T = StaffFrame['texts']['t'];
type TextField = 'issuer' | 'country' | 'digits' | 'expiry' | 'birth';

const inputs = {
  issuer: { type: 'text', direction: 'auto', longest: '120', look: 'input' },
  country: { type: 'text', direction: 'ltr', longest: '3', look: 'input input-short' },
  digits: { type: 'text', direction: 'ltr', longest: '4', look: 'input input-short' },
  expiry: { type: 'date', direction: 'ltr', longest: '10', look: 'input input-short' },
  birth: { type: 'date', direction: 'ltr', longest: '10', look: 'input input-short' },
} as const;

type GivenEvidence = Pick<EvidenceForm, 'given' | 'wrong'>;
type FaceHint = 'evidence-face-hint' | 'level-code-face-hint' | 'office-recovery-face-hint' | 'counter-unfreeze-face-hint';
type DigitsText = 'evidence-digits' | 'office-recovery-digits' | 'counter-unfreeze-digits';
type ExpiryHint = 'evidence-expiry-hint' | 'evidence-expiry-pictured-hint';

const toErrorId = (field: EvidenceField): string => `${field}-error`;

function renderWrong(t: T, { wrong }: GivenEvidence, field: 'seen' | 'face'): Html | false {
  return wrong.includes(field) && renderFieldError(toErrorId(field), t(`evidence-wrong-${field}`));
}

type Words = { readonly field: TextField; readonly hint: string; readonly wrong: string };

function toWords(t: T, field: TextField, { digits, expiry }: Pick<Asked, 'digits' | 'expiry'>): Words {
  const wrong = field === 'digits' ? t(`${digits}-wrong`) : t(`evidence-wrong-${field}`);
  const hints = {
    digits: `${digits}-hint`,
    expiry,
    issuer: 'evidence-issuer-hint',
    country: 'evidence-country-hint',
    birth: 'evidence-birth-hint',
  } as const;
  return { field, hint: t(hints[field]), wrong };
}

function renderText(t: T, form: GivenEvidence, { field, hint, wrong }: Words): Html {
  const { type, direction, longest, look } = inputs[field];
  const isWrong = form.wrong.includes(field);
  return html`<div class="field">
    <label for="${field}">${t(`evidence-${field}`)}</label>
    <p class="hint" id="${field}-hint">${hint}</p>
    ${isWrong && renderFieldError(toErrorId(field), wrong)}
    <input
      class="${look}"
      id="${field}"
      name="${field}"
      type="${type}"
      dir="${direction}"
      autocomplete="off"
      spellcheck="false"
      maxlength="${longest}"
      value="${form.given[field]}"
      aria-invalid="${isWrong ? 'true' : 'false'}"
      aria-describedby="${isWrong ? `${field}-hint ${toErrorId(field)}` : `${field}-hint`}"
    />
  </div>`;
}

function renderDocument(t: T, form: GivenEvidence, documents: readonly ShownDocument[]): Html {
  const choices = documents.map((value) => ({ value, label: t(`document-${value}`) }));
  const chosen = choices.find(({ value }) => value === form.given.document)?.value ?? null;
  const select = {
    name: 'document',
    label: t('evidence-document'),
    choices: [{ value: '', label: t('evidence-document-choose') }, ...choices],
  };
  return renderSelect({ ...select, chosen, wrong: form.wrong.includes('document') ? t('evidence-wrong-document') : null });
}

function renderFace(t: T, form: GivenEvidence, faceHint: FaceHint): Html {
  const described = form.wrong.includes('face') ? `face-hint ${toErrorId('face')}` : 'face-hint';
  return html`<li class="check">
    ${
      form.given.face === 'yes'
        ? html`<input type="checkbox" id="face" name="face" value="yes" aria-describedby="${described}" checked />`
        : html`<input type="checkbox" id="face" name="face" value="yes" aria-describedby="${described}" />`
    }<label for="face">${t('evidence-face')}</label>
    <p class="hint" id="face-hint">${t(faceHint)}</p>
    ${renderWrong(t, form, 'face')}
  </li>`;
}

function renderSeen(t: T, form: GivenEvidence, faceHint: FaceHint): Html {
  return html`<fieldset>
    <legend><strong>${t('evidence-seen')}</strong></legend>
    ${renderWrong(t, form, 'seen')}
    <ul class="check-list section-body">
      ${(['vpip', 'vcrypt'] as const).map((method, index) => {
        const id = index === 0 ? 'seen' : `seen-${method}`;
        return html`<li class="check">
          ${
            form.given.seen === method
              ? html`<input type="radio" id="${id}" name="seen" value="${method}" aria-describedby="${id}-hint" checked />`
              : html`<input type="radio" id="${id}" name="seen" value="${method}" aria-describedby="${id}-hint" />`
          }<label for="${id}">${t(`evidence-${method}`)}</label>
          <p class="hint" id="${id}-hint">${t(`evidence-${method}-hint`)}</p>
        </li>`;
      })}
      ${renderFace(t, form, faceHint)}
    </ul>
  </fieldset>`;
}

type Asked = {
  readonly documents: readonly ShownDocument[];
  readonly faceHint: FaceHint;
  readonly digits: DigitsText;
  readonly expiry: ExpiryHint;
};

/** The fields alone, for whatever rests on them. */
export function renderEvidenceFields(t: T, form: GivenEvidence, { documents, faceHint, ...words }: Asked): Html {
  return html`${renderDocument(t, form, documents)}
  ${(['issuer', 'country', 'digits', 'expiry', 'birth'] as const).map((field) => renderText(t, form, toWords(t, field, words)))}
  ${renderSeen(t, form, faceHint)}`;
}

/** What is wrong, at the head of the form. */
export function renderEvidenceSummary(texts: StaffFrame['texts'], { wrong: [first] }: GivenEvidence): Html | false {
  if (first === 'holder') {
    return renderErrorSummary(texts, { code: 'proofing/holder-differs', text: 'error-holder-differs', field: 'birth' });
  }
  return (
    first !== undefined &&
    renderErrorSummary(texts, { code: 'proofing/evidence-incomplete', text: 'error-evidence-incomplete', field: first })
  );
}

const asked = {
  enrol: { documents: shownDocuments, faceHint: 'evidence-face-hint', digits: 'evidence-digits', expiry: 'evidence-expiry-hint' },
  level: {
    documents: picturedDocuments,
    faceHint: 'level-code-face-hint',
    digits: 'evidence-digits',
    expiry: 'evidence-expiry-pictured-hint',
  },
} as const;

export function renderEvidence({ texts }: StaffFrame, form: CodeForm, number: string): Html {
  const { t } = texts;
  return html`${renderEvidenceSummary(texts, form)}
    <form class="stack" method="post" action="${safeUrl(form.form.action)}" novalidate>
      ${renderToken(form.form)}<input type="hidden" name="number" value="${number}" /><input
        type="hidden"
        name="looked"
        value="${form.looked}"
      />
      ${renderEvidenceFields(t, form, asked[form.way])}
      <p>${t(form.way === 'level' ? 'level-code-what' : 'counter-hand-over-text')}</p>
      <div class="actions"><button class="button" type="submit" data-action="hand-over">${t('counter-make-code')}</button></div>
    </form>
    <p class="small muted">${t('counter-logged')}</p>`;
}
