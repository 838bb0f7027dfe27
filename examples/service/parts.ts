// Parts that pages are built from.

import type { SignedInView, View } from './desk.ts';
import { findDetail, toName } from './details.ts';
import { html } from './html.ts';
import type { Html, Value } from './html.ts';
import type { Notice } from './visits.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

export function renderNotice(notice: Notice, language: Language): Html {
  return html`<p class="notice notice-${notice}" role="status" data-notice="${notice}">${words[language].notices[notice]}</p>`;
}

/** Where in the request this page is; `current` counts from 0. */
export function renderSteps(names: readonly string[], current: number, language: Language): Html {
  const items = names.map((name, index) =>
    index === current ? html`<li aria-current="step">${name}</li>` : html`<li class="${index < current ? 'done' : ''}">${name}</li>`,
  );
  return html`<nav class="steps" aria-label="${words[language].steps}">
    <ol>
      ${items}
    </ol>
  </nav>`;
}

export function renderRow(name: Value, value: Value): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** What arrived of what the purpose lists, one row each. */
export function renderDetails({ purpose, signedIn, language }: SignedInView): Html {
  const rows = purpose.attributes.map(({ name }) => {
    const value = findDetail(signedIn.claims, name, language);
    return value === undefined
      ? renderRow(toName(name, language), html`<span class="quiet">${words[language].notShared}</span>`)
      : renderRow(toName(name, language), html`<bdi data-claim="${name}">${value}</bdi>`);
  });
  return html`<dl class="facts">${rows}</dl>`;
}

/** What the service is going to ask, before anybody signs in. */
export function renderAsked({ purpose, language }: View): Html {
  const text = words[language];
  const rows = purpose.attributes.map(({ name, isOptional, why }) =>
    renderRow(
      html`${toName(name, language)} <span class="tag">${isOptional ? text.optional : text.needed}</span>`,
      html`<span class="quiet">${why[language]}</span>`,
    ),
  );
  return html`<h2>${text.weAsk}</h2>
    <p>${text.weAskLead}</p>
    <dl class="facts asked">${rows}</dl>`;
}

// The sign of the provider on its button, as its rules for services have it.
const sign = html`<svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
  <path fill-rule="evenodd" d="M0 23H7V3.5A24 24 0 0 1 31 27.5V28H0ZM17.3 12.4A5.3 5.3 0 1 0 17.3 23A5.3 5.3 0 0 0 17.3 12.4Z" />
</svg>`;

export function renderSignInLink(purpose: string, language: Language): Html {
  return html`<a class="button huwiya" href="/sign-in?purpose=${encodeURIComponent(purpose)}" data-action="sign-in"
    >${sign}${words[language].signIn}</a
  >`;
}

/** Inside a form whose answers are taken along. */
export function renderSignInButton(language: Language): Html {
  return html`<button class="button huwiya" data-action="sign-in">${sign}${words[language].signIn}</button>`;
}

export function renderPress(action: string, label: string): Html {
  return html`<form method="post" action="/${action}"><button class="link" data-action="${action}">${label}</button></form>`;
}
