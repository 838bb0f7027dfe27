// Lifting a freeze: a ceremony on a page that asks for no name, and what it led to.

import { renderCeremony } from './ceremony.ts';
import { toDurationText } from './durations.ts';
import { html, safeUrl } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Frame } from './models.ts';
import type { UnfreezePage, UnfreezeWaitsPage } from './protection-model.ts';
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
      <p>${t('unfreeze-delay', { duration: toDurationText(texts, page.delay) })}</p>
      ${renderCeremony(frame, { kind: 'sign-in', target: page.ceremony, label: t('unfreeze-press'), button: 'button' })}
      <p class="muted">${t('unfreeze-which')}</p>
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

/** `counter`: the passkey is theirs, but reaches too little. `ordered`: an authority froze. */
export function renderNotLiftedPage(frame: Frame, why: 'counter' | 'ordered'): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t(`unfreeze-${why}-title`),
    main: html`<div class="column stack" data-unfreeze="${why}">
      <h1>${t(`unfreeze-${why}-title`)}</h1>
      <p class="lead">${t(`unfreeze-${why}-text`)}</p>
    </div>`,
  });
}
