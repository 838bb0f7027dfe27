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

function renderSteps({ t, language, direction }: Texts): Html {
  return html`<div class="sheet-part" lang="${language}" dir="${direction}">
    <h2>${t('sheet-next')}</h2>
    <ol class="plain-list">
      <li>${t('sheet-next-1')}</li>
      <li>${t('sheet-next-2')}</li>
      <li>${t('sheet-next-3')}</li>
    </ol>
  </div>`;
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
      <dd>${t(sheet.isHigh ? 'sheet-level-high' : 'sheet-level-substantial')}</dd>
    </div>
  </dl>`;
}

export function renderEnrolmentSheet(frame: StaffFrame, sheet: EnrolmentSheet): string {
  const { texts } = frame;
  const { t } = texts;
  return renderStaffLayout(frame, {
    title: t('sheet-title'),
    main: html`<div class="column stack">
      <article class="sheet" aria-labelledby="sheet">
        <div class="sheet-part sheet-head">
          <div class="stack">
            <h1 id="sheet">${t('sheet-title')}</h1>
            <p>${t('sheet-lead')}</p>
          </div>
          ${renderQr(sheet.url, t('sheet-code'))}
        </div>
        <div class="sheet-part">
          <p class="big-code" dir="ltr" data-code>${sheet.code}</p>
          ${renderFacts(frame, sheet)}
        </div>
        ${renderSteps(texts)} ${renderSteps(sheet.otherTexts)}
      </article>
      <div class="notice notice-care screen-only">
        ${renderIcon('care')}
        <div><p>${t('sheet-only-now')}</p></div>
      </div>
      <p class="actions"><a class="button" href="${safeUrl(sheet.counterUrl)}" data-action="next-person">${t('sheet-next-person')}</a></p>
    </div>`,
  });
}
