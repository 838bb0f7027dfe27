// Enrolment of an officer by link: whose account it is, until when, and the one button. Opening the page has no effect.

import { renderCeremony } from './ceremony.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Frame } from './models.ts';
import { renderStaffDoor, toDeskName, toRoleName } from './staff-layout.ts';
import type { StaffEnrolPage, StaffEnrolledPage } from './staff-model.ts';

function renderBring({ texts: { t } }: Frame): Html {
  return html`<p><strong>${t('staff-enrol-bring-title')}</strong></p>
    <p>${t('staff-enrol-bring')}</p>
    <p>${t('staff-enrol-bring-refused')}</p>`;
}

export function renderStaffEnrolPage(frame: Frame, page: StaffEnrolPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const ceremony = { kind: 'create', target: page.ceremony, label: t('create-passkey'), button: 'button' } as const;
  return renderStaffDoor(frame, {
    title: t('staff-enrol-title'),
    hasCeremony: true,
    main: html`<div class="page-head">
        <h1>${t('staff-enrol-title')}</h1>
        <p class="lead">${t('staff-enrol-lead')}</p>
      </div>
      <div class="column stack">
        <dl class="facts">
          <div>
            <dt>${t('staff-enrol-for')}</dt>
            <dd><bdi>${page.name}</bdi></dd>
          </div>
          <div>
            <dt>${t('staff-role')}</dt>
            <dd>${toRoleName(texts, page.role)}</dd>
          </div>
          <div>
            <dt>${t('staff-opens')}</dt>
            <dd>${toDeskName(texts, page.role)}</dd>
          </div>
          <div>
            <dt>${t('enrol-link-until')}</dt>
            <dd>${dates.moment(page.expiresAt)}<br /><span class="small muted">${t('staff-enrol-once')}</span></dd>
          </div>
        </dl>
        <div class="notice notice-care">
          ${renderIcon('care')}
          <div>${page.isAttestedDemanded ? renderBring(frame) : html`<p>${t('staff-enrol-own-device')}</p>`}</div>
        </div>
        ${renderCeremony(frame, ceremony)} ${!page.isAttestedDemanded && html`<p class="small muted">${t('create-elsewhere')}</p>`}
      </div>`,
  });
}

export function renderStaffEnrolledPage(frame: Frame, page: StaffEnrolledPage): string {
  const { t } = frame.texts;
  return renderStaffDoor(frame, {
    title: t('staff-enrolled-title'),
    main: html`<div class="column stack">
      <h1>${t('staff-enrolled-title')}</h1>
      <p class="lead">${t('staff-enrolled-lead')}</p>
      <p>${t('staff-lost')}</p>
      <p class="actions"><a class="button" href="${safeUrl(page.deskUrl)}" data-action="open-desk">${t('staff-sign-in')}</a></p>
    </div>`,
  });
}
