// A desk that belongs to another role: what this page is, what the officer may open instead. Nothing of the page itself is hinted at.

import { toErrorWords } from './error.ts';
import { html, safeUrl } from './html.ts';
import { renderStaffLayout, toDeskName, toRoleName } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { OtherRolePage } from './staff-model.ts';

export function renderOtherRolePage(frame: StaffFrame, page: OtherRolePage): string {
  const { texts } = frame;
  const { t } = texts;
  const words = toErrorWords(texts, 'error-officer-role');
  return renderStaffLayout(frame, {
    title: words.title,
    main: html`<div class="column stack" data-error="officer/other-role">
      <h1>${words.title}</h1>
      <p class="lead">${words.meaning}</p>
      <dl class="facts">
        <div>
          <dt>${t('staff-page-for')}</dt>
          <dd>${page.roles.map((role) => toRoleName(texts, role)).join(t('list-comma'))}</dd>
        </div>
        <div>
          <dt>${t('staff-your-role')}</dt>
          <dd>${toRoleName(texts, page.own.role)}</dd>
        </div>
        <div>
          <dt>${t('staff-you-may-open')}</dt>
          <dd><a href="${safeUrl(page.own.url)}" data-action="open-desk">${toDeskName(texts, page.own.role)}</a></dd>
        </div>
      </dl>
      <p>${words.next}</p>
    </div>`,
  });
}
