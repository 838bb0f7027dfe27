// One list on a breach, and the last step before it is asked for or decided: the auditor reads what it is, and confirms with their own passkey.

import { renderPeriod } from './audit-case-parts.ts';
import { renderCode, renderFacts, renderNumber, toAuditNav } from './audit-parts.ts';
import type { BreachConfirmPage, BreachListPage } from './breach-model.ts';
import { renderCeremony } from './ceremony.ts';
import { renderErrorSummary } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import { renderCarried, renderDecide, unconfirmed } from './unmask-act.ts';
import { renderUnmaskState } from './unmask-parts.ts';

type Facts = Parameters<typeof renderFacts>[0];

function toAbout(frame: StaffFrame, page: BreachConfirmPage | BreachListPage): Facts {
  const { t } = frame.texts;
  return [
    [t('audit-case-number'), renderCode(page.number)],
    [t('breach-service'), html`<bdi>${page.serviceName}</bdi>`],
    [t('breach-period'), renderPeriod(frame, page.period)],
    [t('breach-people'), renderNumber(page.people)],
    [t('unmask-reason'), html`<span dir="auto">${page.reason}</span>`],
  ];
}

export function renderBreachConfirmPage(frame: StaffFrame, page: BreachConfirmPage): string {
  const { t } = frame.texts;
  const ceremony = { kind: 'freeze', target: page.ceremony, label: t(`unmask-press-${page.act}`), button: 'button' } as const;
  return renderStaffLayout(frame, {
    title: t('unmask-confirm-title'),
    nav: toAuditNav(frame.texts, 'cases'),
    hasCeremony: true,
    main: html`${renderBack(page.backUrl, t('breach-title'))}
      <div class="column stack">
        <h1>${t('unmask-confirm-title')}</h1>
        ${page.isUnconfirmed && renderErrorSummary(frame.texts, unconfirmed)}
        <p class="lead">${t(`breach-confirm-${page.act}`)}</p>
        ${renderFacts(toAbout(frame, page))}
        <div id="confirm" tabindex="-1">${renderCeremony(frame, ceremony, { choice: renderCarried(page) })}</div>
      </div>`,
  });
}

function renderFetch({ texts: { t } }: StaffFrame, { fetch }: BreachListPage): Html | false {
  return (
    fetch !== null &&
    html`<form class="stack" method="post" action="${safeUrl(fetch.action)}">
      ${renderToken(fetch)}
      <p class="hint">${t('breach-fetch-hint')} ${t('breach-told')}</p>
      <p class="actions"><button class="button" type="submit" data-action="fetch">${t('breach-fetch')}</button></p>
    </form>`
  );
}

export function renderBreachListPage(frame: StaffFrame, page: BreachListPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const asked = html`<bdi>${page.requesterName}</bdi><br /><span class="small muted">${dates.moment(page.requestedAt)}</span>`;
  return renderStaffLayout(frame, {
    title: t('breach-title'),
    nav: toAuditNav(texts, 'cases'),
    main: html`${renderBack(page.listUrl, t('breach-title'))}
      <div class="column stack-wide">
        <h1><bdi>${page.serviceName}</bdi></h1>
        ${renderFacts([
          [t('unmask-state'), renderUnmaskState(texts, page.state)],
          ...toAbout(frame, page),
          [t('unmask-asked-by'), asked],
          [t('unmask-open-until'), page.state === 'asked' && dates.moment(page.openUntil)],
          [t('unmask-decided-by'), page.deciderName !== null && html`<bdi>${page.deciderName}</bdi>`],
          [t('unmask-until'), page.usableUntil !== null && dates.moment(page.usableUntil)],
          [t('breach-uses'), renderNumber(page.uses)],
        ])}
        ${renderDecide(frame, page)} ${renderFetch(frame, page)}
      </div>`,
  });
}
