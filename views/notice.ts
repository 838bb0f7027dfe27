// Where the basis is not consent: a notice with one way on and one way back. No word of agreeing, also not on the button.

import { toNameInSentence } from './agency-name.ts';
import { renderNeeded, renderNotAsked } from './attributes.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Frame, NoticePage } from './models.ts';
import { renderAsker, renderContinueAs } from './parts.ts';
import { toRichText } from './rich-text.ts';
import { renderTerms, renderTermsInShort } from './terms.ts';

function renderBasis(frame: Frame, page: NoticePage): Html {
  const { t } = frame.texts;
  const reference = page.lawReference !== null && html`<p>${t('notice-reference', { reference: page.lawReference })}</p>`;
  return html`<div class="ask">
    <div class="notice">
      ${renderIcon('scales')}
      <div>
        <h2>${t('notice-heading')}</h2>
        <p>${t(`notice-basis-${page.basis}`)}</p>
        ${reference}
      </div>
    </div>
  </div>`;
}

function renderWayOn(frame: Frame): Html {
  const { t } = frame.texts;
  return html`<div class="stack">
    <div class="actions">
      <button class="button" type="submit" name="decision" value="continue" data-action="continue">${t('continue')}</button>
      <button class="button button-text" type="submit" name="decision" value="leave" data-action="leave">${t('notice-leave')}</button>
    </div>
    <p class="choice-note">${t('notice-note')}</p>
  </div>`;
}

export function renderNoticePage(frame: Frame, page: NoticePage): string {
  const { texts } = frame;
  const { t } = texts;
  const values = { purpose: page.purpose, agency: toNameInSentence(texts.language, page.asker.agencyName) };
  return renderLayout(frame, {
    title: t('notice-title', values),
    band: renderContinueAs(frame, page.form, page.continueAs),
    main: html`<div class="page-head">
        ${renderAsker(page.asker)}
        <h1>${toRichText(texts, 'notice-title', { values })}</h1>
        ${renderTermsInShort(frame, page.terms, 'notice')}
      </div>
      <form class="split split-decision" method="post" action="${safeUrl(page.form.action)}">
        <div>
          ${renderToken(page.form)}<input type="hidden" name="version" value="${page.version}" />
          ${renderBasis(frame, page)}
          <section class="ask" aria-labelledby="needed">
            <div class="ask-head"><h2 id="needed">${t('notice-receives')}</h2></div>
            ${renderNeeded(frame, page.attributes)}
          </section>
          ${renderNotAsked(t('notice-not-asked'), page.notAsked)}
        </div>
        ${renderTerms(frame, page.terms, 'notice')} ${renderWayOn(frame)}
      </form>`,
  });
}
