// What waits for an approver, oldest first.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { SubmissionsPage, WaitingSubmission } from './submission-model.ts';

function renderWaiting({ texts: { t, language }, dates }: StaffFrame, waiting: WaitingSubmission): Html {
  const names = new Intl.ListFormat(language === 'ar' ? 'ar' : 'en-GB', { type: 'conjunction' }).format(waiting.agencyNames);
  return html`<li class="row">
    <div>
      <h2 class="row-title">
        <a href="${safeUrl(waiting.url)}"><bdi>${names}</bdi></a>
      </h2>
      <p class="row-text">${t('change-count', { count: waiting.changeCount })} · ${dates.moment(waiting.submittedAt)}</p>
    </div>
    <div class="row-end row-end-wrap">
      <span class="state ${waiting.review === 'dual' ? 'state-care' : ''}"
        >${t(waiting.isHalfApproved ? 'review-one-of-two' : `review-${waiting.review}`)}</span
      >
    </div>
  </li>`;
}

export function renderSubmissionsPage(frame: StaffFrame, page: SubmissionsPage): string {
  const { t } = frame.texts;
  const decided =
    page.justDecided !== null &&
    html`<div class="notice notice-good" role="status">
      ${renderIcon('tick')}
      <div><p>${t(page.justDecided === 'first' ? 'review-saved' : `submission-${page.justDecided}`)}</p></div>
    </div>`;
  const list =
    page.waiting.length === 0
      ? html`<p class="empty">${t('submissions-none')}</p>`
      : html`<ul class="rows">
          ${page.waiting.map((waiting) => renderWaiting(frame, waiting))}
        </ul>`;
  return renderStaffLayout(frame, {
    title: t('desk-approver'),
    main: html`<div class="page-head">
        <h1>${t('desk-approver')}</h1>
        <p>${t('submissions-lead')}</p>
      </div>
      <div class="column stack">${decided} ${list}</div>`,
  });
}
