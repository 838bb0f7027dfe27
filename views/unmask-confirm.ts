// The last step before an unmasking is asked for, agreed to or refused: the auditor reads what it is, and confirms it with their own passkey.

import { renderCode, renderFacts, toAuditNav } from './audit-parts.ts';
import { renderCeremony } from './ceremony.ts';
import { renderErrorSummary } from './form-error.ts';
import { html } from './html.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import { renderCarried, unconfirmed } from './unmask-act.ts';
import { renderTold } from './unmask-parts.ts';
import type { UnmaskConfirmPage } from './unmask-model.ts';

export function renderUnmaskConfirmPage(frame: StaffFrame, page: UnmaskConfirmPage): string {
  const { t } = frame.texts;
  const ceremony = { kind: 'freeze', target: page.ceremony, label: t(`unmask-press-${page.act}`), button: 'button' } as const;
  return renderStaffLayout(frame, {
    title: t('unmask-confirm-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    hasCeremony: true,
    main: html`${renderBack(page.backUrl, t('unmask-title'))}
      <div class="column stack">
        <h1>${t('unmask-confirm-title')}</h1>
        ${page.isUnconfirmed && renderErrorSummary(frame.texts, unconfirmed)}
        <p class="lead">${t(`unmask-confirm-${page.act}`)}</p>
        ${renderFacts([
          [t('audit-case-number'), renderCode(page.number)],
          [t('unmask-pseudonym'), renderCode(page.pseudonym)],
          [t('unmask-reason'), html`<span dir="auto">${page.reason}</span>`],
          [t('unmask-told'), renderTold(frame, page.later)],
        ])}
        <div id="confirm" tabindex="-1">${renderCeremony(frame, ceremony, { choice: renderCarried(page) })}</div>
      </div>`,
  });
}
