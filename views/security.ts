// The place "security": passkeys that open the page, sessions that are open and the way to end them, and the ways to the history, the notices and the freeze.

import { toList } from './activity.ts';
import { renderCeremony } from './ceremony.ts';
import { handheld, toDeviceName } from './device-name.ts';
import { toDurationText } from './durations.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { LeftSession } from './left-model.ts';
import { renderLeftAdvice, renderLeftServices } from './left-services.ts';
import type { Texts } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { renderMore } from './parts.ts';
import { renderOwnPasskeys } from './passkey-list.ts';
import { toRichText } from './rich-text.ts';
import type { OpenSession, PasskeySignal, SecurityPage } from './security-model.ts';

function renderEnd({ t }: Texts, session: OpenSession, name: string): Html {
  if (session.end === null) {
    return html`<span class="state">${t('session-this')}</span>`;
  }
  return html`<form method="post" action="${safeUrl(session.end.action)}">
    ${renderToken(session.end)}<button class="button button-text" type="submit" data-action="end-session">
      ${t('session-end')}<span class="hidden-visually">: ${name}</span>
    </button>
  </form>`;
}

function renderSharedMark({ t }: Texts): Html {
  return html`<span class="state state-care" data-shared>${renderIcon('person')}${t('session-shared')}</span>`;
}

function renderSession(frame: Frame, session: OpenSession): Html {
  const { texts, dates } = frame;
  const name = toDeviceName(texts, session.device);
  const began = toRichText(texts, 'session-began', { slots: { date: dates.moment(session.startedAt) } });
  const used = toRichText(texts, 'session-used', { slots: { date: dates.moment(session.lastSeenAt) } });
  const reached =
    session.serviceNames.length === 0
      ? texts.t('session-reached-none')
      : texts.t('session-reached', { services: toList(texts, session.serviceNames) });
  return html`<li class="row row-with-icon">
    ${renderIcon(handheld.has(session.device.system) ? 'phone' : 'laptop', 'row-icon')}
    <div>
      <h3 class="row-title">${name}</h3>
      <p class="row-text">${began}</p>
      <p class="row-text">${used}</p>
      <p class="row-text">${reached}</p>
      ${session.isShared && html`<p class="row-text">${texts.t('session-shared-text')}</p>`}
    </div>
    <div class="row-end row-end-wrap">${session.isShared && renderSharedMark(texts)} ${renderEnd(texts, session, name)}</div>
  </li>`;
}

function renderEndMany(frame: Frame, page: SecurityPage): Html {
  const { t } = frame.texts;
  return html`<div class="option">
      <p>${t('sessions-end-others-text')}</p>
      <form method="post" action="${safeUrl(page.endOthers.action)}">
        ${renderToken(page.endOthers)}<button class="button button-second" type="submit" data-action="end-other-sessions">
          ${t('sessions-end-others')}
        </button>
      </form>
    </div>
    <div class="option">
      <p>${t('sessions-end-text')}</p>
      <form method="post" action="${safeUrl(page.endAll.action)}">
        ${renderToken(page.endAll)}<button class="button button-second" type="submit" data-action="end-all-sessions">
          ${t('sessions-end')}
        </button>
      </form>
    </div>`;
}

/** Somebody whose session ended elsewhere must not take it for a stranger's doing. */
function renderCapped({ texts, dates }: Frame, at: NonNullable<SecurityPage['cappedAt']>): Html {
  return html`<div class="notice" data-capped>
    ${renderIcon('clock')}
    <div>
      <p><strong>${toRichText(texts, 'sessions-capped', { slots: { date: dates.moment(at) } })}</strong></p>
      <p>${texts.t('sessions-capped-text')}</p>
    </div>
  </div>`;
}

function renderSessions(frame: Frame, page: SecurityPage): Html {
  const { texts } = frame;
  const times = { idle: toDurationText(texts, page.idle), longest: toDurationText(texts, page.longest) };
  return html`<section aria-labelledby="sessions">
    <h2 id="sessions" class="section-title">${texts.t('sessions-title')}</h2>
    <ul class="rows">
      ${page.sessions.map((session) => renderSession(frame, session))}
    </ul>
    ${page.cappedAt !== null && renderCapped(frame, page.cappedAt)} ${page.sessions.length > 1 && renderEndMany(frame, page)}
    <p class="small muted section-body">${texts.t('sessions-times', times)}</p>
    ${renderMore(texts.t('sessions-ask-strange'), html`<p>${texts.t('sessions-say-strange')}</p>`)}
  </section>`;
}

function renderLeftSession(frame: Frame, left: LeftSession): Html {
  return html`<h3 class="row-title">${toRichText(frame.texts, 'left-ended', { slots: { date: frame.dates.moment(left.endedAt) } })}</h3>
    ${renderLeftServices(frame.texts, left.services)}`;
}

function renderLeft(frame: Frame, sessions: readonly LeftSession[]): Html | null {
  return sessions.length === 0
    ? null
    : html`<section aria-labelledby="left" class="stack">
        <h2 id="left" class="section-title">${frame.texts.t('left-recent')}</h2>
        ${sessions.map((left) => renderLeftSession(frame, left))}
        ${renderLeftAdvice(
          frame.texts,
          sessions.flatMap(({ services }) => services),
        )}
      </section>`;
}

function renderAdd(frame: Frame, { add, passkeys }: Pick<SecurityPage, 'add' | 'passkeys'>): Html {
  const { t } = frame.texts;
  if (add === null) {
    return html`<p data-without="passkey">${t('passkeys-full')}</p>`;
  }
  const why = passkeys.length < 2 && html`<p data-advice="second-passkey">${t('passkeys-add-text')}</p>`;
  if ('url' in add) {
    return html`${why}
      <p class="actions">
        <a class="button button-second" href="${safeUrl(add.url)}" data-action="create-passkey">${renderIcon('key')}${t('passkeys-add')}</a>
      </p>`;
  }
  return html`${why} ${renderCeremony(frame, { kind: 'create', target: add, label: t('passkeys-add'), button: 'button button-second' })}
    <p class="small muted">${t('create-elsewhere')}</p>`;
}

/** Small: most people never need it, and whoever has a code was told where to type it. */
function renderLevelWay({ texts: { t } }: Frame, url: string): Html {
  return html`<p class="small">
    ${t('security-level-way')} <a href="${safeUrl(url)}" data-action="level-code">${t('security-level-go')}</a>
  </p>`;
}

function renderDone(frame: Frame, done: NonNullable<SecurityPage['done']>): Html {
  return html`<div class="notice notice-good">
    ${renderIcon('tick')}
    <div><p>${frame.texts.t(`security-${done}`)}</p></div>
  </div>`;
}

type Way = { readonly url: string; readonly title: string; readonly texts: readonly string[] };

function renderWay({ url, title, texts }: Way): Html {
  return html`<li class="row">
    <div>
      <h3 class="row-title"><a href="${safeUrl(url)}">${title}</a></h3>
      ${texts.map((text) => html`<p class="row-text">${text}</p>`)}
    </div>
    <div class="row-end">${renderIcon('forward', 'chevron')}</div>
  </li>`;
}

/** What has happened, and what the person was told of it. */
function renderPast({ texts: { t } }: Frame, { signInsUrl, notices: { url, count } }: SecurityPage): Html {
  const lately = count > 0 ? [t('alerts-lately', { count })] : [];
  return html`<section aria-labelledby="past">
    <h2 id="past" class="section-title">${t('security-past')}</h2>
    <ul class="rows">
      ${renderWay({ url: signInsUrl, title: t('sign-ins-title'), texts: [t('sign-ins-text')] })}
      ${renderWay({ url, title: t('alerts-title'), texts: [t('alerts-lead'), ...lately] })}
    </ul>
  </section>`;
}

/** The code to print is not offered on a computer that others use. */
function renderFreeze({ texts: { t }, finish }: Frame, url: string): Html {
  const isOwn = finish === null;
  return html`<section aria-labelledby="freeze" class="stack">
    <h2 id="freeze" class="section-title">${t('freeze-title')}</h2>
    <p>${t(isOwn ? 'security-freeze-text' : 'freeze-lead')}</p>
    <p class="actions">
      <a class="button button-second" href="${safeUrl(url)}" data-action="open-freeze"
        >${t(isOwn ? 'security-freeze-go' : 'freeze-title')}</a
      >
    </p>
  </section>`;
}

function renderSignal({ rpId, userId, credentialIds, label }: PasskeySignal): Html {
  return html`<div
    hidden
    data-signal
    data-rp-id="${rpId}"
    data-user-id="${userId}"
    data-credential-ids="${credentialIds.join(' ')}"
    data-label="${label}"
  ></div>`;
}

export function renderSecurityPage(frame: Frame, page: SecurityPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('place-security'),
    place: 'security',
    hasCeremony: frame.finish === null && page.add !== null && !('url' in page.add),
    hasSignal: page.signal !== null,
    main: html`<div class="page-head">
        <h1>${t('place-security')}</h1>
        <p class="lead">${t('security-lead')}</p>
      </div>
      <div class="column stack-wide">
        ${page.signal !== null && renderSignal(page.signal)} ${page.done !== null && renderDone(frame, page.done)}
        <section aria-labelledby="passkeys" class="stack">
          <h2 id="passkeys">${t('passkeys-title')}</h2>
          ${renderOwnPasskeys(frame, page.passkeys)}
          ${frame.finish === null ? renderAdd(frame, page) : html`<p data-without="passkey">${t('shared-no-passkey')}</p>`}
          ${page.levelUrl !== null && renderLevelWay(frame, page.levelUrl)}
        </section>
        ${renderSessions(frame, page)} ${renderLeft(frame, page.left)} ${renderPast(frame, page)} ${renderFreeze(frame, page.freezeUrl)}
      </div>`,
  });
}
