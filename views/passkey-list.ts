// A person's passkeys in rows.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Frame, Passkey } from './models.ts';
import { toRichText } from './rich-text.ts';
import type { OwnPasskey } from './security-model.ts';

const icons = { synced: 'phone', 'device-bound': 'laptop', 'security-key': 'security-key' } as const;

/** What the person calls it, else what its keeper is called, else what kind it is. */
export function toPasskeyName({ texts }: Frame, { name, provider, kind }: Pick<Passkey, 'name' | 'provider' | 'kind'>): string {
  return name ?? provider ?? texts.t(`passkey-unnamed-${kind}`);
}

function renderFacts(frame: Frame, passkey: Passkey): Html {
  const { texts, dates } = frame;
  const keeper = passkey.name === null || passkey.provider === null ? null : html`<bdi>${passkey.provider}</bdi> · `;
  const kind = texts.t(`passkey-${passkey.kind}`);
  const level = texts.t(`passkey-${passkey.level}`);
  const added = toRichText(texts, 'passkey-added-on', { slots: { date: dates.shortDay(passkey.createdAt) } });
  return html`<p class="row-text">${keeper}${kind} · ${level}</p>
    <p class="row-text">${added}</p>
    <p class="row-text">${renderLastUse(frame, passkey)}</p>`;
}

function renderLastUse(frame: Frame, passkey: Passkey): Html {
  const { texts, dates } = frame;
  return passkey.lastUsedAt === null
    ? html`${texts.t('passkey-unused')}`
    : toRichText(texts, 'passkey-used-on', { slots: { date: dates.shortDay(passkey.lastUsedAt) } });
}

type Row = { readonly title: Html; readonly facts: Html; readonly end: Html | null };

function renderRow({ kind }: Passkey, { title, facts, end }: Row): Html {
  return html`<li class="row row-with-icon">
    ${renderIcon(icons[kind], 'row-icon')}
    <div>${title} ${facts}</div>
    ${end}
  </li>`;
}

/** One of several, under the heading of the list. */
function renderHeading(frame: Frame, passkey: Passkey): Html {
  return html`<h3 class="row-title"><bdi>${toPasskeyName(frame, passkey)}</bdi></h3>`;
}

/** On the own page, with the last use of each. */
export function renderPasskeys(frame: Frame, passkeys: readonly Passkey[]): Html {
  const rows = passkeys.map((passkey) =>
    renderRow(passkey, {
      title: renderHeading(frame, passkey),
      facts: html`<p class="row-text">${renderLastUse(frame, passkey)}</p>`,
      end: null,
    }),
  );
  return html`<ul class="rows">
    ${rows}
  </ul>`;
}

/** One, on a page of its own: what the page is about, and so no heading between it and what can be done. */
export function renderPasskeyFacts(frame: Frame, passkey: Passkey): Html {
  const title = html`<p class="row-title"><bdi>${toPasskeyName(frame, passkey)}</bdi></p>`;
  return html`<ul class="rows">
    ${renderRow(passkey, { title, facts: renderFacts(frame, passkey), end: null })}
  </ul>`;
}

function renderActions(frame: Frame, { passkey, nameUrl, removeUrl, isUsedHere }: OwnPasskey): Html {
  const { t } = frame.texts;
  const which = html`<span class="hidden-visually">: ${toPasskeyName(frame, passkey)}</span>`;
  return html`<div class="row-end row-end-wrap">
    ${isUsedHere && html`<span class="state">${t('passkey-here')}</span>`}
    <a class="button button-text" href="${safeUrl(nameUrl)}" data-action="name-passkey">${t('passkey-rename')}${which}</a>
    <a class="button button-text" href="${safeUrl(removeUrl)}" data-action="remove-passkey">${t('passkey-remove-link')}${which}</a>
  </div>`;
}

/** At "security", with everything that is known of each and what can be done with it. */
export function renderOwnPasskeys(frame: Frame, passkeys: readonly OwnPasskey[]): Html {
  const rows = passkeys.map((own) =>
    renderRow(own.passkey, {
      title: renderHeading(frame, own.passkey),
      facts: renderFacts(frame, own.passkey),
      end: renderActions(frame, own),
    }),
  );
  return html`<ul class="rows">
    ${rows}
  </ul>`;
}
