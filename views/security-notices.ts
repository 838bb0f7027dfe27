// What a person was told about their access, newest first; and the page on which they say that it was not them.

import { toDaysText } from './durations.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { IconName } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import { renderListPages, toWay } from './list-pages.ts';
import type { MessageKey } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { renderBack } from './parts.ts';
import type { NotMePage, NoticesPage, ShownNotice } from './protection-model.ts';
import { toRichText } from './rich-text.ts';
import { toDeviceName } from './device-name.ts';

const icons: Readonly<Record<ShownNotice['kind'], IconName>> = {
  enrolled: 'tick',
  'new-device': 'laptop',
  'link-made': 'key',
  'level-code-made': 'key',
  'passkey-raised': 'key',
  'passkey-added': 'key',
  'passkey-removed': 'key',
  'passkey-suspended': 'key',
  'recovery-begun': 'person',
  'recovery-cancelled': 'person',
  'recovery-cancelled-status': 'person',
  'recovery-approved': 'person',
  'recovery-completed': 'person',
  frozen: 'barred',
  'frozen-order': 'barred',
  'unfreeze-begun': 'clock',
  'unfreeze-begun-counter': 'clock',
  unfrozen: 'tick',
  'unfrozen-delay': 'tick',
  'unfrozen-order': 'tick',
  'unfrozen-recovery': 'tick',
  'order-lifted': 'clock',
  'first-sharing': 'arrow',
  'contact-changed': 'person',
  'freeze-code-made': 'barred',
  unmasked: 'person',
  'breach-listed': 'care',
};

function renderFolded({ texts, dates }: Frame, { more, lastAt }: ShownNotice): Html | null {
  return more === 0
    ? null
    : html`<p class="row-text">
        ${texts.t('alert-folded', { count: more })} · ${toRichText(texts, 'alert-folded-last', { slots: { date: dates.moment(lastAt) } })}
      </p>`;
}

function renderNotice(frame: Frame, notice: ShownNotice): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  const title = t(`alert-${notice.kind}`);
  return html`<li class="row row-with-icon" data-notice="${notice.kind}">
    ${renderIcon(icons[notice.kind], 'row-icon')}
    <div>
      <h2 class="row-title">${title}</h2>
      <p class="row-text">${dates.moment(notice.at)}</p>
      ${notice.kind === 'enrolled' && html`<p class="row-text">${t('letter-alert-enrolled')}</p>`}
      ${notice.device !== null && html`<p class="row-text">${t('alert-device', { device: toDeviceName(texts, notice.device) })}</p>`}
      ${renderFolded(frame, notice)}
      ${notice.caseNumber !== null && html`<p class="row-text" data-case>${toRichText(texts, 'alert-case', { values: { number: notice.caseNumber } })}</p>`}
      ${notice.caseClosedAt !== null && html`<p class="row-text">${toRichText(texts, 'alert-case-closed', { slots: { date: dates.shortDay(notice.caseClosedAt) } })}</p>`}
    </div>
    <div class="row-end row-end-wrap">
      ${
        notice.notMeUrl !== null &&
        html`<a class="button button-text" href="${safeUrl(notice.notMeUrl)}" data-action="open-not-me"
          >${t('alert-not-me')}<span class="hidden-visually">: ${title}</span></a
        >`
      }
    </div>
  </li>`;
}

export function renderNoticesPage(frame: Frame, page: NoticesPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('alerts-title'),
    place: 'security',
    main: html`${renderBack(page.securityUrl, t('place-security'))}
      <div class="column stack">
        <h1>${t('alerts-title')}</h1>
        <p class="lead">${t('alerts-lead')}</p>
        ${
          page.notices.length === 0
            ? html`<p class="empty">${t('alerts-none')}</p>`
            : html`<ul class="rows">
                ${page.notices.map((notice) => renderNotice(frame, notice))}
              </ul>`
        }
        ${renderListPages(frame, { first: toWay(page.firstUrl, t('list-first')), more: toWay(page.moreUrl, t('list-more')) })}
        <p class="event-links"><a href="${safeUrl(page.freezeUrl)}">${t('freeze-title')}</a></p>
      </div>`,
  });
}

const consequences: readonly MessageKey[] = ['not-me-then-1', 'not-me-then-2', 'not-me-then-3', 'not-me-then-4'];

function renderFacts(frame: Frame, { kind, at, device, endsAt }: NotMePage): Html {
  const { texts, dates } = frame;
  const where =
    device === null
      ? null
      : html`<div>
          <dt>${texts.t('not-me-where')}</dt>
          <dd>${toDeviceName(texts, device)}</dd>
        </div>`;
  return html`<dl class="facts">
    <div>
      <dt>${texts.t('not-me-what')}</dt>
      <dd>${texts.t(`alert-${kind}`)}</dd>
    </div>
    <div>
      <dt>${texts.t('not-me-when')}</dt>
      <dd>${dates.moment(at)}</dd>
    </div>
    ${where}${
      endsAt !== null &&
      html`<div>
        <dt>${texts.t('not-me-ends')}</dt>
        <dd>${dates.deadline(endsAt)}</dd>
      </div>`
    }
  </dl>`;
}

/** Asks for nothing: whoever fears a thief may have no passkey left. */
export function renderNotMePage(frame: Frame, page: NotMePage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('not-me-title'),
    main: html`<div class="page-head"><h1>${t('not-me-title')}</h1></div>
      <div class="split">
        <div class="stack">
          ${renderFacts(frame, page)}
          <section class="stack" aria-labelledby="then">
            <h2 id="then">${t('not-me-then')}</h2>
            <p>${t('not-me-once')}</p>
            <ul class="plain-list">
              ${consequences.map((key) => html`<li>${t(key)}</li>`)}
            </ul>
          </section>
          <form class="actions" method="post" action="${safeUrl(page.form.action)}">
            ${renderToken(page.form)}<button class="button button-stop" type="submit" data-action="not-me">${t('not-me-press')}</button>
          </form>
          <p>${t('not-me-mine')}</p>
        </div>
        <aside class="aside">
          <h2>${t('not-me-nothing')}</h2>
          <p>${t('not-me-nothing-text')}</p>
          <h2>${t('not-me-doubt')}</h2>
          <p>${t('not-me-doubt-text')}</p>
          <p>${t('freeze-open-delay', { duration: toDaysText(frame.texts, page.delayHours) })}</p>
        </aside>
      </div>`,
  });
}
