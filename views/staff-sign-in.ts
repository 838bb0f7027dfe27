// Staff sign in with a passkey of their own. The page is the same whoever opens it and whatever they wanted to see; the field exists for the browser's
// autofill and is never sent anywhere.

import { renderCeremony } from './ceremony.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import type { Frame } from './models.ts';
import { renderStaffDoor } from './staff-layout.ts';
import type { StaffSignInPage, StaffSignedOutPage } from './staff-model.ts';

function renderField(frame: Frame): Html {
  const { t } = frame.texts;
  return html`<div class="field">
    <label for="passkey">${t('sign-in-field')}</label>
    <p class="hint" id="passkey-hint">${t('sign-in-field-hint')}</p>
    <input class="input" id="passkey" type="text" autocomplete="username webauthn" aria-describedby="passkey-hint" dir="ltr" />
  </div>`;
}

export function renderStaffSignInPage(frame: Frame, page: StaffSignInPage): string {
  const { t } = frame.texts;
  const ceremony = { kind: 'sign-in', target: page.ceremony, label: t('use-passkey'), button: 'button' } as const;
  return renderStaffDoor(frame, {
    title: t('staff-sign-in-title'),
    hasCeremony: true,
    main: html`<div class="page-head">
        <h1>${t('staff-sign-in-title')}</h1>
        <p class="lead">${t('staff-sign-in-lead')}</p>
      </div>
      <div class="split">
        <div class="stack">${renderCeremony(frame, ceremony, { field: renderField(frame) })}</div>
        <aside class="aside">
          <h2>${t('staff-ask-person')}</h2>
          <p>${t('staff-say-person')} <a href="${safeUrl(page.accountUrl)}">${t('place-account')}</a></p>
          <h2>${t('staff-ask-none')}</h2>
          <p>${t('staff-say-none')}</p>
          <h2>${t('staff-ask-end')}</h2>
          <p>${t('staff-say-end')}</p>
        </aside>
      </div>`,
  });
}

export function renderStaffSignedOutPage(frame: Frame, page: StaffSignedOutPage): string {
  const { t } = frame.texts;
  return renderStaffDoor(frame, {
    title: t('staff-signed-out-title'),
    main: html`<div class="column stack">
      <h1>${t('staff-signed-out-title')}</h1>
      <p class="lead">${t('staff-signed-out-lead')}</p>
      <p class="actions"><a class="button button-second" href="${safeUrl(page.deskUrl)}">${t('staff-sign-in-again')}</a></p>
    </div>`,
  });
}
