// How far a list has come that an auditor fetches. Every sentence is on the page and one is seen; a small script turns to the next while the file is on its way, and
// without it the page is looked at again by hand.

import type { ExportPage, ProgressPage, ShownProgress } from './audit-export-model.ts';
import { renderPress } from './audit-export-press.ts';
import { renderCode, renderNumber, toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

export const progressStates = ['none', 'prepare', 'send', 'whole', 'stopped'] as const;

type Shown = { readonly url: string; readonly progress: ShownProgress };

export function renderProgress({ texts: { t } }: StaffFrame, { progress: { of, rows, state }, url }: Shown): Html {
  return html`<section data-progress="${safeUrl(url)}" data-state="${state}">
    <h2 id="progress">${t('export-progress-title')}</h2>
    <div role="status">
      ${progressStates.map((each) => html`<p data-said="${each}" ${each !== state && 'hidden'}>${t(`export-progress-${each}`)}</p>`)}
    </div>
    <p class="progress">
      <progress aria-labelledby="progress" max="${Math.max(of, 1)}" value="${rows}"></progress>
      <span>${t('export-rows')}: <span data-rows>${renderNumber(rows)}</span> / ${renderNumber(of)}</span>
    </p>
  </section>`;
}

/** On the page of the export: in another tab, because a tab that waits for its file would stop waiting. */
export function renderProgressOf(frame: StaffFrame, { progress }: Pick<ExportPage, 'progress'>): Html | false {
  return (
    progress !== null &&
    html`${renderProgress(frame, progress)}
      <p>
        <a href="${safeUrl(progress.url)}" target="_blank" rel="noopener" data-action="progress"
          >${frame.texts.t('export-progress-look')}</a
        >
      </p>`
  );
}

export function renderProgressPage(frame: StaffFrame, page: ProgressPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('export-progress-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    script: frame.assets.exportProgress,
    main: html`${renderBack(page.exportUrl, t(`export-form-${page.form}`))}
      <div class="column stack">
        <h1>${t(`export-form-${page.form}`)} · ${renderCode(page.number)}</h1>
        ${renderProgress(frame, page)}
        <p class="actions">
          <a class="button button-second" href="${safeUrl(page.url)}" data-action="again">${t('export-progress-again')}</a>
        </p>
        ${page.cancel !== null && renderPress({ target: page.cancel, label: t('export-cancel'), action: 'cancel' })}
      </div>`,
  });
}
