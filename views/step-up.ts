// A sign-in that is not enough for what a service wants: why, what is needed, and every way on. Nobody is stopped without a word, and nobody is sent round.

import { toNameInSentence } from './agency-name.ts';
import { renderCeremony } from './ceremony.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { MessageKey } from './messages/messages.ts';
import type { CeremonyTarget, Frame, Passkey } from './models.ts';
import { renderAsker } from './parts.ts';
import { toPasskeyName } from './passkey-list.ts';
import { toRichText } from './rich-text.ts';
import type { StepUpPage, UsedPasskey } from './step-up-model.ts';

function toTitle({ ceremony, isReachable }: StepUpPage): 'step-up-title' | 'step-up-title-none' | 'step-up-title-unreachable' {
  if (ceremony !== null) {
    return 'step-up-title';
  }
  return isReachable ? 'step-up-title-none' : 'step-up-title-unreachable';
}

function renderHead({ texts }: Frame, page: StepUpPage): Html {
  const agency = toNameInSentence(texts.language, page.asker.agencyName);
  return html`<div class="page-head">
    ${renderAsker(page.asker)}
    <h1>${toRichText(texts, toTitle(page), { values: { agency } })}</h1>
    <p class="lead">${texts.t(`step-up-why-${page.ask}`)}</p>
  </div>`;
}

type Fact = { readonly label: MessageKey; readonly content: Html };

function renderUsed(frame: Frame, used: UsedPasskey): Html {
  const { dates, texts } = frame;
  const { shortfall, signedInAt } = used;
  const short: MessageKey = shortfall === null ? 'step-up-short-earlier' : `step-up-short-${shortfall}`;
  return html`${texts.t('step-up-substantial')}<br /><span class="small muted"
      ><bdi>${toPasskeyName(frame, used)}</bdi> · ${dates.moment(signedInAt)}</span
    ><br /><span class="small">${texts.t(short)}</span>`;
}

function renderReaching(frame: Frame, passkey: Passkey): Html {
  const { dates, texts } = frame;
  const added = toRichText(texts, 'passkey-added-on', { slots: { date: dates.shortDay(passkey.createdAt) } });
  return html`<p><bdi>${toPasskeyName(frame, passkey)}</bdi><br /><span class="small muted">${added}</span></p>`;
}

function renderFacts(frame: Frame, { reaching, used }: StepUpPage): Html {
  const { t } = frame.texts;
  const needed = html`${t('step-up-high')}<br /><span class="small muted">${t('step-up-high-text')}</span>`;
  const facts: readonly Fact[] = [
    ...(used === null ? [] : [{ label: 'step-up-now', content: renderUsed(frame, used) } as const]),
    { label: 'step-up-needed', content: needed },
    ...(reaching.length === 0
      ? []
      : [{ label: 'step-up-fits', content: html`${reaching.map((passkey) => renderReaching(frame, passkey))}` } as const]),
  ];
  return html`<dl class="facts">
    ${facts.map(
      ({ label, content }) =>
        html`<div>
          <dt>${t(label)}</dt>
          <dd>${content}</dd>
        </div>`,
    )}
  </dl>`;
}

function renderConfirm(frame: Frame, target: CeremonyTarget): Html {
  return renderCeremony(frame, { kind: 'step-up', target, label: frame.texts.t('step-up-confirm'), button: 'button' });
}

const steps = ['step-up-get-office', 'step-up-get-device', 'step-up-get-create', 'step-up-get-return'] as const;

function toStepText(step: (typeof steps)[number], { used }: StepUpPage): MessageKey {
  return step === 'step-up-get-device' && used?.shortfall === 'binding' ? 'step-up-get-device-own-text' : `${step}-text`;
}

function renderHowTo(frame: Frame, page: StepUpPage): Html {
  const { t } = frame.texts;
  return html`<h2>${t('step-up-get')}</h2>
    <ol class="steps section-body">
      ${steps.map(
        (step) =>
          html`<li>
            <h3>${t(step)}</h3>
            <p>${t(toStepText(step, page))}</p>
          </li>`,
      )}
    </ol>
    <p class="actions">
      <a class="button" href="/account/level" target="_blank" rel="noopener" data-action="have-code"
        >${t('step-up-have-code')}<span class="hidden-visually"> (${t('step-up-new-tab')})</span></a
      ><a class="button button-second" href="${safeUrl(page.againUrl)}" data-action="again">${t('step-up-again')}</a>
    </p>
    ${renderOther(frame, page)}`;
}

function renderOther({ texts: { t } }: Frame, { otherUrl }: StepUpPage): Html {
  return html`<p class="actions">
    <a class="button button-second" href="${safeUrl(otherUrl)}" data-action="other-passkey">${t('step-up-other')}</a>
  </p>`;
}

/** Nobody is sent anywhere for what could not help. */
function renderUnreachable({ texts: { t } }: Frame): Html {
  return html`<div class="notice notice-care" data-unreachable>
    ${renderIcon('care')}
    <div>
      <p><strong>${t('step-up-unreachable')}</strong></p>
      <p>${t('step-up-unreachable-text')}</p>
      <p>${t('step-up-unreachable-next')}</p>
    </div>
  </div>`;
}

function renderWithout(frame: Frame, page: StepUpPage): Html {
  return page.isReachable ? renderHowTo(frame, page) : renderUnreachable(frame);
}

/** Turning back is the one way on where nobody reaches the level. */
function toBackLook({ ceremony, isReachable }: StepUpPage): 'button' | 'button button-text' {
  return ceremony === null && !isReachable ? 'button' : 'button button-text';
}

function renderWays(frame: Frame, page: StepUpPage): Html {
  const { ask, form } = page;
  const { t } = frame.texts;
  const below = html`<button class="button button-second" type="submit" name="decision" value="below" data-action="below">
    ${t('step-up-below')}
  </button>`;
  return html`<form class="stack" method="post" action="${safeUrl(form.action)}">
    ${renderToken(form)}
    <p class="actions">
      ${ask === 'wished' && below}
      <button class="${toBackLook(page)}" type="submit" name="decision" value="back" data-action="back">${t('step-up-back')}</button>
    </p>
    <p class="small muted">${t('step-up-back-text')}</p>
  </form>`;
}

function renderAside(frame: Frame, { ceremony, otherUrl }: StepUpPage): Html {
  const { t } = frame.texts;
  // Where no passkey fits, the way to another one is a button of the page.
  const others = html`<h2>${t('step-up-ask-away')}</h2>
    <p>${t('step-up-say-away')}</p>
    <h2>${t('step-up-ask-other')}</h2>
    <p><a href="${safeUrl(otherUrl)}">${t('step-up-say-other')}</a></p>`;
  return html`<aside class="aside">
    ${ceremony !== null && others}
    <h2>${t('step-up-ask-not-me')}</h2>
    <p><a href="/account/notices">${t('step-up-say-not-me')}</a></p>
  </aside>`;
}

export function renderStepUpPage(frame: Frame, page: StepUpPage): string {
  const { texts } = frame;
  return renderLayout(frame, {
    title: texts.t(toTitle(page), { agency: toNameInSentence(texts.language, page.asker.agencyName) }),
    hasCeremony: page.ceremony !== null,
    main: html`${renderHead(frame, page)}
      <div class="split">
        <div class="stack">
          ${renderFacts(frame, page)} ${page.ceremony === null ? renderWithout(frame, page) : renderConfirm(frame, page.ceremony)}
          ${renderWays(frame, page)}
        </div>
        ${renderAside(frame, page)}
      </div>`,
  });
}
