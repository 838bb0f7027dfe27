// A desk whose work is done with the command: what it is for, and the commands of today. Nothing is shown that does not work.

import { html } from './html.ts';
import type { MessageKey } from './messages/messages.ts';
import { renderStaffLayout, toDeskName } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

type Work = { readonly text: MessageKey; readonly command: string };

const works = {
  operator: [
    { text: 'desk-work-officers', command: 'huwiya officers list' },
    { text: 'desk-work-suspend', command: 'huwiya officers status ID suspended' },
    { text: 'desk-work-service', command: 'huwiya agencies status CLIENT_ID suspended' },
    { text: 'desk-work-verify', command: 'huwiya audit verify' },
  ],
} as const satisfies Readonly<Partial<Record<StaffFrame['officer']['role'], readonly Work[]>>>;

/** Roles whose desk has no pages of its own. */
export type CommandRole = keyof typeof works;

export function renderDeskPage(frame: StaffFrame, role: CommandRole): string {
  const { texts } = frame;
  const { t } = texts;
  const rows = works[role].map(
    ({ text, command }) =>
      html`<div>
        <dt>${t(text)}</dt>
        <dd><bdi class="code code-long" dir="ltr">${command}</bdi></dd>
      </div>`,
  );
  return renderStaffLayout(frame, {
    title: toDeskName(texts, role),
    main: html`<div class="page-head">
        <h1>${toDeskName(texts, role)}</h1>
        <p class="lead">${t('desk-lead')}</p>
      </div>
      <dl class="facts">${rows}</dl>`,
  });
}
