// The registration counter: one person found by the exact number on the document, as little of them as the officer needs, and the evidence that was seen.

import { renderEvidence } from './evidence.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import type { CounterPage, CounterPerson } from './office-model.ts';
import { renderNames } from './person-names.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function renderFind({ texts: { t } }: StaffFrame, page: CounterPage): Html {
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
    ${page.number !== null && renderFound(t, page.person)}
  </section>`;
}

function renderFound(t: StaffFrame['texts']['t'], person: CounterPerson | null): Html {
  if (person === null) {
    return html`<div class="notice notice-care section-body" role="status">
      ${renderIcon('care')}
      <div><p>${t('counter-nobody')}</p></div>
    </div>`;
  }
  const facts = [t(`kind-${person.kind}`), t(`person-${person.status}`), t('passkey-count', { count: person.passkeyCount })].join(' · ');
  return html`<div class="person section-body" role="status" data-person>
    ${renderIcon('person')}
    <div><strong>${renderNames(person.names)}</strong><br /><span class="small muted">${facts}</span></div>
  </div>`;
}

/** Somebody who has a passkey: what the code is for, and what it is not. */
function renderForLevel({ texts: { t } }: StaffFrame): Html {
  return html`<div class="notice" data-way="level">
    ${renderIcon('key')}
    <div>
      <p><strong>${t('counter-level-title')}</strong></p>
      <p>${t('counter-level-text')}</p>
    </div>
  </div>`;
}

function renderHandOver(frame: StaffFrame, page: CounterPage, person: CounterPerson): Html {
  const { t } = frame.texts;
  const reason = person.isEnrolled ? t('counter-has-passkey') : t('counter-not-active');
  const body = page.evidence === null ? html`<p>${reason}</p>` : renderEvidence(frame, page.evidence, page.number ?? '');
  const isForLevel = page.evidence?.way === 'level';
  return html`<section class="counter-step" aria-labelledby="evidence">
    <h2 id="evidence">${t('counter-evidence')}</h2>
    <div class="stack">${isForLevel && renderForLevel(frame)} ${body}</div>
  </section>`;
}

export function renderCounterPage(frame: StaffFrame, page: CounterPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('counter-title'),
    main: html`<div class="page-head">
        <h1>${t('counter-title')}</h1>
        <p>${t('counter-lead')}</p>
        <p class="event-links">
          <a href="/office/recoveries" data-action="recoveries">${t('office-recovery-title')}</a
          ><a href="/office/freeze" data-action="freeze">${t('counter-freeze-title')}</a
          ><a href="/office/cases" data-action="cases">${t('cases-title')}</a
          ><a href="/office/audit-codes" data-action="audit-codes">${t('audit-code-title')}</a>
        </p>
      </div>
      <div class="pair">${renderFind(frame, page)} ${page.person !== null && renderHandOver(frame, page, page.person)}</div>`,
  });
}
