// Before a passkey is removed: which one, what ends with it, and that it may still lie in the device. For the only one there is no button, but the way on.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Frame } from './models.ts';
import { renderBack } from './parts.ts';
import { renderPasskeyFacts } from './passkey-list.ts';
import type { PasskeyRemovePage } from './passkey-model.ts';

function renderEnds({ texts: { t } }: Frame, { endsHere, endsElsewhere }: PasskeyRemovePage): Html {
  return html`<h2>${t('passkey-remove-what')}</h2>
    <ul class="plain-list">
      <li>${t('passkey-remove-end')}</li>
      ${endsElsewhere > 0 && html`<li>${t('passkey-remove-sessions', { count: endsElsewhere })}</li>`}
      <li>${t('passkey-remove-offline')}</li>
      <li>${t('passkey-remove-device')}</li>
      <li>${t('passkey-remove-stays')}</li>
    </ul>
    ${
      endsHere &&
      html`<div class="notice notice-care" data-ends="here">
        ${renderIcon('care')}
        <div><p>${t('passkey-remove-here')}</p></div>
      </div>`
    }`;
}

function renderRemoval(frame: Frame, page: PasskeyRemovePage): Html {
  const { t } = frame.texts;
  return html`${renderEnds(frame, page)}
    <form class="actions" method="post" action="${safeUrl(page.form.action)}">
      ${renderToken(page.form)}<button class="button button-second" type="submit" data-action="remove-passkey">
        ${t('passkey-remove')}
      </button>
    </form>
    <p><a href="${safeUrl(page.securityUrl)}">${t('passkey-remove-keep')}</a></p>`;
}

function renderLast(frame: Frame, page: PasskeyRemovePage): Html {
  const { t } = frame.texts;
  return html`<p data-last>${t('passkey-last-text')}</p>
    <p class="actions">
      <a class="button" href="${safeUrl(page.addUrl)}" data-action="create-passkey">${renderIcon('key')}${t('passkeys-add')}</a>
    </p>
    <p><a href="${safeUrl(page.securityUrl)}">${t('passkey-last-back')}</a></p>`;
}

export function renderPasskeyRemovePage(frame: Frame, page: PasskeyRemovePage): string {
  const title = frame.texts.t(page.isLast ? 'passkey-last' : 'passkey-remove-title');
  return renderLayout(frame, {
    title,
    place: 'security',
    main: html`${renderBack(page.securityUrl, frame.texts.t('place-security'))}
      <div class="column stack">
        <div class="page-head"><h1>${title}</h1></div>
        ${renderPasskeyFacts(frame, page.passkey)} ${page.isLast ? renderLast(frame, page) : renderRemoval(frame, page)}
      </div>`,
  });
}
