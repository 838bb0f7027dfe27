// Interfaces in the public register: what they open and to whom, and what a service may do there by itself.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import type { Frame } from './models.ts';
import type { RegisterAccess, RegisterServicePage } from './register-model.ts';

function renderRow({ texts: { t } }: Frame, { url, name, agencyName, purpose, acts }: RegisterAccess): Html {
  return html`<li class="row">
    <div>
      <p class="row-title">
        <a href="${safeUrl(url)}"><bdi>${name}</bdi></a>
      </p>
      <p class="row-text">
        <bdi>${agencyName}</bdi> · ${purpose === null ? t('register-by-itself') : t('register-for-person', { purpose })}
      </p>
      <ul class="tight">
        ${acts.map((act) => html`<li><bdi>${act}</bdi></li>`)}
      </ul>
    </div>
  </li>`;
}

export function renderOpens(frame: Frame, { opens }: RegisterServicePage): Html | false {
  const { t } = frame.texts;
  if (opens === null) {
    return false;
  }
  const callers =
    opens.callers.length === 0
      ? html`<p class="muted">${t('register-callers-none')}</p>`
      : html`<ul class="rows">
          ${opens.callers.map((caller) => renderRow(frame, caller))}
        </ul>`;
  return html`<section class="split" aria-labelledby="opens">
    <div class="stack">
      <h2 id="opens">${t('register-opens')}</h2>
      <p>${t('register-resource')}: <bdi class="code code-long" dir="ltr">${opens.address}</bdi></p>
      <dl class="facts">
        ${opens.acts.map(
          ({ name, text }) =>
            html`<div>
              <dt><bdi class="code code-long" dir="ltr">${name}</bdi></dt>
              <dd><bdi>${text}</bdi></dd>
            </div>`,
        )}
      </dl>
    </div>
    <div class="aside">
      <h3>${t('register-callers')}</h3>
      ${callers}
    </div>
  </section>`;
}

export function renderOwnAccess(frame: Frame, { access, readsLog }: RegisterServicePage): Html | false {
  const { t } = frame.texts;
  if (access.length === 0 && !readsLog) {
    return false;
  }
  return html`<section class="column stack" aria-labelledby="access">
    <h2 id="access">${t('register-access')}</h2>
    ${readsLog && html`<p>${t('register-reads-log')}</p>`}
    ${
      access.length > 0 &&
      html`<ul class="rows">
        ${access.map((each) => renderRow(frame, each))}
      </ul>`
    }
  </section>`;
}
