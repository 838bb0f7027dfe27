// A desk whose work is done with the command: what it is for, and the commands of today. Nothing is shown that does not work.

import { html } from './html.ts';
import type { MessageKey } from './messages/messages.ts';
import { renderStaffLayout, toDeskName } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

type Work = { readonly text: MessageKey; readonly command: string };

const works = {
  auditor: [
    { text: 'desk-work-query', command: 'huwiya audit query' },
    { text: 'desk-work-verify', command: 'huwiya audit verify' },
    { text: 'desk-work-export', command: 'huwiya audit export FILE' },
  ],
  operator: [
    { text: 'desk-work-officers', command: 'huwiya officers list' },
    { text: 'desk-work-suspend', command: 'huwiya officers status ID suspended' },
    { text: 'desk-work-service', command: 'huwiya agencies status CLIENT_ID suspended' },
    { text: 'desk-work-verify', command: 'huwiya audit verify' },
  ],
  registrar: [{ text: 'desk-work-invite', command: 'huwiya people invite ID' }],
  approver: [{ text: 'desk-work-show', command: 'huwiya agencies show ID' }],
  developer: [
    { text: 'desk-work-check', command: 'huwiya agencies check FILE' },
    { text: 'desk-work-show', command: 'huwiya agencies show ID' },
  ],
} as const satisfies Readonly<Record<StaffFrame['officer']['role'], readonly Work[]>>;

export function renderDeskPage(frame: StaffFrame): string {
  const { texts, officer } = frame;
  const { t } = texts;
  const rows = works[officer.role].map(
    ({ text, command }) =>
      html`<div>
        <dt>${t(text)}</dt>
        <dd><bdi class="code code-long" dir="ltr">${command}</bdi></dd>
      </div>`,
  );
  return renderStaffLayout(frame, {
    title: toDeskName(texts, officer.role),
    main: html`<div class="page-head">
        <h1>${toDeskName(texts, officer.role)}</h1>
        <p class="lead">${t('desk-lead')}</p>
      </div>
      <dl class="facts">${rows}</dl>`,
  });
}
