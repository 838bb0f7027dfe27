// One unmasking, and the page that shows who it is.

import { renderCode, renderFacts, renderNumber, toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import { renderDecide } from './unmask-act.ts';
import { renderTold, renderUnmaskState } from './unmask-parts.ts';
import type { UnmaskPage, UnmaskShownPage } from './unmask-model.ts';

function renderShow({ texts: { t } }: StaffFrame, { show }: UnmaskPage): Html | false {
  return (
    show !== null &&
    html`<form class="stack" method="post" action="${safeUrl(show.action)}">
      ${renderToken(show)}
      <p class="hint">${t('unmask-show-hint')}</p>
      <p class="actions"><button class="button" type="submit" data-action="show">${t('unmask-show')}</button></p>
    </form>`
  );
}

export function renderUnmaskPage(frame: StaffFrame, page: UnmaskPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  return renderStaffLayout(frame, {
    title: t('unmask-title'),
    nav: toAuditNav(texts, 'cases'),
    main: html`${renderBack(page.listUrl, t('unmask-title'))}
      <div class="column stack-wide">
        <h1>${renderCode(page.pseudonym)}</h1>
        ${renderFacts([
          [t('unmask-state'), renderUnmaskState(texts, page.state)],
          [t('audit-case-number'), renderCode(page.number)],
          [t('unmask-reason'), html`<span dir="auto">${page.reason}</span>`],
          [
            t('unmask-asked-by'),
            html`<bdi>${page.requesterName}</bdi><br /><span class="small muted">${dates.moment(page.requestedAt)}</span>`,
          ],
          [t('unmask-open-until'), page.state === 'asked' && dates.moment(page.openUntil)],
          [t('unmask-decided-by'), page.deciderName !== null && html`<bdi>${page.deciderName}</bdi>`],
          [t('unmask-until'), page.usableUntil !== null && dates.moment(page.usableUntil)],
          [t('unmask-uses'), renderNumber(page.uses)],
          [t('unmask-told'), renderTold(frame, page.later)],
        ])}
        ${renderDecide(frame, page)} ${renderShow(frame, page)}
      </div>`,
  });
}

export function renderUnmaskShownPage(frame: StaffFrame, page: UnmaskShownPage): string {
  const { t } = frame.texts;
  const names = page.names.map((name) => html`<p><bdi>${name}</bdi></p>`);
  return renderStaffLayout(frame, {
    title: t('unmask-shown-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    main: html`${renderBack(page.backUrl, page.pseudonym)}
      <div class="column stack">
        <h1>${t('unmask-shown-title')}</h1>
        <p class="lead">${t('unmask-shown-lead')}</p>
        ${renderFacts([
          [t('unmask-name'), html`${names}`],
          [t('unmask-number'), page.personNumber === null ? html`${t('unmask-number-none')}` : renderCode(page.personNumber)],
          [t('unmask-pseudonym'), renderCode(page.pseudonym)],
          [t('audit-case-number'), renderCode(page.number)],
        ])}
      </div>`,
  });
}
