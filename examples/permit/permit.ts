// Renewing a work permit: start, sign in, check what arrived, add by hand what was kept back (or not), confirm, reference number.

import type { Desk, Screen, SignedInView, View } from '../service/desk.ts';
import { findDetail, listMissing, toName } from '../service/details.ts';
import type { Answers } from '../service/filings.ts';
import { html } from '../service/html.ts';
import type { Html } from '../service/html.ts';
import { renderAsked, renderDetails, renderSignInLink, renderSteps } from '../service/parts.ts';
import type { Asked } from '../service/settings.ts';
import { showContract } from './contract.ts';
import { permitWords } from './words.ts';

const contractView = 'contract-view';
const lengthLimit = 200;

function showStart(view: View): Screen {
  const { profile, language } = view;
  const text = permitWords[language];
  const [main, ...others] = profile.purposes;
  const links = others.map(
    ({ id, text: name }) => html`<li><a href="/sign-in?purpose=${encodeURIComponent(id)}" data-purpose="${id}">${name[language]}</a></li>`,
  );
  const purpose = main ?? view.purpose;
  return {
    title: purpose.text[language],
    content: html`${renderSteps(text.steps, 0, language)}
      <h1>${purpose.text[language]}</h1>
      <p class="lead">${text.lead}</p>
      <p>${renderSignInLink(purpose.id, language)}</p>
      ${renderAsked({ ...view, purpose })}
      <h2>${text.other}</h2>
      <ul>
        ${links}
      </ul>`,
  };
}

const kinds: Readonly<Record<string, { readonly type: string; readonly autocomplete: string }>> = {
  email: { type: 'email', autocomplete: 'email' },
  phone_number: { type: 'tel', autocomplete: 'tel' },
};

function renderField({ name, why }: Asked, { language }: View): Html {
  const kind = kinds[name] ?? { type: 'text', autocomplete: 'off' };
  return html`<div class="field">
    <label for="${name}">${toName(name, language)} <span class="quiet">(${permitWords[language].ifYouWish})</span></label>
    <p class="hint" id="${name}-hint">${why[language]}</p>
    <input
      id="${name}"
      name="${name}"
      type="${kind.type}"
      autocomplete="${kind.autocomplete}"
      dir="ltr"
      maxlength="${lengthLimit}"
      aria-describedby="${name}-hint"
    />
  </div>`;
}

function showReview(view: SignedInView): Screen {
  if (view.purpose.id === contractView) {
    return showContract(view);
  }
  const text = permitWords[view.language];
  const missing = listMissing(view.purpose, view.signedIn.claims);
  const fields = missing.map((asked) => renderField(asked, view));
  return {
    title: text.review,
    content: html`${renderSteps(text.steps, 1, view.language)}
      <h1>${text.review}</h1>
      <p class="lead">${text.reviewLead}</p>
      ${renderDetails(view)}
      <form method="post" action="/confirm">
        ${
          missing.length === 0
            ? undefined
            : html`<h2>${text.missing}</h2>
                <p>${text.missingLead}</p>
                ${fields}`
        }
        <button class="button" data-action="confirm">${text.confirm}</button>
      </form>`,
  };
}

/** What arrived counts; what was typed counts where nothing arrived. */
function parseFiling({ purpose, signedIn, language }: SignedInView, form: URLSearchParams): Answers {
  const given = purpose.attributes.filter(({ isOptional }) => isOptional);
  const toAnswer = (name: string): string =>
    findDetail(signedIn.claims, name, language) ?? form.get(name)?.trim().slice(0, lengthLimit) ?? '';
  return Object.fromEntries(given.map(({ name }): [string, string] => [name, toAnswer(name)]));
}

function showFiled({ language, filings, purpose }: SignedInView): Screen {
  const text = permitWords[language];
  const [latest, ...earlier] = filings;
  const tell = (attribute: string, given: string, absent: string): Html => {
    const value = latest?.answers[attribute] ?? '';
    return value === '' ? html`<li>${absent}</li>` : html`<li>${given} <bdi>${value}</bdi></li>`;
  };
  return {
    title: text.filed,
    content: html`${renderSteps(text.steps, 2, language)}
      <h1>${text.filed}</h1>
      <p class="reference">
        ${text.reference} <strong><bdi data-reference>${latest?.reference}</bdi></strong>
      </p>
      <h2>${text.next}</h2>
      <ul>
        <li>${text.nextReview}</li>
        ${tell('email', text.byEmail, text.noEmail)} ${tell('phone_number', text.byPhone, text.noPhone)}
      </ul>
      ${
        earlier.length === 0
          ? undefined
          : html`<h2>${text.earlier}</h2>
              <ul>
                ${earlier.map(({ reference }) => html`<li>${purpose.text[language]} · <bdi>${reference}</bdi></li>`)}
              </ul>`
      }`,
  };
}

export const permit: Desk = { prefix: 'WP', parseChoice: () => ({}), showStart, showReview, parseFiling, showFiled };
