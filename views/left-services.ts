// The services of an ended session, each with what became of telling it. A program finds them by `data-left` and its state.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { IconName } from './icons.ts';
import type { LeftService } from './left-model.ts';
import type { Texts } from './messages/messages.ts';

// A service without a way to be told did nothing wrong: red is for the one that was told and did not take it.
const looks: Readonly<Record<LeftService['state'], { readonly icon: IconName; readonly tone: string }>> = {
  told: { icon: 'tick', tone: 'state-good' },
  trying: { icon: 'clock', tone: 'state-care' },
  failed: { icon: 'barred', tone: 'state-stop' },
  untold: { icon: 'dash', tone: '' },
};

function renderService({ t }: Texts, { name, state }: LeftService): Html {
  const { icon, tone } = looks[state];
  return html`<li class="row" data-left="${state}">
    <div>
      <p class="row-title"><bdi>${name}</bdi></p>
      <p><span class="state ${tone}">${renderIcon(icon)}${t(`left-${state}`)}</span></p>
    </div>
  </li>`;
}

export function renderLeftServices(texts: Texts, services: readonly LeftService[]): Html {
  return html`<ul class="rows">
    ${services.map((service) => renderService(texts, service))}
  </ul>`;
}

/** Where a service may still be open. */
export function renderLeftAdvice(texts: Texts, services: readonly LeftService[]): Html | null {
  return services.every(({ state }) => state === 'told') ? null : html`<p>${texts.t('left-advice')}</p>`;
}

/** Under its heading, with the way to look again while one is still being tried. */
export function renderLeftSection(texts: Texts, left: readonly LeftService[], againUrl: string): Html {
  const isTrying = left.some(({ state }) => state === 'trying');
  return html`<section aria-labelledby="left" class="stack">
    <h2 id="left" class="section-title">${texts.t('left-title')}</h2>
    ${renderLeftServices(texts, left)} ${renderLeftAdvice(texts, left)}
    ${
      isTrying &&
      html`<p>
        <a class="button button-second" href="${safeUrl(againUrl)}" data-action="look-again">${texts.t('left-again')}</a>
      </p>`
    }
  </section>`;
}
