// In the middle of a sign-in at an agency: somebody asked to come back to this account. No is the large answer; the task waits and goes on with either.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Asker, Frame } from './models.ts';
import { renderAsker } from './parts.ts';
import type { RecoveryLookPage } from './recovery-model.ts';
import { toRichText } from './rich-text.ts';

const renderWho = (asker: Asker | null): Html | null => (asker === null ? null : renderAsker(asker));

function renderOpen(frame: Frame, page: RecoveryLookPage, open: NonNullable<RecoveryLookPage['open']>): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  return html`<div class="page-head">
      ${renderWho(page.asker)}
      <h1>${t('recover-look-title')}</h1>
      <p class="lead">${toRichText(texts, `recover-cancel-lead-${open.way}`, { slots: { date: dates.moment(open.begunAt) } })}</p>
    </div>
    <div class="notice notice-care">
      ${renderIcon('care')}
      <div>
        <p>${t('recover-look-text')}</p>
        ${open.readyAt !== null && html`<p>${toRichText(texts, 'recover-look-until', { slots: { date: dates.moment(open.readyAt) } })}</p>`}
      </div>
    </div>
    <form class="stack" method="post" action="${safeUrl(page.form.action)}">
      ${renderToken(page.form)}<input type="hidden" name="recovery" value="${open.id}" />
      <div class="actions">
        <button class="button button-stop" type="submit" name="decision" value="stop" data-action="stop-recovery">
          ${t('recover-cancel-go')}
        </button>
      </div>
      <div class="actions">
        <button class="button button-text" type="submit" name="decision" value="continue" data-action="continue">
          ${t('recover-look-continue')}
        </button>
      </div>
    </form>`;
}

function renderOver({ texts: { t } }: Frame, page: RecoveryLookPage): Html {
  return html`<div class="page-head">
      ${renderWho(page.asker)}
      <h1>${t('recover-look-over-title')}</h1>
      <p class="lead">${t('recover-look-over-lead')}</p>
    </div>
    ${page.stopped !== null && html`<p>${t(`recover-cancelled-text-${page.stopped}`)}</p>`}
    <form method="post" action="${safeUrl(page.form.action)}">
      ${renderToken(page.form)}
      <div class="actions">
        <button class="button" type="submit" name="decision" value="continue" data-action="continue">${t('continue')}</button>
      </div>
    </form>`;
}

export function renderRecoveryLookPage(frame: Frame, page: RecoveryLookPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t(page.open === null ? 'recover-look-over-title' : 'recover-look-title'),
    main: html`<div class="column stack">${page.open === null ? renderOver(frame, page) : renderOpen(frame, page, page.open)}</div>`,
  });
}
