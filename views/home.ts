// The first page: what this is, in one screen, the way to the own page, and what anybody can do without signing in.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import type { MessageKey } from './messages/messages.ts';
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

/** The idea in five lines: some details are shared, one only as an answer, one by choice, most not at all. */
function renderExample(frame: Frame): Html {
  const { t } = frame.texts;
  const rows: readonly (readonly [label: MessageKey, end: Html])[] = [
    ['home-example-name', html`<span class="state">${renderIcon('arrow')}${t('home-example-shared')}</span>`],
    ['home-example-age', html`<span class="state">${renderIcon('arrow')}${t('home-example-answer')}</span>`],
    ['home-example-phone', html`<span class="state">${t('home-example-choice')}</span>`],
    ['home-example-number', html`<span class="muted small">${t('home-example-not-asked')}</span>`],
    ['home-example-address', html`<span class="muted small">${t('home-example-not-asked')}</span>`],
  ];
  return html`<section aria-labelledby="example">
    <h2 id="example">${t('home-example')}</h2>
    <p class="muted section-intro">${t('home-example-text')}</p>
    <ul class="example">
      ${rows.map(([label, end]) => html`<li><span>${t(label)}</span>${end}</li>`)}
    </ul>
  </section>`;
}

function renderPromises(frame: Frame): Html {
  const { t } = frame.texts;
  const promises = [t('home-promise-1'), t('home-promise-2'), t('home-promise-3'), t('home-promise-4')];
  return html`<section aria-labelledby="promises">
    <h2 id="promises">${t('home-promises')}</h2>
    <ul class="plain-list section-body">
      ${promises.map((promise) => html`<li>${promise}</li>`)}
    </ul>
  </section>`;
}

function renderDoor(links: readonly (readonly [url: string, label: string])[], text: string): Html {
  return html`<div>
    <p class="doors-links">${links.map(([url, label]) => html`<a href="${safeUrl(url)}">${label}</a>`)}</p>
    <p>${text}</p>
  </div>`;
}

/** Besides one's own page: what needs no account, and where those who work here go in. */
function renderDoors(frame: Frame, page: HomePage): Html {
  const { t } = frame.texts;
  return html`<section aria-labelledby="doors">
    <h2 id="doors">${t('home-doors')}</h2>
    <div class="doors section-body">
      ${renderDoor([[page.servicesUrl, t('register-name')]], t('home-door-services'))}
      ${renderDoor([[page.figuresUrl, t('figures-link')]], t('figures-door'))}
      ${renderDoor([[page.verifyUrl, t('receipt-check')]], t('home-door-receipt'))}
      ${renderDoor(
        [
          [page.auditUrl, t('home-auditors')],
          [page.officeUrl, t('home-office')],
        ],
        t('home-door-staff'),
      )}
      ${renderDoor(
        [
          [page.discoveryUrl, t('home-agencies')],
          [page.logUrl, t('home-log')],
        ],
        t('home-door-agencies'),
      )}
    </div>
  </section>`;
}

export function renderHomePage(frame: Frame, page: HomePage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('home-title'),
    main: html`<div class="opening">
        <h1><span>${t('home-heading-1')}</span> <span>${t('home-heading-2')}</span></h1>
        <p class="lead">${t('home-lead')}</p>
        <p class="actions">
          <a class="button" href="${safeUrl(page.accountUrl)}">${t('home-enter')}</a
          ><a class="button button-text" href="#passkey">${t('home-how-passkey')}</a>
        </p>
        <p class="small"><a href="${safeUrl(page.recoverUrl)}" data-action="recover">${t('recover-link')}</a></p>
      </div>
      <div class="stack-wide">
        ${renderSteps(frame)}
        <div class="split">${renderExample(frame)}${renderPromises(frame)}</div>
        <section aria-labelledby="passkey">
          <h2 id="passkey">${t('home-how-passkey')}</h2>
          <p class="section-body column">${t('home-passkey-text')}</p>
        </section>
        ${renderDoors(frame, page)}
      </div>`,
  });
}
