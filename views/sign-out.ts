// Signing out: everywhere, or only of the service that asked; where nothing tells which one asked, everywhere or not at all. Two real choices with a sentence
// each; it posts to the engine's own form.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Frame, SignOutPage } from './models.ts';
import { renderAsker } from './parts.ts';

function renderOpenServices(frame: Frame, names: readonly string[]): Html | null {
  if (names.length === 0) {
    return null;
  }
  const { t } = frame.texts;
  return html`<div>
    <p>${t('sign-out-open')}</p>
    <ul class="plain-list">
      ${names.map((name) => html`<li><bdi>${name}</bdi></li>`)}
    </ul>
  </div>`;
}

function renderLesser(frame: Frame, page: SignOutPage): Html {
  const { t } = frame.texts;
  if (page.asker === null) {
    return html`<p>${t('sign-out-stay-text')}</p>
      <a class="button button-second" href="${safeUrl(page.stayUrl)}" data-action="stay">${t('sign-out-stay')}</a>`;
  }
  return html`<p>${t('sign-out-here-text')}</p>
    <button class="button button-second" type="submit" data-action="sign-out-here">${t('sign-out-here')}</button>`;
}

export function renderSignOutPage(frame: Frame, page: SignOutPage): string {
  const { t } = frame.texts;
  const title = page.asker === null ? t('sign-out-title-own') : t('sign-out-title');
  return renderLayout(frame, {
    title,
    main: html`<div class="column stack">
      ${page.asker !== null && renderAsker(page.asker)}
      <h1>${title}</h1>
      ${page.asker !== null && html`<p class="lead">${t('sign-out-asked-by')}</p>`} ${renderOpenServices(frame, page.openServices)}
      <form method="post" action="${safeUrl(page.action)}">
        <input type="hidden" name="xsrf" value="${page.xsrf}" />
        <ul class="rows">
          <li class="option">
            <p>${t('sign-out-everywhere-text')}</p>
            <button class="button button-second" type="submit" name="logout" value="yes" data-action="sign-out">
              ${t('sign-out-everywhere')}
            </button>
          </li>
          <li class="option">${renderLesser(frame, page)}</li>
        </ul>
      </form>
      <p class="small muted">${t('sign-out-shared')}</p>
    </div>`,
  });
}
