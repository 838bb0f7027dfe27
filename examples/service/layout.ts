// The frame around every page of a service.

import type { Screen } from './desk.ts';
import { renderDevelopers } from './developers.ts';
import type { Behind } from './developers.ts';
import { findDetail } from './details.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderNotice, renderPress } from './parts.ts';
import type { SignedIn } from './provider.ts';
import type { Profile } from './settings.ts';
import type { Notice } from './visits.ts';
import { words } from './words.ts';

export type Framed = Behind & {
  readonly profile: Profile;
  readonly issuer: URL;
  readonly notice: Notice | undefined;
  readonly screen: Screen;
};

function renderHeader({ profile, language, signedIn }: Framed): Html {
  const other = language === 'ar' ? 'en' : 'ar';
  return html`<header>
    <div class="bar">
      <p class="agency">${profile.agency[language]}</p>
      <div class="places">
        <a href="/?lang=${other}" lang="${other}" hreflang="${other}">${words[language].otherLanguage}</a>
        ${signedIn === undefined ? undefined : renderPress('sign-out', words[language].signOut)}
      </div>
    </div>
    <p class="service"><a href="/">${profile.name[language]}</a></p>
  </header>`;
}

/** Who is signed in, and what can be done about it, apart from the errand itself. */
function renderAccount({ profile, purpose, language, issuer }: Framed, { claims }: SignedIn): Html {
  const text = words[language];
  const name = findDetail(claims, 'name', language) ?? findDetail(claims, 'given_name', language);
  return html`<section class="account" aria-labelledby="account">
    <h2 id="account">${text.yourDetails}</h2>
    ${name === undefined ? undefined : html`<p><bdi>${name}</bdi></p>`}
    <ul>
      <li>${renderPress('fetch-again', text.fetchAgain)}</li>
      <li><a href="${new URL(`/account/services/${profile.clientId}`, issuer).href}">${text.manage}</a></li>
      <li><a href="/sign-in?purpose=${encodeURIComponent(purpose.id)}" data-action="sign-in">${text.again}</a></li>
    </ul>
  </section>`;
}

export function renderDocument(framed: Framed): string {
  const { profile, language, signedIn, notice, screen } = framed;
  const text = words[language];
  const document = html`<!doctype html>
    <html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${screen.title} · ${profile.name[language]}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/service.css" />
      </head>
      <body data-service="${profile.clientId}">
        <a class="skip" href="#content">${text.skip}</a>
        ${renderHeader(framed)}
        <main id="content">
          ${notice === undefined ? undefined : renderNotice(notice, language)} ${screen.content}
          ${signedIn === undefined ? undefined : renderAccount(framed, signedIn)}
        </main>
        <footer>
          ${renderDevelopers(framed)}
          <p>${text.gov}</p>
        </footer>
      </body>
    </html>`;
  return document.markup;
}
