// A second agency in the same session: who is signed in, where the way leads, and that nothing new is asked.

import { toNameInSentence } from './agency-name.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { ContinueAsPage, Frame } from './models.ts';
import { renderAsker, renderMore } from './parts.ts';
import { toRichText } from './rich-text.ts';

function renderPerson(frame: Frame, person: ContinueAsPage['person']): Html {
  const { texts, dates } = frame;
  const ending =
    person.numberEnding !== null && html`${toRichText(texts, 'number-ending', { values: { digits: person.numberEnding } })} · `;
  const confirmed = toRichText(texts, 'continue-confirmed', { slots: { date: dates.moment(person.confirmedAt) } });
  return html`<div class="person">
    ${renderIcon('person')}
    <div>
      <strong><bdi>${person.fullName}</bdi></strong
      ><br /><span class="small muted">${ending}${confirmed}</span>
    </div>
  </div>`;
}

function renderStanding(frame: Frame, consent: ContinueAsPage['consent']): Html {
  const { texts, dates } = frame;
  if (consent === null) {
    return html`<p class="small muted">${texts.t('continue-nothing')}</p>`;
  }
  const standing =
    consent.endsAt === null
      ? texts.t('continue-standing')
      : toRichText(texts, 'continue-standing-until', { slots: { date: dates.day(consent.endsAt) } });
  const list = html`<ul class="plain-list">
    ${consent.attributeLabels.map((label) => html`<li>${label}</li>`)}
  </ul>`;
  return html`<p class="small muted">${standing}</p>
    ${consent.attributeLabels.length > 0 && renderMore(texts.t('continue-receives'), list)}`;
}

export function renderContinueAsPage(frame: Frame, page: ContinueAsPage): string {
  const { texts } = frame;
  const { t } = texts;
  const values = { agency: toNameInSentence(texts.language, page.asker.agencyName) };
  return renderLayout(frame, {
    title: t('continue-title', values),
    main: html`<div class="page-head">
        ${renderAsker(page.asker)}
        <h1>${toRichText(texts, 'continue-title', { values })}</h1>
      </div>
      <form class="split" method="post" action="${safeUrl(page.form.action)}">
        ${renderToken(page.form)}
        <div class="stack">
          ${renderPerson(frame, page.person)}
          <p class="actions">
            <button class="button" type="submit" name="decision" value="continue" data-action="continue">${t('continue')}</button>
            <button class="button button-text" type="submit" name="switch" value="yes">${t('continue-switch')}</button>
          </p>
          ${renderStanding(frame, page.consent)}
        </div>
        <aside class="aside">
          <h2>${t('continue-ask-other')}</h2>
          <p>
            <button class="button button-text" type="submit" name="decision" value="leave" data-action="leave">
              ${t('continue-leave')}
            </button>
          </p>
        </aside>
      </form>`,
  });
}
