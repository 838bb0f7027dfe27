// One service: per purpose what it sees, on which terms, the withdrawal, what happened.

import type { HistoryItem, ServiceConsent, ServicePage } from './account-model.ts';
import { renderActivity, toActivityIcon } from './activity.ts';
import { renderControls } from './consent-controls.ts';
import { renderDuties } from './duty.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import { renderListPages, toWay } from './list-pages.ts';
import type { MessageKey } from './messages/messages.ts';
import type { Frame, SharedAttribute } from './models.ts';
import { isSharing, renderAsker, renderBack, renderDoor, renderMore, renderReceiptLink, renderState } from './parts.ts';
import { toRichText } from './rich-text.ts';
import { renderDuration } from './shared-list.ts';
import { renderTermRows } from './terms.ts';
import type { TermsOf } from './terms.ts';

/** After the end nothing is shared any more, whatever was decided. */
function toDecisionKey(consent: ServiceConsent, attribute: SharedAttribute): MessageKey {
  const wasShared = attribute.decision === 'granted' || attribute.decision === 'notified';
  return wasShared && (consent.isSuperseded || !isSharing(consent.state)) ? 'decision-stopped' : `decision-${attribute.decision}`;
}

function renderAttribute(frame: Frame, consent: ServiceConsent, attribute: SharedAttribute): Html {
  const { t } = frame.texts;
  const facts = [
    t(`service-attribute-${attribute.necessity}`),
    attribute.source === null ? null : t('service-attribute-source', { source: attribute.source }),
    attribute.answerOnly ? t('answer-only') : null,
    attribute.sensitive ? t('service-attribute-sensitive') : null,
  ].filter((fact) => fact !== null);
  return html`<li class="row">
    <div>
      <p class="row-title">${attribute.label}</p>
      <p class="row-text">${facts.join(' · ')}</p>
    </div>
    <div class="row-end"><span class="small">${t(toDecisionKey(consent, attribute))}</span></div>
  </li>`;
}

/** How often it was read, and when last. */
function renderUse({ texts, dates }: Frame, { uses, lastUsedAt }: ServiceConsent): Html {
  return lastUsedAt === null
    ? html`<p class="row-text">${texts.t('service-unused')}</p>`
    : html`<p class="row-text">
        ${toRichText(texts, 'service-uses', { values: { count: uses }, slots: { date: dates.shortDay(lastUsedAt) } })}
      </p>`;
}

/** One decision: what, when, by whom, and its receipt. */
function renderDecision({ texts, dates }: Frame, item: HistoryItem): Html {
  return html`<li>
    ${renderIcon(toActivityIcon(item.kind))}
    <p class="event-time">${dates.moment(item.at)}</p>
    <p class="event-title">${texts.t(`history-${item.kind}`)}</p>
    <p>${texts.t(`acted-${item.actedBy}`)}</p>
    <p class="event-links">${renderReceiptLink(texts, item.receipt)}</p>
  </li>`;
}

function renderHistory(frame: Frame, consent: ServiceConsent): Html | null {
  return consent.history.length === 0
    ? null
    : html`<h3>${frame.texts.t('service-history')}</h3>
        <ol class="thread">
          ${consent.history.map((item) => renderDecision(frame, item))}
        </ol>`;
}

function toTermsOf({ state, isByLaw }: ServiceConsent): TermsOf {
  if (!isSharing(state) && state !== 'paused') {
    return 'ended';
  }
  return isByLaw ? 'notice' : 'consent';
}

/** Nothing was decided about details that were never put to the person. */
function renderSees(frame: Frame, consent: ServiceConsent): Html | null {
  return consent.attributes.length === 0
    ? null
    : html`<h3>${frame.texts.t('service-sees')}</h3>
        <ul class="rows">
          ${consent.attributes.map((attribute) => renderAttribute(frame, consent, attribute))}
        </ul>`;
}

function renderTerms(frame: Frame, consent: ServiceConsent): Html {
  return html`<h3>${frame.texts.t('terms-title')}</h3>
    <dl class="terms">${renderTermRows(frame, consent.terms, toTermsOf(consent))}</dl>`;
}

type Shown = { readonly consent: ServiceConsent; readonly id: string };

function renderHead(frame: Frame, { consent, id }: Shown): Html {
  const { texts } = frame;
  return html`<h2 id="${id}"><bdi>${consent.purpose}</bdi></h2>
    <p>${renderState(texts, consent.state)}</p>
    ${
      consent.isSuperseded &&
      html`<div class="notice notice-care" data-superseded>
        <p>${texts.t('service-superseded')}</p>
      </div>`
    }
    ${renderDuration(frame, consent)} ${renderUse(frame, consent)}`;
}

function renderConsent(frame: Frame, shown: Shown): Html {
  const { consent, id } = shown;
  return html`<section class="split" aria-labelledby="${id}">
    <div class="stack">
      ${renderHead(frame, shown)} ${renderSees(frame, consent)} ${renderDuties(frame, consent.duties, 'section')}
      ${renderControls(frame, consent, id)} ${renderHistory(frame, consent)}
    </div>
    <div class="aside">${renderTerms(frame, consent)}</div>
  </section>`;
}

/** What ended, among others: what an agency still owes and what can still be asked stay in sight, the rest is one press away. */
function renderEnded(frame: Frame, shown: Shown): Html {
  const { consent, id } = shown;
  const rest = html`<div class="stack">${renderSees(frame, consent)} ${renderTerms(frame, consent)} ${renderHistory(frame, consent)}</div>`;
  return html`<section class="column stack" aria-labelledby="${id}">
    ${renderHead(frame, shown)} ${renderDuties(frame, consent.duties, 'section')} ${renderControls(frame, consent, id)}
    ${renderMore(frame.texts.t('service-ended-more'), rest)}
  </section>`;
}

function renderIndex({ texts }: Frame, shown: readonly Shown[]): Html | null {
  return shown.length < 2
    ? null
    : html`<nav class="column" aria-label="${texts.t('service-purposes')}">
        <ul class="rows">
          ${shown.map(
            ({ consent, id }) =>
              html`<li class="row">
                <p class="row-title">
                  <a href="#${id}"><bdi>${consent.purpose}</bdi></a>
                </p>
                <div class="row-end">${renderState(texts, consent.state)}</div>
              </li>`,
          )}
        </ul>
      </nav>`;
}

function renderConsents(frame: Frame, { consents }: ServicePage): Html {
  const shown = consents.map((consent, index) => ({ consent, id: `purpose-${index + 1}` }));
  const isFolded = ({ consent }: Shown): boolean => shown.length > 1 && toTermsOf(consent) === 'ended';
  return html`${renderIndex(frame, shown)} ${shown.map((each) => (isFolded(each) ? renderEnded(frame, each) : renderConsent(frame, each)))}`;
}

function renderLately(frame: Frame, page: ServicePage): Html | null {
  const { t } = frame.texts;
  return page.activity.length === 0
    ? null
    : html`<section class="column" aria-labelledby="lately">
        <div class="section-head">
          <h2 id="lately">${t('service-lately')}</h2>
          <p><a href="${safeUrl(page.activityUrl)}">${t('service-all-activity')}</a></p>
        </div>
        ${renderActivity(frame, page.activity)}
      </section>`;
}

export function renderServicePage(frame: Frame, page: ServicePage): string {
  const { texts } = frame;
  const values = { service: page.asker.serviceName };
  return renderLayout(frame, {
    title: texts.t('service-title', values),
    place: 'account',
    main: html`${renderBack(page.accountUrl, texts.t('place-account'))}
      <div class="page-head">
        ${renderAsker(page.asker)}
        <h1>${toRichText(texts, 'service-title', { values })}</h1>
        ${page.doorUrl !== null && html`<p class="event-links">${renderDoor(texts, { doorUrl: page.doorUrl, serviceName: page.asker.serviceName })}</p>`}
      </div>
      <div class="stack-wide" data-service="${page.clientId}">
        ${renderConsents(frame, page)}
        ${renderListPages(frame, { first: toWay(page.firstUrl, texts.t('list-first')), more: toWay(page.moreUrl, texts.t('list-more')) })}
        ${renderLately(frame, page)}
        <p class="event-links"><a href="${safeUrl(page.reportUrl)}" data-action="report">${texts.t('report-link')}</a></p>
      </div>`,
  });
}
