// Who was found within a case, under the pseudonyms of the case.

import type { CasePeoplePage } from './audit-case-model.ts';
import { renderCode, toAuditNav } from './audit-parts.ts';
import { html } from './html.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

export function renderCasePeoplePage(frame: StaffFrame, page: CasePeoplePage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const rows = page.people.map(
    ({ pseudonym, way, at }) =>
      html`<li class="row" data-person>
        <div>
          <h2 class="row-title">${renderCode(pseudonym)}</h2>
          <p class="row-text">${t(`audit-people-way-${way}`)} · ${dates.moment(at)}</p>
        </div>
      </li>`,
  );
  return renderStaffLayout(frame, {
    title: t('audit-people-title'),
    nav: toAuditNav(texts, 'cases'),
    main: html`${renderBack(page.caseUrl, page.number)}
      <div class="column stack">
        <h1>${t('audit-people-title')}</h1>
        <p class="lead">${t('audit-people-lead')}</p>
        ${
          rows.length === 0
            ? html`<p class="empty">${t('audit-people-none')}</p>`
            : html`<ul class="rows">
                ${rows}
              </ul>`
        }
      </div>`,
  });
}
