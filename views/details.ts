// The place "details": everything that is held about the person, by the register it came from, each value under its mask; where a register is put
// right; and what the person changes themselves.

import { renderValue } from './attributes.ts';
import type { CorrectionWords, DetailsPage, HeldDetail, HeldRegister, OwnDetail } from './details-model.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderIdentityCheck } from './identity-check.ts';
import { renderLayout, renderToken } from './layout.ts';
import type { Frame } from './models.ts';
import { renderMore } from './parts.ts';

function renderValues(frame: Frame, detail: HeldDetail): Html {
  const values = detail.values.map(({ value, language }) => {
    const label = language === null ? detail.label : `${detail.label} (${frame.texts.t(`details-language-${language}`)})`;
    return renderValue(frame, { value, language, label });
  });
  return html`${values}`;
}

function renderDetail(frame: Frame, detail: HeldDetail): Html {
  return html`<li class="attribute" data-attribute="${detail.name}">
    <h3 class="attribute-name">${detail.label}</h3>
    ${renderValues(frame, detail)}
    <p class="attribute-facts">${detail.explanation}</p>
  </li>`;
}

function renderChange(frame: Frame, detail: OwnDetail): Html | null {
  const { t } = frame.texts;
  if (detail.changeUrl === null) {
    return null;
  }
  const isMissing = detail.values.every(({ value }) => value.kind === 'missing');
  return html`<p class="event-links">
    <a href="${safeUrl(detail.changeUrl)}" data-action="change-${detail.name}"
      ><span>${t(isMissing ? 'details-add' : 'details-change')}<span class="hidden-visually">: ${detail.label}</span></span></a
    >
  </p>`;
}

function renderOwn(frame: Frame, detail: OwnDetail): Html {
  const { t } = frame.texts;
  const checked =
    detail.isVerified !== null &&
    html`<span class="attribute-form">${t(detail.isVerified ? 'details-verified' : 'details-unverified')}</span>`;
  return html`<li class="attribute" data-attribute="${detail.name}">
    <h3 class="attribute-name">${detail.label} ${checked}</h3>
    ${renderValues(frame, detail)}
    <p class="attribute-facts">${detail.explanation}</p>
    ${renderChange(frame, detail)}
  </li>`;
}

const languages = [
  { code: 'ar', direction: 'rtl' },
  { code: 'en', direction: 'ltr' },
] as const;

function renderLanguage(frame: Frame, page: DetailsPage): Html {
  const { t, language } = frame.texts;
  const choices = languages.map(({ code, direction }) => {
    const box =
      code === language
        ? html`<input type="radio" id="language-${code}" name="language" value="${code}" checked />`
        : html`<input type="radio" id="language-${code}" name="language" value="${code}" />`;
    return html`<div class="check">
      ${box}<label for="language-${code}"><bdi lang="${code}" dir="${direction}">${t(`details-language-${code}`)}</bdi></label>
    </div>`;
  });
  return html`<section aria-labelledby="language" class="stack">
    <h2 id="language">${t('details-language')}</h2>
    <p>${t('details-language-text')}</p>
    <form class="stack" method="post" action="${safeUrl(page.language.action)}">
      ${renderToken(page.language)}
      <fieldset class="stack">
        <legend class="hidden-visually">${t('details-language')}</legend>
        ${choices}
      </fieldset>
      <div class="actions">
        <button class="button button-second" type="submit" data-action="save-language">${t('details-save')}</button>
      </div>
    </form>
  </section>`;
}

function renderCorrection(frame: Frame, correction: CorrectionWords): Html {
  const { t } = frame.texts;
  const rows = (['owner', 'where', 'bring'] as const).map(
    (fact) =>
      html`<div>
        <dt>${t(`details-${fact}`)}</dt>
        <dd>${correction[fact]}</dd>
      </div>`,
  );
  return renderMore(
    t('details-wrong'),
    html`<div class="stack">
      <p>${t('details-wrong-text')}</p>
      <dl class="facts">${rows}</dl>
    </div>`,
  );
}

function renderRegister(frame: Frame, register: HeldRegister): Html {
  const id = `register-${register.id}`;
  return html`<section aria-labelledby="${id}" data-register="${register.id}">
    <h2 id="${id}" class="section-title">${frame.texts.t('details-register', { register: register.name })}</h2>
    <ul>
      ${register.details.map((detail) => renderDetail(frame, detail))}
    </ul>
    ${renderCorrection(frame, register.correction)}
  </section>`;
}

function renderAnswers(frame: Frame, answers: readonly HeldDetail[]): Html | null {
  const { t } = frame.texts;
  if (answers.length === 0) {
    return null;
  }
  const list = html`<ul>
    ${answers.map((answer) => renderDetail(frame, answer))}
  </ul>`;
  return html`<section aria-labelledby="answers" class="stack">
    <h2 id="answers">${t('details-answers')}</h2>
    <p>${t('details-answers-text')}</p>
    ${renderMore(t('details-answers-show'), list)}
  </section>`;
}

type OwnList = { readonly id: 'own'; readonly text: 'details-own-text' } | { readonly id: 'given'; readonly text: 'details-at-counter' };

/** What the person gave: one list of what they change here, one of what a registration office changes for them. */
function renderOwnList(frame: Frame, { id, text }: OwnList, details: readonly OwnDetail[]): Html | null {
  const { t } = frame.texts;
  return details.length === 0
    ? null
    : html`<section aria-labelledby="${id}">
        <h2 id="${id}" class="section-title">${t(`details-${id}`)}</h2>
        <p class="section-body">${t(text)}</p>
        <ul>
          ${details.map((detail) => renderOwn(frame, detail))}
        </ul>
      </section>`;
}

function renderChanged(frame: Frame, changed: NonNullable<DetailsPage['changed']>): Html {
  return html`<div class="notice notice-good" role="status">
    ${renderIcon('tick')}
    <div><p>${frame.texts.t(`details-changed-${changed}`)}</p></div>
  </div>`;
}

export function renderDetailsPage(frame: Frame, page: DetailsPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('details-title'),
    place: 'details',
    main: html`<div class="page-head">
        <h1>${t('details-title')}</h1>
        <p class="lead">${t('details-lead')}</p>
      </div>
      <div class="column stack-wide">
        ${page.changed !== null && renderChanged(frame, page.changed)}
        ${renderOwnList(
          frame,
          { id: 'own', text: 'details-own-text' },
          page.own.filter(({ changeUrl }) => changeUrl !== null),
        )}
        ${renderLanguage(frame, page)}
        ${renderOwnList(
          frame,
          { id: 'given', text: 'details-at-counter' },
          page.own.filter(({ changeUrl }) => changeUrl === null),
        )}
        ${page.check !== null && renderIdentityCheck(frame, page.check)}
        ${page.registers.map((register) => renderRegister(frame, register))} ${renderAnswers(frame, page.answers)}
        <div>
          <p class="event-links">
            <a href="${safeUrl(page.seenUrl)}">${t('attributes-title')}</a><a href="${safeUrl(page.takeUrl)}">${t('take-title')}</a>
          </p>
          <p class="small muted">${t('details-elsewhere')}</p>
        </div>
      </div>`,
  });
}
