// One suspension, and the last step before it is proposed or decided: the auditor reads what it is, and confirms with their own passkey.

import { renderFacts, toAuditNav } from './audit-parts.ts';
import { renderCeremony } from './ceremony.ts';
import { renderErrorSummary } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { MessageKey } from './messages/messages.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { SuspensionConfirmPage, SuspensionPage } from './suspension-model.ts';
import { renderSuspensionState, toProposal, toSuspensionFacts } from './suspension-parts.ts';
import { renderCarried, renderDecide, unconfirmed } from './unmask-act.ts';

function toLead({ pressed, about: { act, kind } }: SuspensionConfirmPage): MessageKey {
  const agreed = act === 'resume' ? ('suspension-confirm-approve-resume' as const) : (`suspension-confirm-approve-${kind}` as const);
  return pressed === 'approve' ? agreed : `suspension-confirm-${pressed}`;
}

export function renderSuspensionConfirmPage(frame: StaffFrame, page: SuspensionConfirmPage): string {
  const { t } = frame.texts;
  const ceremony = { kind: 'freeze', target: page.ceremony, label: t(`unmask-press-${page.pressed}`), button: 'button' } as const;
  return renderStaffLayout(frame, {
    title: t('unmask-confirm-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    hasCeremony: true,
    main: html`${renderBack(page.backUrl, t('suspension-title'))}
      <div class="column stack">
        <h1>${t('unmask-confirm-title')}</h1>
        ${page.isUnconfirmed && renderErrorSummary(frame.texts, unconfirmed)}
        <p class="lead">${t(toLead(page))}</p>
        ${renderFacts([[t('suspension-proposal'), html`<bdi>${toProposal(frame.texts, page.about)}</bdi>`], ...toSuspensionFacts(frame, page.about)])}
        <div id="confirm" tabindex="-1">${renderCeremony(frame, ceremony, { choice: renderCarried(page) })}</div>
      </div>`,
  });
}

export function renderSuspensionPage(frame: StaffFrame, page: SuspensionPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const { about, row, endUrl } = page;
  const asked = html`<bdi>${row.requesterName}</bdi><br /><span class="small muted">${dates.moment(row.requestedAt)}</span>`;
  return renderStaffLayout(frame, {
    title: t('suspension-title'),
    nav: toAuditNav(texts, 'cases'),
    main: html`${renderBack(page.listUrl, t('suspension-title'))}
      <div class="column stack-wide">
        <h1><bdi>${toProposal(texts, about)}</bdi></h1>
        ${renderFacts([
          [t('unmask-state'), renderSuspensionState(texts, row.state)],
          ...toSuspensionFacts(frame, about),
          [t('unmask-asked-by'), asked],
          [t('unmask-open-until'), row.state === 'asked' && dates.moment(page.openUntil)],
          [t('unmask-decided-by'), page.deciderName !== null && html`<bdi>${page.deciderName}</bdi>`],
          [t('suspension-ended-at'), page.endedAt !== null && dates.moment(page.endedAt)],
        ])}
        ${renderDecide(frame, page)}
        ${
          endUrl !== null &&
          html`<p class="actions">
            <a class="button button-second" href="${safeUrl(endUrl)}" data-action="end">${t('suspension-end')}</a>
          </p>`
        }
      </div>`,
  });
}
