// The passkeys of a person, and the way to a second one.

import { renderCeremony } from './ceremony.ts';
import { html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import type { Frame, PasskeysPage } from './models.ts';
import { renderBack } from './parts.ts';
import { renderPasskeys } from './passkey-list.ts';

export function renderPasskeysPage(frame: Frame, page: PasskeysPage): string {
  const { t } = frame.texts;
  const ceremony = { kind: 'create', target: page.ceremony, label: t('passkeys-add'), button: 'button button-second' } as const;
  const added =
    page.justAdded &&
    html`<div class="notice notice-good">
      ${renderIcon('tick')}
      <div><p>${t('passkeys-added')}</p></div>
    </div>`;
  return renderLayout(frame, {
    title: t('passkeys-title'),
    place: 'security',
    hasCeremony: true,
    main: html`${renderBack(page.accountUrl, t('place-account'))}
      <div class="page-head">
        <h1>${t('passkeys-title')}</h1>
        <p>${t('passkeys-lead')}</p>
      </div>
      <div class="column stack">
        ${added} ${renderPasskeys(frame, page.passkeys, 'all')}
        <p>${t('passkeys-add-text')}</p>
        ${renderCeremony(frame, ceremony)}
        <p class="small muted">${t('create-elsewhere')}</p>
      </div>`,
  });
}
