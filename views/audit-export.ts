// One export of a case: what it is, how it stands, and what its reader may do about it.

import type { ExportPage } from './audit-export-model.ts';
import { renderPress } from './audit-export-press.ts';
import { renderProgressOf } from './audit-export-progress.ts';
import { renderExportState } from './audit-exports.ts';
import { renderPeriod } from './audit-case-parts.ts';
import { renderCode, renderExact, renderFacts, renderNumber, toAuditNav } from './audit-parts.ts';
import type { Fact } from './audit-parts.ts';
import { renderCeremony } from './ceremony.ts';
import { renderErrorSummary } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import { renderBack } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

const unconfirmed = { code: 'officer/unconfirmed', text: 'error-officer-unconfirmed', field: 'confirm' } as const;

function toFacts(frame: StaffFrame, page: ExportPage): readonly Fact[] {
  const { t } = frame.texts;
  const about = page.about.map(({ key, value }): Fact => [t(`export-${key}`), renderCode(value)]);
  return [
    [t('export-state'), renderExportState(frame, page.state)],
    [t('export-form'), html`${t(`export-form-${page.form}`)}`],
    ...about,
    [t('audit-case-period'), renderPeriod(frame, page.period)],
    [t('export-rows'), renderNumber(page.rows)],
    [t('export-size'), renderNumber(page.size)],
    [t('export-recipient'), html`<bdi>${page.recipient}</bdi>`],
    [t('export-reason'), html`<bdi>${page.reason}</bdi>`],
    [t('export-asked'), html`<bdi>${page.askedBy}</bdi> · ${renderExact(frame, page.askedAt)}`],
    [
      t('export-decided'),
      page.decidedBy !== null && page.decidedAt !== null && html`<bdi>${page.decidedBy}</bdi> · ${renderExact(frame, page.decidedAt)}`,
    ],
    [t('export-ends'), (page.fetch !== null || page.state === 'waiting') && renderExact(frame, page.endsAt)],
  ];
}

function renderDecision(frame: StaffFrame, { decide }: ExportPage): Html | false {
  const { t } = frame.texts;
  if (decide === null) {
    return false;
  }
  const { act } = decide;
  const choice = html`<form method="post" action="${safeUrl(decide[act].action)}">
    ${renderToken(decide[act])}<input type="hidden" name="confirmation" value="" />
  </form>`;
  const ceremony = { kind: 'export', target: decide.ceremony, label: t(`export-${act}-press`), button: 'button' } as const;
  if (act === 'deny') {
    return html`<h2>${t('export-deny')}</h2>
      <p>${t('export-deny-text')}</p>
      <div id="confirm" tabindex="-1">${renderCeremony(frame, ceremony, { choice })}</div>`;
  }
  const twin = html`<button class="button button-second" type="submit" form="deny" data-action="deny">${t('export-deny')}</button>`;
  return html`<h2>${t('export-decide')}</h2>
    <p>${t('export-decide-text')}</p>
    <div id="confirm" tabindex="-1">${renderCeremony(frame, ceremony, { choice, twin })}</div>
    <form id="deny" method="post" action="${safeUrl(decide.deny.action)}">${renderToken(decide.deny)}</form>`;
}

export function renderExportPage(frame: StaffFrame, page: ExportPage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t(`export-form-${page.form}`),
    nav: toAuditNav(frame.texts, 'cases'),
    hasCeremony: page.decide !== null,
    ...(page.progress === null ? {} : { script: frame.assets.exportProgress }),
    main: html`${renderBack(page.listUrl, t('exports-title'))}
      <div class="column stack">
        <h1>${t(`export-form-${page.form}`)}</h1>
        ${page.isUnconfirmed && renderErrorSummary(frame.texts, unconfirmed)}
        <p class="lead">${t(`export-state-${page.state}-text`)}</p>
        ${page.fetch !== null && renderPress({ target: page.fetch, label: t('export-fetch'), action: 'fetch', isFirst: true })}
        ${renderProgressOf(frame, page)} ${renderFacts(toFacts(frame, page))} ${renderDecision(frame, page)}
        ${page.cancel !== null && renderPress({ target: page.cancel, label: t('export-cancel'), action: 'cancel' })}
      </div>`,
  });
}
