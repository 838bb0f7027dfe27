// Freezing and lifting a freeze at the counter: one person by the exact number, and what can be done for them now.

import type { Millis } from '../src/domain/kernel/clock.ts';
import { renderEvidenceFields, renderEvidenceSummary } from './evidence.ts';
import { renderErrorSummary } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import type { FormTarget } from './models.ts';
import { freezeReasons, picturedDocuments } from './office-model.ts';
import type { EvidenceForm } from './office-model.ts';
import { renderNames } from './person-names.ts';
import { renderBack } from './parts.ts';
import type { PersonStatus } from '../src/domain/people/person.ts';
import { toRichText } from './rich-text.ts';
import { renderRadios } from './select.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

type FreezeForm = Pick<EvidenceForm, 'form' | 'looked'> & { readonly isReasonMissing: boolean };

export type CounterFreezePage = {
  readonly find: FormTarget;
  /** As it was typed; null before anybody was looked for. */
  readonly number: string | null;
  readonly person: { readonly names: readonly string[]; readonly status: PersonStatus } | null;
  /** Null where nothing can be closed. */
  readonly freeze: FreezeForm | null;
  /** Null where nothing can be opened here. */
  readonly lift: EvidenceForm | null;
  readonly isOrdered: boolean;
  /** The person's own freeze stands beneath another status. */
  readonly isBeneath: boolean;
  /** When the freeze ends; null while nobody asked. */
  readonly dueAt: Millis | null;
  readonly counterUrl: string;
};

function renderFind({ texts: { t } }: StaffFrame, page: CounterFreezePage): Html {
  return html`<section class="counter-step" aria-labelledby="find">
    <h2 id="find">${t('counter-find')}</h2>
    <form class="stack" method="post" action="${safeUrl(page.find.action)}">
      ${renderToken(page.find)}
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
          spellcheck="false"
          required
          maxlength="64"
          value="${page.number ?? ''}"
          aria-describedby="number-hint"
        />
      </div>
      <div class="actions"><button class="button button-second" type="submit" data-action="find">${t('counter-find-button')}</button></div>
    </form>
    ${page.number !== null && page.person === null && html`<p role="status">${t('counter-nobody')}</p>`}
  </section>`;
}

function renderCarried(page: CounterFreezePage, { form, looked }: Pick<EvidenceForm, 'form' | 'looked'>): Html {
  return html`${renderToken(form)}<input type="hidden" name="number" value="${page.number ?? ''}" /><input
      type="hidden"
      name="looked"
      value="${looked}"
    />`;
}

const missing = { code: 'officer/nothing-chosen', text: 'error-officer-nothing-chosen', field: 'reason' } as const;

function renderClose({ texts }: StaffFrame, page: CounterFreezePage, close: FreezeForm): Html {
  const { t } = texts;
  const choices = freezeReasons.map((value) => ({ value, label: t(`counter-freeze-reason-${value}`) }));
  const wrong = close.isReasonMissing ? t('counter-freeze-reason-missing') : null;
  return html`${close.isReasonMissing && renderErrorSummary(texts, missing)}
    <p>${t(page.dueAt === null ? 'counter-freeze-text' : 'counter-keep-text')}</p>
    <form class="stack" method="post" action="${safeUrl(close.form.action)}" novalidate>
      ${renderCarried(page, close)}${renderRadios({ name: 'reason', label: t('counter-freeze-reason'), choices, chosen: null, wrong })}
      <div class="actions">
        <button class="button" type="submit" data-action="freeze">
          ${t(page.dueAt === null ? 'counter-freeze-press' : 'counter-keep-press')}
        </button>
      </div>
    </form>`;
}

const asked = {
  digits: 'counter-unfreeze-digits',
  expiry: 'evidence-expiry-pictured-hint',
  documents: picturedDocuments,
  faceHint: 'counter-unfreeze-face-hint',
} as const;

function renderLift({ texts }: StaffFrame, page: CounterFreezePage, lift: EvidenceForm): Html {
  const { t } = texts;
  return html`${renderEvidenceSummary(texts, lift)}
    <p>${t('counter-unfreeze-text')}</p>
    <form class="stack" method="post" action="${safeUrl(lift.form.action)}" novalidate>
      ${renderCarried(page, lift)}${renderEvidenceFields(t, lift, asked)}
      <div class="actions"><button class="button" type="submit" data-action="lift">${t('counter-make-code')}</button></div>
    </form>
    <p class="small muted">${t('counter-logged')}</p>`;
}

function renderPerson(frame: StaffFrame, page: CounterFreezePage, person: NonNullable<CounterFreezePage['person']>): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  const title = person.status === 'frozen' ? 'counter-unfreeze' : 'counter-freeze';
  return html`<section class="counter-step" aria-labelledby="act">
    <h2 id="act">${t(title)}</h2>
    <div class="stack">
      <div class="person" role="status" data-person>
        ${renderIcon('person')}
        <div><strong>${renderNames(person.names)}</strong><br /><span class="small muted">${t(`person-${person.status}`)}</span></div>
      </div>
      ${page.isOrdered && html`<p>${t('counter-ordered')}</p>`} ${page.isBeneath && html`<p data-beneath>${t('counter-beneath')}</p>`}
      ${page.dueAt !== null && html`<p data-due>${toRichText(texts, 'counter-unfreeze-waits', { slots: { date: dates.deadline(page.dueAt) } })}</p>`}
      ${page.freeze !== null && renderClose(frame, page, page.freeze)} ${page.lift !== null && renderLift(frame, page, page.lift)}
    </div>
  </section>`;
}

export function renderCounterFreezePage(frame: StaffFrame, page: CounterFreezePage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('counter-freeze-title'),
    main: html`${renderBack(page.counterUrl, t('counter-title'))}
      <div class="page-head"><h1>${t('counter-freeze-title')}</h1></div>
      <div class="pair">${renderFind(frame, page)} ${page.person !== null && renderPerson(frame, page, page.person)}</div>`,
  });
}
