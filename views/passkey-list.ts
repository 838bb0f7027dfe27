// A person's passkeys in rows.

import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Frame, Passkey } from './models.ts';
import { toRichText } from './rich-text.ts';

const icons = { synced: 'phone', 'device-bound': 'laptop', 'security-key': 'security-key' } as const;

function renderFacts(frame: Frame, passkey: Passkey): Html {
  const { texts, dates } = frame;
  const kind = texts.t(`passkey-${passkey.kind}`);
  const level = texts.t(`passkey-${passkey.level}`);
  const added = toRichText(texts, 'passkey-added-on', { slots: { date: dates.shortDay(passkey.createdAt) } });
  return html`<p class="row-text">${kind} · ${level}</p>
    <p class="row-text">${added} · ${renderLastUse(frame, passkey)}</p>`;
}

function renderLastUse(frame: Frame, passkey: Passkey): Html {
  const { texts, dates } = frame;
  return passkey.lastUsedAt === null
    ? html`${texts.t('passkey-unused')}`
    : toRichText(texts, 'passkey-used-on', { slots: { date: dates.shortDay(passkey.lastUsedAt) } });
}

/** `detail`: everything on the page about passkeys, the last use on the own page. */
export function renderPasskeys(frame: Frame, passkeys: readonly Passkey[], detail: 'all' | 'last-use'): Html {
  const rows = passkeys.map(
    (passkey) =>
      html`<li class="row row-with-icon">
        ${renderIcon(icons[passkey.kind], 'row-icon')}
        <div>
          <h3 class="row-title"><bdi>${passkey.name ?? frame.texts.t(`passkey-unnamed-${passkey.kind}`)}</bdi></h3>
          ${detail === 'all' ? renderFacts(frame, passkey) : html`<p class="row-text">${renderLastUse(frame, passkey)}</p>`}
        </div>
      </li>`,
  );
  return html`<ul class="rows">
    ${rows}
  </ul>`;
}
