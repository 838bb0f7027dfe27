// The first page of a case: what it says of itself, its members, and where its work is done.

import type { AuditCaseHome } from './audit-case-model.ts';
import { renderCaseNumber, renderCaseState, renderPeriod, renderScope } from './audit-case-parts.ts';
import { renderFacts, toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import { renderBack } from './parts.ts';
import { renderSelect } from './select.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function renderParts({ texts: { t } }: StaffFrame, { parts }: AuditCaseHome): Html | false {
  return (
    parts.length > 0 &&
    html`<ul class="rows">
      ${parts.map(
        ({ key, url }) =>
          html`<li class="row">
            <div>
              <h2 class="row-title"><a href="${safeUrl(url)}" data-action="part-${key}">${t(`audit-case-part-${key}`)}</a></h2>
              <p class="row-text">${t(`audit-case-part-${key}-text`)}</p>
            </div>
            <span class="row-end">${renderIcon('forward')}</span>
          </li>`,
      )}
    </ul>`
  );
}

function renderMembers({ texts: { t }, dates }: StaffFrame, { members, forms }: AuditCaseHome): Html {
  const choices = [{ value: '', label: t('audit-case-member-none') }, ...(forms?.colleagues ?? [])];
  const add =
    forms !== null &&
    forms.colleagues.length > 0 &&
    html`<form class="stack" method="post" action="${safeUrl(forms.member.action)}">
      ${renderToken(forms.member)} ${renderSelect({ name: 'member', label: t('audit-case-member-add'), choices, chosen: null })}
      <p class="hint">${t('audit-case-member-hint')}</p>
      <p class="actions"><button class="button button-second" type="submit" data-action="add">${t('audit-case-member-button')}</button></p>
    </form>`;
  return html`<section class="stack" aria-labelledby="members">
    <h2 id="members">${t('audit-case-members')}</h2>
    <ul class="rows">
      ${members.map(
        ({ name, addedAt }) =>
          html`<li class="row" data-member>
            <div>
              <p class="row-title"><bdi>${name}</bdi></p>
              <p class="row-text">${dates.moment(addedAt)}</p>
            </div>
          </li>`,
      )}
    </ul>
    ${add}
  </section>`;
}

function renderClose({ texts: { t } }: StaffFrame, { forms }: AuditCaseHome): Html | false {
  return (
    forms !== null &&
    html`<details class="more">
      <summary>${t('audit-case-close')}</summary>
      <form class="stack" method="post" action="${safeUrl(forms.close.action)}">
        ${renderToken(forms.close)}
        <p>${t('audit-case-close-hint')}</p>
        <p class="actions"><button class="button button-second" type="submit" data-action="close">${t('audit-case-close')}</button></p>
      </form>
    </details>`
  );
}

export function renderAuditCasePage(frame: StaffFrame, page: AuditCaseHome): string {
  const { texts, dates } = frame;
  const { t } = texts;
  return renderStaffLayout(frame, {
    title: page.number,
    nav: toAuditNav(texts, 'cases'),
    main: html`${page.listUrl !== null && renderBack(page.listUrl, t('audit-cases-title'))}
      <div class="column stack-wide">
        <h1>${renderCaseNumber(page.number)}</h1>
        ${page.state !== 'going' && html`<p class="lead">${t('audit-case-ended-lead')}</p>`} ${renderParts(frame, page)}
        ${renderFacts([
          [t('audit-case-state'), renderCaseState(frame, page)],
          [t('audit-case-authority'), html`<bdi>${page.authority}</bdi>`],
          [t('audit-case-basis'), html`${t(`audit-case-basis-${page.basis}`)}`],
          [t('audit-case-scope'), renderScope(frame, page)],
          [t('audit-case-period'), renderPeriod(frame, page.covers)],
          [t('audit-case-opened'), dates.moment(page.openedAt)],
          [t('audit-case-key-end'), dates.shortDay(page.keyEndsAt)],
        ])}
        ${renderMembers(frame, page)} ${renderClose(frame, page)}
      </div>`,
  });
}
