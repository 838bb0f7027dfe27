// The sheet that leaves the counter with the person: the code for the camera and in letters, where to type it, until when, and what to do with it.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { toMasked } from './mask.ts';
import type { Texts } from './messages/messages.ts';
import type { EnrolmentSheet } from './office-model.ts';
import { renderQr } from './qr.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

const steps = {
  enrol: ['sheet-next-1', 'sheet-next-2', 'sheet-next-3'],
  level: ['level-sheet-next-1', 'level-sheet-next-2', 'level-sheet-next-3'],
} as const;

function renderSteps({ t, language, direction }: Texts, { way }: EnrolmentSheet): Html {
  return html`<div class="sheet-part" lang="${language}" dir="${direction}">
    <h2>${t('sheet-next')}</h2>
    <ol class="plain-list">
      ${steps[way].map((step) => html`<li>${t(step)}</li>`)}
    </ol>
  </div>`;
}

function toLevelText({ way, isHigh }: EnrolmentSheet): 'level-sheet-level' | 'sheet-level-high' | 'sheet-level-substantial' {
  if (way === 'level') {
    return 'level-sheet-level';
  }
  return isHigh ? 'sheet-level-high' : 'sheet-level-substantial';
}

function renderFacts({ texts: { t }, dates }: StaffFrame, sheet: EnrolmentSheet): Html {
  return html`<dl class="facts">
    <div>
      <dt>${t('sheet-type-at')}</dt>
      <dd><bdi class="code code-long" dir="ltr">${sheet.typeUrl.replace(/^https?:\/\//, '')}</bdi></dd>
    </div>
    <div>
      <dt>${t('enrol-for')}</dt>
      <dd><bdi>${toMasked({ kind: 'name', text: sheet.fullName })}</bdi></dd>
    </div>
    <div>
      <dt>${t('sheet-until')}</dt>
      <dd>${dates.moment(sheet.expiresAt)}<br /><span class="small muted">${t('sheet-once')}</span></dd>
    </div>
    <div>
      <dt>${t('sheet-level')}</dt>
      <dd>${t(toLevelText(sheet))}</dd>
    </div>
  </dl>`;
}

export function renderEnrolmentSheet(frame: StaffFrame, sheet: EnrolmentSheet): string {
  const { texts } = frame;
  const { t } = texts;
  const title = t(sheet.way === 'level' ? 'level-sheet-title' : 'sheet-title');
  return renderStaffLayout(frame, {
    title,
    main: html`<div class="column stack">
      <article class="sheet" aria-labelledby="sheet">
        <div class="sheet-part sheet-head">
          <div class="stack">
            <h1 id="sheet">${title}</h1>
            <p>${t(sheet.way === 'level' ? 'level-sheet-lead' : 'sheet-lead')}</p>
          </div>
          ${renderQr(sheet.url, t(sheet.way === 'level' ? 'level-sheet-code' : 'sheet-code'))}
        </div>
        <div class="sheet-part">
          <p class="big-code" dir="ltr" data-code>${sheet.code}</p>
          ${renderFacts(frame, sheet)}
        </div>
        ${renderSteps(texts, sheet)} ${renderSteps(sheet.otherTexts, sheet)}
      </article>
      <div class="notice notice-care screen-only">
        ${renderIcon('care')}
        <div><p>${t('sheet-only-now')}</p></div>
      </div>
      <p class="actions"><a class="button" href="${safeUrl(sheet.counterUrl)}" data-action="next-person">${t('sheet-next-person')}</a></p>
    </div>`,
  });
}
