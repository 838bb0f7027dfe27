// The one frame of every page: language and direction, the sign on its line, the other language, places, footer. It owns the document;
// it must never hold an inline script or style: the content security policy refuses both, and that is the point.

import { html, safeUrl, toDocument } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { headerSign } from './icons.ts';
import type { Texts } from './messages/messages.ts';
import type { FormTarget, Frame, Place, SignedIn } from './models.ts';
import { toRichText } from './rich-text.ts';

const places: readonly Place[] = ['account', 'activity', 'receipts', 'details', 'security'];

export type Content = {
  /** For the window and the history, without the name of the site. */
  readonly title: string;
  readonly main: Html;
  /** Where the person is on the own page. */
  readonly place?: Place;
  /** Something that holds for the whole page, above its content. */
  readonly band?: Html | null;
  readonly hasCeremony?: boolean;
  /** Whether it tells the keeper of passkeys what stands here, which needs the script and no bundle. */
  readonly hasSignal?: boolean;
  /** Address of a script of this page alone. */
  readonly plainScript?: string;
};

const otherLanguages = {
  ar: { code: 'en', direction: 'ltr' },
  en: { code: 'ar', direction: 'rtl' },
} as const;

/** Every form is posted with its hidden token. */
export function renderToken(form: FormTarget): Html {
  return html`<input type="hidden" name="token" value="${form.token}" />`;
}

function renderSignOut(frame: Frame, form: FormTarget): Html {
  return html`<form class="header-item" method="post" action="${safeUrl(form.action)}">
    ${renderToken(form)}<button type="submit" data-action="sign-out">${frame.texts.t('sign-out')}</button>
  </form>`;
}

/** On a computer that others use: on every page, with the one way out that leaves nothing (screen rule 16). */
function renderSharedBand(frame: Frame): Html | null {
  const { texts, finish } = frame;
  if (finish === null) {
    return null;
  }
  return html`<section class="band" aria-label="${texts.t('shared-band')}" data-band="shared">
    <form class="wrap" method="post" action="${safeUrl(finish.action)}">
      ${renderToken(finish)}<span>${texts.t('shared-band-text')}</span>
      <button class="button button-second" type="submit" data-action="finish">${texts.t('shared-finish')}</button>
    </form>
  </section>`;
}

/** Whoever is signed in and has not lost anything says so with one press. */
function renderRecoveryBand({ texts, signedIn }: Frame): Html | null {
  const form = signedIn?.recovery ?? null;
  if (form === null) {
    return null;
  }
  return html`<section class="band" aria-label="${texts.t('recovery-band')}" data-band="recovery">
    <form class="wrap" method="post" action="${safeUrl(form.action)}">
      ${renderToken(form)}<span>${texts.t('recovery-band-text')}</span>
      <button class="button button-text" type="submit" data-action="cancel-recovery">${texts.t('recovery-band-cancel')}</button>
    </form>
  </section>`;
}

export type Header = {
  /** Name of the desk, on pages of staff. */
  readonly where: string | null;
  readonly name: string | null;
  readonly signOut: FormTarget | null;
};

function renderOtherLanguage({ t, language }: Texts, url: string): Html {
  const other = otherLanguages[language];
  return html`<div class="header-item">
    <a href="${safeUrl(url)}" lang="${other.code}" hreflang="${other.code}" dir="${other.direction}">${t('other-language')}</a>
  </div>`;
}

export function renderHeader(frame: Frame, { where, name, signOut }: Header): Html {
  const { t } = frame.texts;
  return html`<header class="header">
    <div class="wrap">
      <a class="brand" href="${safeUrl(frame.homeUrl)}"
        >${headerSign}<span>${t('brand')} ${where !== null && html`<span class="brand-where">${where}</span>`}</span></a
      >
      ${name !== null && html`<p class="header-name"><bdi>${name}</bdi></p>`}
      ${frame.otherLanguageUrl !== null && renderOtherLanguage(frame.texts, frame.otherLanguageUrl)}
      ${signOut !== null && renderSignOut(frame, signOut)}
    </div>
  </header>`;
}

export type NavItem = { readonly label: string; readonly url: string; readonly isCurrent: boolean };

export function renderNav(label: string, items: readonly NavItem[]): Html {
  const links = items.map((item) =>
    item.isCurrent
      ? html`<li><a href="${safeUrl(item.url)}" aria-current="page">${item.label}</a></li>`
      : html`<li><a href="${safeUrl(item.url)}">${item.label}</a></li>`,
  );
  return html`<nav class="nav" aria-label="${label}">
    <div class="wrap">
      <ul>
        ${links}
      </ul>
    </div>
  </nav>`;
}

function renderPlaces(frame: Frame, signedIn: SignedIn, current: Place): Html {
  const { t } = frame.texts;
  const items = places.map((place) => ({ label: t(`place-${place}`), url: signedIn.places[place], isCurrent: place === current }));
  return renderNav(t('places'), items);
}

export function renderFooter(frame: Frame): Html {
  const { texts, verifyUrl } = frame;
  return html`<footer class="footer">
    <div class="wrap">
      <ul>
        <li><a href="${safeUrl(verifyUrl)}">${texts.t('receipt-check')}</a></li>
      </ul>
      <p>${toRichText(texts, 'footer-about', { values: { host: frame.siteHost } })}</p>
    </div>
  </footer>`;
}

export type Document = {
  /** For the window and the history, without the name of the site. */
  readonly title: string;
  /** Staff pages are denser. */
  readonly look: 'person' | 'staff';
  readonly header: Html;
  /** Between the header and the content: places, bands. */
  readonly before: HtmlValue;
  readonly main: Html;
  readonly hasCeremony: boolean;
  readonly hasSignal?: boolean;
  /** Address of a script that checks what the page was given. */
  readonly script?: string | undefined;
  /** Address of a script that every browser runs, whatever its age. */
  readonly plainScript?: string | undefined;
};

const bodies = { person: html`<body>`, staff: html`<body class="staff">` } as const;

/** The whole document, ready to be sent as `text/html; charset=utf-8`. */
export function renderDocument(frame: Frame, document: Document): string {
  const { texts, assets } = frame;
  return toDocument(
    html`<html lang="${texts.language}" dir="${texts.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${document.title} – ${texts.t('brand')}</title>
        <link rel="icon" href="${safeUrl(assets.sign)}" type="image/svg+xml" />
        ${assets.fonts.map((font) => html`<link rel="preload" href="${safeUrl(font)}" as="font" type="font/woff2" crossorigin />`)}
        <link rel="stylesheet" href="${safeUrl(assets.stylesheet)}" />
        ${document.hasCeremony && html`<script src="${safeUrl(assets.webauthn)}" defer></script>`}
        ${(document.hasCeremony || document.hasSignal === true) && html`<script src="${safeUrl(assets.ceremony)}" defer></script>`}
        ${document.plainScript !== undefined && html`<script src="${safeUrl(document.plainScript)}" defer></script>`}
        ${document.script !== undefined && html`<script src="${safeUrl(document.script)}" type="module"></script>`}
      </head>
      ${bodies[document.look]}
      <a class="skip-link" href="#main">${texts.t('skip-to-content')}</a>
      ${document.header} ${document.before}
      <main id="main" class="wrap" tabindex="-1">${document.main}</main>
      ${renderFooter(frame)}
      </body>
    </html>`,
  );
}

export function renderLayout(frame: Frame, content: Content): string {
  const { signedIn } = frame;
  return renderDocument(frame, {
    title: content.title,
    look: 'person',
    header: renderHeader(frame, { where: null, name: signedIn?.fullName ?? null, signOut: signedIn?.signOut ?? null }),
    before: [
      renderSharedBand(frame),
      renderRecoveryBand(frame),
      signedIn !== null && content.place !== undefined && renderPlaces(frame, signedIn, content.place),
      content.band,
    ],
    main: content.main,
    hasCeremony: content.hasCeremony === true,
    hasSignal: content.hasSignal === true,
    plainScript: content.plainScript,
  });
}
