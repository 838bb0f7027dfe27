// The first page of the auditor's desk: one's own work, where inspectors usually begin, and how large the log is now.

import { renderFoundAlone, renderOwnCases, renderOwnSearches, renderWaiting } from './audit-desk-work.ts';
import { quickStarts } from './audit-model.ts';
import type { AuditDeskPage, LogVerified } from './audit-model.ts';
import { renderFacts, renderNumber, toAuditNav } from './audit-parts.ts';
import { renderWitnessAlarm } from './audit-witnesses.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

const verifiedLooks = {
  whole: { icon: 'tick', look: 'state-good' },
  late: { icon: 'care', look: 'state-care' },
  broken: { icon: 'cross', look: 'state-stop' },
} as const;

function renderVerified({ texts, dates }: StaffFrame, verified: LogVerified | null): Html {
  if (verified === null) {
    return html`${texts.t('verified-never')}`;
  }
  const fresh = verified.isLate ? 'late' : 'whole';
  const state = verified.isWhole ? fresh : 'broken';
  const { icon, look } = verifiedLooks[state];
  return html`${dates.day(verified.at)}<br />${dates.clock(verified.at)}<br /><span class="state ${look}" data-verified="${state}"
      >${renderIcon(icon)}<span>${texts.t(`verified-state-${state}`)}</span></span
    >`;
}

/** What stands before everything else on the page. */
function renderVerifiedAlarm({ texts }: StaffFrame, { verified, logUrl }: AuditDeskPage): Html | false {
  return (
    verified?.isWhole === false &&
    html`<div class="result result-stop" data-alarm="broken">
      ${renderIcon('cross')}
      <div>
        <h2><a href="${safeUrl(logUrl)}">${texts.t('verified-broken')}</a></h2>
        <p>${texts.t('verified-broken-text')}</p>
      </div>
    </div>`
  );
}

function renderHead(frame: StaffFrame, { head, verified }: AuditDeskPage): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  const checkpoint = head === null ? html`${t('audit-no-checkpoint')}` : html`${dates.day(head.at)}<br />${dates.clock(head.at)}`;
  return html`<section class="stack" aria-labelledby="now">
    <h2 id="now">${t('audit-now')}</h2>
    ${renderFacts([
      [t('audit-size'), renderNumber(head?.size ?? 0)],
      [t('audit-checkpoint'), checkpoint],
      [t('verified-last'), renderVerified(frame, verified)],
    ])}
    <p><a href="/audit/log">${t('audit-how-integrity')}</a></p>
  </section>`;
}

function renderQuickStarts({ texts }: StaffFrame, { quickUrls }: AuditDeskPage): Html {
  const rows = quickStarts.map(
    (start) =>
      html`<li class="row">
        <p class="row-title"><a href="${safeUrl(quickUrls[start])}">${texts.t(`audit-quick-${start}`)}</a></p>
        <span class="row-end">${renderIcon('forward')}</span>
      </li>`,
  );
  return html`<section aria-labelledby="quick">
    <h2 id="quick" class="section-title">${texts.t('audit-quick')}</h2>
    <ul class="rows">
      ${rows}
    </ul>
  </section>`;
}

function renderOpen({ texts }: StaffFrame, { openUrl }: AuditDeskPage): Html {
  const { t } = texts;
  return html`<section class="stack" aria-labelledby="open">
    <h2 id="open">${t('audit-open')}</h2>
    <form class="stack" method="get" action="${safeUrl(openUrl)}">
      <div class="field">
        <label for="index">${t('audit-open-number')}</label>
        <p class="hint" id="index-hint">${t('audit-open-hint')}</p>
        <input
          class="input"
          id="index"
          name="index"
          type="text"
          inputmode="numeric"
          dir="ltr"
          required
          pattern="[0-9,]{1,19}"
          autocomplete="off"
          aria-describedby="index-hint"
        />
      </div>
      <p class="actions"><button class="button button-second" type="submit">${t('audit-open-button')}</button></p>
    </form>
  </section>`;
}

export function renderAuditDeskPage(frame: StaffFrame, page: AuditDeskPage): string {
  const { t } = frame.texts;
  const { work } = page;
  return renderStaffLayout(frame, {
    title: t('audit-title'),
    nav: toAuditNav(frame.texts, 'desk'),
    main: html`<div class="page-head">
        <h1>${t('audit-title')}</h1>
        <p class="lead">${t('audit-lead')}</p>
        <p class="muted">${t('audit-logged')}</p>
      </div>
      <div class="stack">${renderVerifiedAlarm(frame, page)} ${renderWitnessAlarm(frame, page.witnesses, page.logUrl)}</div>
      <div class="pair">
        <div class="stack-wide">${renderWaiting(frame, work)} ${renderOwnCases(frame, work)} ${renderFoundAlone(frame, work)}</div>
        <div class="stack-wide">
          ${renderOwnSearches(frame, work)} ${renderQuickStarts(frame, page)} ${renderOpen(frame, page)} ${renderHead(frame, page)}
        </div>
      </div>`,
  });
}
