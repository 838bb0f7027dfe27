// The last step before an approver's word on a submission: what it is, and their own passkey.

import { renderFacts } from './audit-parts.ts';
import { renderCeremony } from './ceremony.ts';
import { renderErrorSummary } from './form-error.ts';
import { html } from './html.ts';
import type { CeremonyTarget, FormTarget } from './models.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import { renderCarried, unconfirmed } from './unmask-act.ts';

export type SubmissionConfirmPage = {
  readonly decision: 'approve' | 'decline';
  /** Of every agency that it concerns. */
  readonly agencyNames: readonly string[];
  readonly changeCount: number;
  readonly reason: string;
  /** Carried through the form, as it was shown. */
  readonly carried: readonly (readonly [name: string, value: string])[];
  readonly form: FormTarget;
  readonly ceremony: CeremonyTarget;
  readonly isUnconfirmed: boolean;
};

export function renderSubmissionConfirmPage(frame: StaffFrame, page: SubmissionConfirmPage): string {
  const { t } = frame.texts;
  const label = t(`submission-press-${page.decision}`);
  const ceremony = { kind: 'freeze', target: page.ceremony, label, button: 'button' } as const;
  return renderStaffLayout(frame, {
    title: t('unmask-confirm-title'),
    hasCeremony: true,
    main: html`${renderBack(page.form.action, t('submission-title'))}
      <div class="column stack">
        <h1>${t('unmask-confirm-title')}</h1>
        ${page.isUnconfirmed && renderErrorSummary(frame.texts, unconfirmed)}
        <p class="lead">${t(`submission-confirm-${page.decision}`)}</p>
        ${renderFacts([
          [t('suspension-agency'), html`<bdi>${page.agencyNames.join(t('list-comma'))}</bdi>`],
          [t('submission-confirm-changes'), html`${String(page.changeCount)}`],
          [t('submission-reason'), page.reason !== '' && html`<span dir="auto">${page.reason}</span>`],
        ])}
        <div id="confirm" tabindex="-1">${renderCeremony(frame, ceremony, { choice: renderCarried(page) })}</div>
      </div>`,
  });
}
