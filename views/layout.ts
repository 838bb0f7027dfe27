// The one frame of every page: language and direction, the sign on its line, the other language, places, footer. It owns the document;
// it must never hold an inline script or style: the content security policy refuses both, and that is the point.

import { html, safeUrl, toDocument } from './html.ts';
import type { Html } from './html.ts';
import { headerSign } from './icons.ts';
import type { FormTarget, Frame, Place, SignedIn } from './models.ts';
import { toRichText } from './rich-text.ts';

const places: readonly Place[] = ['account', 'activity', 'receipts', 'security'];

export type Content = {
  /** For the window and the history, without the name of the site. */
  readonly title: string;
  readonly main: Html;
  /** Where the person is on the own page. */
  readonly place?: Place;
  /** Something that holds for the whole page, above its content. */
  readonly band?: Html | null;
  readonly hasCeremony?: boolean;
};

const otherLanguages = {
  ar: { code: 'en', direction: 'ltr' },
  en: { code: 'ar', direction: 'rtl' },
} as const;

/** Every form is posted with its hidden token. */
export function renderToken(form: FormTarget): Html {
  return html`<input type="hidden" name="token" value="${form.token}" />`;
}

function renderSignedIn(frame: Frame, signedIn: SignedIn): Html {
  return html`<form class="header-item" method="post" action="${safeUrl(signedIn.signOut.action)}">
    ${renderToken(signedIn.signOut)}<button type="submit" data-action="sign-out">${frame.texts.t('sign-out')}</button>
  </form>`;
}

function renderHeader(frame: Frame): Html {
  const { t, language } = frame.texts;
  const other = otherLanguages[language];
  return html`<header class="header">
    <div class="wrap">
      <a class="brand" href="${safeUrl(frame.homeUrl)}">${headerSign}<span>${t('brand')}</span></a>
      ${frame.signedIn !== null && html`<p class="header-name"><bdi>${frame.signedIn.fullName}</bdi></p>`}
      <div class="header-item">
        <a href="${safeUrl(frame.otherLanguageUrl)}" lang="${other.code}" hreflang="${other.code}" dir="${other.direction}"
          >${t('other-language')}</a
        >
      </div>
      ${frame.signedIn !== null && renderSignedIn(frame, frame.signedIn)}
    </div>
  </header>`;
}

function renderPlaces(frame: Frame, signedIn: SignedIn, current: Place): Html {
  const { t } = frame.texts;
  const links = places.map((place) => {
    const url = safeUrl(signedIn.places[place]);
    const label = t(`place-${place}`);
    return place === current
      ? html`<li><a href="${url}" aria-current="page">${label}</a></li>`
      : html`<li><a href="${url}">${label}</a></li>`;
  });
  return html`<nav class="nav" aria-label="${t('places')}">
    <div class="wrap">
      <ul>
        ${links}
      </ul>
    </div>
  </nav>`;
}

function renderFooter(frame: Frame): Html {
  return html`<footer class="footer">
    <div class="wrap"><p>${toRichText(frame.texts, 'footer-about', { values: { host: frame.siteHost } })}</p></div>
  </footer>`;
}

/** The whole document, ready to be sent as `text/html; charset=utf-8`. */
export function renderLayout(frame: Frame, content: Content): string {
  const { texts, assets, signedIn } = frame;
  return toDocument(
    html`<html lang="${texts.language}" dir="${texts.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${content.title} – ${texts.t('brand')}</title>
        <link rel="icon" href="${safeUrl(assets.sign)}" type="image/svg+xml" />
        ${assets.fonts.map((font) => html`<link rel="preload" href="${safeUrl(font)}" as="font" type="font/woff2" crossorigin />`)}
        <link rel="stylesheet" href="${safeUrl(assets.stylesheet)}" />
        ${
          content.hasCeremony === true &&
          html`<script src="${safeUrl(assets.webauthn)}" defer></script>
            <script src="${safeUrl(assets.ceremony)}" defer></script>`
        }
      </head>
      <body>
        <a class="skip-link" href="#main">${texts.t('skip-to-content')}</a>
        ${renderHeader(frame)} ${signedIn !== null && content.place !== undefined && renderPlaces(frame, signedIn, content.place)}
        ${content.band}
        <main id="main" class="wrap" tabindex="-1">${content.main}</main>
        ${renderFooter(frame)}
      </body>
    </html>`,
  );
}
