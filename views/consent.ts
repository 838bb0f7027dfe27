// The consent page. Order: needed, choice, not asked, terms, decision. Nothing is ticked that the person did not tick before,
// there is no "select all", and accept and refuse are twins: same class, same size, one row. Below them, quieter than both, is the way that decides nothing.

import { toNameInSentence } from './agency-name.ts';
import { renderChoices, renderNeeded, renderNotAsked } from './attributes.ts';
import { renderChanges } from './consent-changes.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { ConsentChanges, ConsentPage, Frame } from './models.ts';
import { renderAsker, renderContinueAs } from './parts.ts';
import { toRichText } from './rich-text.ts';
import { renderTerms, renderTermsInShort } from './terms.ts';

/** Only what changed is shown again, as long as the rest stands as it was. */
function isAboutChanges(page: ConsentPage): boolean {
  return page.changes !== null && !page.changes.isWhole;
}

function toLeadKey({ isWhole, items, wasTold }: ConsentChanges): 'changed-lead' | 'changed-whole-lead' | 'told-lead' | 'again-lead' {
  if (items.length === 0) {
    return 'again-lead';
  }
  if (wasTold) {
    return 'told-lead';
  }
  return isWhole ? 'changed-whole-lead' : 'changed-lead';
}

function renderLead(frame: Frame, page: ConsentPage): Html {
  if (page.changes === null) {
    return html`${frame.texts.t('consent-lead')}`;
  }
  return toRichText(frame.texts, toLeadKey(page.changes), { slots: { date: frame.dates.day(page.changes.acceptedAt) } });
}

/** What stands among the changes already is not shown twice. */
function renderNeededBlock(frame: Frame, page: ConsentPage): Html | null {
  const { t } = frame.texts;
  const changed = new Set(page.changes?.items.map((item) => ('attribute' in item ? item.attribute.name : null)));
  const needed = page.needed.filter(({ name }) => !changed.has(name));
  if (needed.length === 0) {
    return page.needed.length === 0 ? html`<p class="ask">${t('nothing-needed')}</p>` : null;
  }
  return html`<section class="ask" aria-labelledby="needed">
    <div class="ask-head">
      <h2 id="needed">${t('needed-title')}</h2>
      <p>${t('needed-intro')}</p>
    </div>
    ${renderNeeded(frame, needed)}
  </section>`;
}

function renderChoiceBlock(frame: Frame, page: ConsentPage): Html | null {
  if (page.choices.length === 0) {
    return null;
  }
  const { t } = frame.texts;
  const intro = page.choices.some((choice) => choice.checked) ? t('choices-intro-again') : t('choices-intro');
  return html`<section class="ask" aria-labelledby="choice">
    <div class="ask-head">
      <h2 id="choice">${t('choices-title')}</h2>
      <p>${intro}</p>
    </div>
    ${renderChoices(frame, page.choices)}
  </section>`;
}

function renderDecision(frame: Frame, page: ConsentPage): Html {
  const { t } = frame.texts;
  const changed = isAboutChanges(page);
  return html`<div class="stack">
    <div class="choice">
      <button class="button button-second" type="submit" name="decision" value="allow" data-action="allow">
        ${t(changed ? 'allow-change' : 'allow')}
      </button>
      <button class="button button-second" type="submit" name="decision" value="refuse" data-action="refuse">
        ${t(changed ? 'refuse-change' : 'refuse')}
      </button>
    </div>
    <p class="choice-note">${t(changed ? 'refuse-change-note' : 'refuse-note')}</p>
    <p class="actions">
      <button class="button button-text" type="submit" name="decision" value="later" data-action="later">${t('later')}</button>
    </p>
    <p class="choice-note">${t('later-note')}</p>
  </div>`;
}

export function renderConsentPage(frame: Frame, page: ConsentPage): string {
  const { texts } = frame;
  const { t } = texts;
  const values = { purpose: page.purpose, agency: toNameInSentence(texts.language, page.asker.agencyName) };
  const titleKey = isAboutChanges(page) ? 'changed-title' : 'consent-title';
  return renderLayout(frame, {
    title: t(titleKey, values),
    band: renderContinueAs(frame, page.form, page.continueAs),
    main: html`<div class="page-head">
        ${renderAsker(page.asker)}
        <h1>${toRichText(texts, titleKey, { values })}</h1>
        <p class="lead">${renderLead(frame, page)}</p>
        ${renderTermsInShort(frame, page.terms, 'consent')}
      </div>
      <form class="split split-decision" method="post" action="${safeUrl(page.form.action)}">
        <div>
          ${renderToken(page.form)}<input type="hidden" name="version" value="${page.version}" />
          ${page.changes !== null && renderChanges(frame, page.changes)} ${!isAboutChanges(page) && renderNeededBlock(frame, page)}
          ${renderChoiceBlock(frame, page)} ${renderNotAsked(t('not-asked-title'), page.notAsked)}
        </div>
        ${renderTerms(frame, page.terms, 'consent')} ${renderDecision(frame, page)}
      </form>`,
  });
}
