// Lifting a freeze: a ceremony on a page that asks for no name, and what it led to.

import { renderCeremony } from './ceremony.ts';
import { toDaysText } from './durations.ts';
import { html, safeUrl } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Frame } from './models.ts';
import type { UnfreezeCounterPage, UnfreezePage, UnfreezeWaitsPage } from './protection-model.ts';
import { toRichText } from './rich-text.ts';

export function renderUnfreezePage(frame: Frame, page: UnfreezePage): string {
  const { texts } = frame;
  const { t } = texts;
  return renderLayout(frame, {
    title: t('unfreeze-title'),
    hasCeremony: true,
    main: html`<div class="column stack">
      <h1>${t('unfreeze-title')}</h1>
      <p class="lead">${t('unfreeze-lead')}</p>
      <p>${t('unfreeze-delay', { duration: toDaysText(texts, page.delayHours) })}</p>
      ${renderCeremony(frame, { kind: 'sign-in', target: page.ceremony, label: t('unfreeze-press'), button: 'button' })}
      <p class="muted">${t('unfreeze-which')}</p>
      <p><a href="/unfreeze/counter" data-action="unfreeze-counter">${t('unfreeze-to-counter')}</a></p>
    </div>`,
  });
}

export function renderUnfreezeWaitsPage(frame: Frame, { dueAt, freeze, form }: UnfreezeWaitsPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  return renderLayout(frame, {
    title: t('unfreeze-waits-title'),
    main: html`<div class="column stack" data-unfreeze="waits">
      <h1>${t('unfreeze-waits-title')}</h1>
      <p class="lead">${toRichText(texts, 'unfreeze-waits-from', { slots: { date: dates.deadline(dueAt) } })}</p>
      <p>${t('unfreeze-waits-text')}</p>
      <div class="notice notice-care">
        ${renderIcon('clock')}
        <div><p>${t('unfreeze-waits-stop')}</p></div>
      </div>
      <form class="actions" method="post" action="${safeUrl(form.action)}">
        ${renderToken(form)}<input type="hidden" name="freeze" value="${freeze}" /><button
          class="button button-second"
          type="submit"
          data-action="keep-frozen"
        >
          ${t('unfreeze-waits-keep')}
        </button>
      </form>
    </div>`,
  });
}

/** For whoever has no passkey that opens it, and for whoever looks before: what to bring, what happens there, and the ways on. */
export function renderUnfreezeCounterPage(frame: Frame, { delayHours }: UnfreezeCounterPage): string {
  const { texts } = frame;
  const { t } = texts;
  return renderLayout(frame, {
    title: t('unfreeze-counter-title'),
    main: html`<div class="column stack" data-unfreeze="counter">
      <h1>${t('unfreeze-counter-title')}</h1>
      <p class="lead">${t('unfreeze-counter-text')}</p>
      <p>${t('unfreeze-counter-not')}</p>
      <h2>${t('recover-counter-bring')}</h2>
      <ul class="plain-list">
        <li>${t('recover-counter-bring-1')}</li>
        <li>${t('unfreeze-counter-bring-case')}</li>
      </ul>
      <h2>${t('recover-counter-steps')}</h2>
      <ol class="plain-list">
        <li>${t('recover-counter-step-1')}</li>
        <li>${t('freeze-open-delay', { duration: toDaysText(texts, delayHours) })}</li>
        <li>${t('unfreeze-counter-then')}</li>
      </ol>
      <p>${t('unfreeze-counter-lost')}</p>
      <p class="actions">
        <a class="button button-second" href="/unfreeze" data-action="unfreeze-again">${t('unfreeze-counter-again')}</a>
        <a class="button button-second" href="/recover" data-action="recover">${t('recover-link')}</a>
        <a class="button button-text" href="/" data-action="home">${t('unfreeze-home')}</a>
      </p>
    </div>`,
  });
}

/** An authority froze. */
export function renderUnfreezeOrderedPage(frame: Frame): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('unfreeze-ordered-title'),
    main: html`<div class="column stack" data-unfreeze="ordered">
      <h1>${t('unfreeze-ordered-title')}</h1>
      <p class="lead">${t('unfreeze-ordered-text')}</p>
      <p>${t('unfreeze-ordered-bring')}</p>
      <p class="actions"><a class="button button-text" href="/" data-action="home">${t('unfreeze-home')}</a></p>
    </div>`,
  });
}
