// Signing in with a passkey. Nothing on the page depends on who is asking, so it cannot reveal whether somebody has an account; only a sign-in that stands in this
// browser is named, because another passkey ends it. The field exists for the browser's autofill and is never sent anywhere.

import { toNameInSentence } from './agency-name.ts';
import { renderCeremony } from './ceremony.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { FormTarget, Frame, SignInPage } from './models.ts';
import { renderAsker } from './parts.ts';
import { toRichText } from './rich-text.ts';

const ownWords = ['sign-in-own-title', 'sign-in-own-lead'] as const;
const againWords = ['sign-in-again-title', 'sign-in-again-lead'] as const;

function renderHead(frame: Frame, page: SignInPage): Html {
  const { texts } = frame;
  if (page.asker === null) {
    const [title, lead] = page.confirmsAgain ? againWords : ownWords;
    return html`<div class="page-head">
      <h1>${texts.t(title)}</h1>
      <p class="lead">${texts.t(lead)}</p>
    </div>`;
  }
  const agency = toNameInSentence(texts.language, page.asker.agencyName);
  return html`<div class="page-head">
    ${renderAsker(page.asker)}
    <h1>${toRichText(texts, 'sign-in-title', { values: { agency } })}</h1>
    <p class="lead">${texts.t('sign-in-lead')}</p>
  </div>`;
}

function renderLive(frame: Frame, { fullName, stayUrl }: NonNullable<SignInPage['live']>): Html {
  const { texts } = frame;
  return html`<div class="person" data-live>
    ${renderIcon('person')}
    <div>
      <p>${toRichText(texts, 'sign-in-live', { values: { name: fullName } })}</p>
      <p class="small muted">${texts.t('sign-in-live-text')}</p>
      ${stayUrl !== null && html`<p class="small"><a href="${safeUrl(stayUrl)}" data-action="stay">${texts.t('sign-in-live-stay')}</a></p>`}
    </div>
  </div>`;
}

function renderField(frame: Frame): Html {
  const { t } = frame.texts;
  return html`<div class="field">
    <label for="passkey">${t('sign-in-field')}</label>
    <p class="hint" id="passkey-hint">${t('sign-in-field-hint')}</p>
    <input class="input" id="passkey" type="text" autocomplete="username webauthn" aria-describedby="passkey-hint" dir="ltr" />
  </div>`;
}

/** Kept nowhere: not in a form, not by the browser for the next visit. The ceremony script sends it with the answer. */
function renderShared(frame: Frame): Html {
  const { t } = frame.texts;
  return html`<div class="check">
    <input type="checkbox" id="shared" autocomplete="off" aria-describedby="shared-hint" data-shared />
    <label for="shared">${t('shared-choice')}</label>
    <p class="hint" id="shared-hint">${t('shared-choice-hint')}</p>
  </div>`;
}

function renderLeave(frame: Frame, form: FormTarget): Html {
  return html`<form method="post" action="${safeUrl(form.action)}">
    ${renderToken(form)}<button class="button button-text" type="submit" name="decision" value="leave" data-action="leave">
      ${frame.texts.t('sign-in-leave')}
    </button>
  </form>`;
}

export function renderSignInPage(frame: Frame, page: SignInPage): string {
  const { texts } = frame;
  const { t } = texts;
  const ceremony = {
    kind: 'sign-in',
    target: page.ceremony,
    label: t(page.confirmsAgain ? 'step-up-confirm' : 'use-passkey'),
    button: 'button',
  } as const;
  return renderLayout(frame, {
    title:
      page.asker === null
        ? t(page.confirmsAgain ? againWords[0] : ownWords[0])
        : t('sign-in-title', { agency: toNameInSentence(texts.language, page.asker.agencyName) }),
    hasCeremony: true,
    main: html`${renderHead(frame, page)}
      <div class="split">
        <div class="stack">
          ${page.live !== null && renderLive(frame, page.live)}
          ${renderCeremony(frame, ceremony, { choice: renderShared(frame), field: renderField(frame) })}
          ${page.leave !== null && renderLeave(frame, page.leave)}
        </div>
        <aside class="aside">
          <h2>${t('sign-in-ask-none')}</h2>
          <p>${t('sign-in-say-none')}</p>
          <h2>${t('sign-in-ask-missing')}</h2>
          <p>${t('sign-in-say-missing')}</p>
          <p><a href="/recover" data-action="recover">${t('recover-link')}</a></p>
          <p><a href="/unfreeze" data-action="unfreeze">${t('unfreeze-link')}</a></p>
          <h2>${t('sign-in-before')}</h2>
          <p>${toRichText(texts, 'sign-in-address', { values: { url: page.siteUrl } })}</p>
        </aside>
      </div>`,
  });
}
