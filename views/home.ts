// The first page: what this is, in one screen, and the way to the own page.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Frame, HomePage } from './models.ts';

function renderSteps(frame: Frame): Html {
  const { t } = frame.texts;
  return html`<section aria-labelledby="how">
    <h2 id="how">${t('home-how')}</h2>
    <ol class="steps steps-across section-body">
      <li>
        <h3>${t('home-step-1')}</h3>
        <p>${t('home-step-1-text')}</p>
      </li>
      <li>
        <h3>${t('home-step-2')}</h3>
        <p>${t('home-step-2-text')}</p>
      </li>
      <li>
        <h3>${t('home-step-3')}</h3>
        <p>${t('home-step-3-text')}</p>
      </li>
    </ol>
  </section>`;
}

export function renderHomePage(frame: Frame, page: HomePage): string {
  const { t } = frame.texts;
  const promises = [t('home-promise-1'), t('home-promise-2'), t('home-promise-3'), t('home-promise-4')];
  return renderLayout(frame, {
    title: t('home-title'),
    main: html`<div class="opening">
        <h1><span>${t('home-heading-1')}</span> <span>${t('home-heading-2')}</span></h1>
        <p class="lead">${t('home-lead')}</p>
        <p class="actions">
          <a class="button" href="${safeUrl(page.accountUrl)}">${t('home-enter')}</a
          ><a class="button button-text" href="#passkey">${t('home-how-passkey')}</a>
        </p>
      </div>
      <div class="stack-wide">
        ${renderSteps(frame)}
        <div class="split">
          <section aria-labelledby="promises">
            <h2 id="promises">${t('home-promises')}</h2>
            <ul class="plain-list section-body">
              ${promises.map((promise) => html`<li>${promise}</li>`)}
            </ul>
            <p class="event-links"><a href="${safeUrl(`${frame.homeUrl}verify`)}">${t('receipt-check')}</a></p>
          </section>
          <section aria-labelledby="passkey">
            <h2 id="passkey">${t('home-how-passkey')}</h2>
            <p class="section-body">${t('home-passkey-text')}</p>
          </section>
        </div>
      </div>`,
  });
}
