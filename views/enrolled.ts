// After the first passkey: it is ready, and the second one can be made at once, on another device. One press leads past it.

import { renderCeremony } from './ceremony.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Frame } from './models.ts';
import type { EnrolledPage } from './passkey-model.ts';

type Offer = NonNullable<EnrolledPage['offer']>;

function renderOffer(frame: Frame, { ceremony, skip }: Offer): Html {
  const { t } = frame.texts;
  const create = { kind: 'create', target: ceremony, label: t('spare-create'), button: 'button' } as const;
  return html`<div class="notice notice-good">
      ${renderIcon('tick')}
      <div>
        <p><strong>${t('enrolled-title')}</strong></p>
        <p>${t('enrolled-lead')}</p>
      </div>
    </div>
    <h1>${t('spare-title')}</h1>
    <p class="lead">${t('spare-lead')}</p>
    <ul class="plain-list">
      <li>${t('spare-how-phone')}</li>
      <li>${t('spare-how-key')}</li>
    </ul>
    ${renderCeremony(frame, create)}
    <form class="actions" method="post" action="${safeUrl(skip.action)}">
      ${renderToken(skip)}<button class="button button-second" type="submit" data-action="skip-spare">${t('spare-skip')}</button>
    </form>
    <p class="small muted">${t('spare-until')}</p>`;
}

const titles = { first: 'enrolled-title', spare: 'spare-done-title', another: 'enrolled-title' } as const;
const leads = { first: 'enrolled-lead', spare: 'spare-done-lead', another: 'enrolled-lead' } as const;
/** Whoever has two needs no advice to make a second. */
const advices = { first: 'enrolled-spare', spare: null, another: 'enrolled-others' } as const;

function renderReady({ texts: { t } }: Frame, { done, accountUrl }: EnrolledPage): Html {
  const advice = advices[done];
  return html`<h1>${t(titles[done])}</h1>
    <p class="lead">${t(leads[done])}</p>
    ${advice !== null && html`<p>${t(advice)}</p>`}
    <p class="actions"><a class="button" href="${safeUrl(accountUrl)}">${t('enrolled-enter')}</a></p>`;
}

export function renderEnrolledPage(frame: Frame, page: EnrolledPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t(titles[page.done]),
    hasCeremony: page.offer !== null,
    main: html`<div class="column stack">
      <p class="asker">${t('enrol-asker')}</p>
      ${page.offer === null ? renderReady(frame, page) : renderOffer(frame, page.offer)}
    </div>`,
  });
}
