// The one page of the service: before sign-in what it is, afterwards what it received.

import type { SignedIn } from './provider.ts';
import type { Profile } from './settings.ts';
import type { Notice } from './visits.ts';
import { toClaimName, words } from './words.ts';
import type { Language } from './words.ts';

export type PageAsked = {
  readonly profile: Profile;
  readonly language: Language;
  readonly signedIn: SignedIn | undefined;
  readonly notice: Notice | undefined;
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function toText(value: unknown, language: Language): string {
  if (typeof value === 'boolean') {
    return value ? words[language].yes : words[language].no;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toSignInUrl(purpose: string): string {
  return `/sign-in?purpose=${encodeURIComponent(purpose)}`;
}

function renderNotice({ notice, language }: PageAsked): string {
  return notice === undefined ? '' : `<p class="notice ${notice}" role="status" data-notice="${notice}">${words[language][notice]}</p>`;
}

function renderWelcome({ profile, language }: PageAsked): string {
  const text = words[language];
  const [main, ...others] = profile.purposes;
  const links = others.map(
    ({ id, text: name }) => `<li><a href="${escape(toSignInUrl(id))}" data-purpose="${escape(id)}">${escape(name[language])}</a></li>`,
  );
  return `<h1>${escape(main?.text[language] ?? profile.name[language])}</h1>
    <p>${text.intro}</p>
    <p><a class="button" href="${escape(toSignInUrl(main?.id ?? ''))}" data-action="sign-in">${text.signIn}</a></p>
    ${links.length === 0 ? '' : `<h2>${text.otherPurposes}</h2><ul>${links.join('')}</ul>`}`;
}

function renderClaims({ claims }: SignedIn, language: Language): string {
  const shown = Object.entries(claims).filter(([name]) => name !== 'sub');
  if (shown.length === 0) {
    return `<p>${words[language].nothing}</p>`;
  }
  const rows = shown.map(
    ([name, value]) =>
      `<div><dt>${escape(toClaimName(name, language))}</dt><dd data-claim="${escape(name)}"><bdi>${escape(toText(value, language))}</bdi></dd></div>`,
  );
  return `<dl>${rows.join('')}</dl>`;
}

function renderButton(action: 'fetch-again' | 'sign-out', label: string): string {
  return `<form method="post" action="/${action}"><button class="button quiet" data-action="${action}">${label}</button></form>`;
}

function renderReceived(asked: PageAsked, signedIn: SignedIn): string {
  const { language, profile } = asked;
  const text = words[language];
  return `<h1>${text.received}</h1>
    ${renderClaims(signedIn, language)}
    <dl class="facts">
      <div><dt>${text.subject}</dt><dd data-fact="sub" dir="ltr">${escape(signedIn.subject)}</dd></div>
      <div><dt>${text.level}</dt><dd data-fact="acr" dir="ltr">${escape(signedIn.acr ?? '')}</dd></div>
    </dl>
    <details><summary>${text.answer}</summary><pre dir="ltr" tabindex="0" data-answer>${escape(JSON.stringify(signedIn.claims, undefined, 2))}</pre></details>
    <div class="actions">
      ${renderButton('fetch-again', text.fetchAgain)}
      <a class="button quiet" href="${escape(toSignInUrl(profile.purposes[0]?.id ?? ''))}" data-action="sign-in">${text.again}</a>
      ${renderButton('sign-out', text.signOut)}
    </div>`;
}

export function renderPage(asked: PageAsked): string {
  const { profile, language, signedIn } = asked;
  const other = language === 'ar' ? 'en' : 'ar';
  return `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escape(profile.name[language])} · ${escape(profile.agency[language])}</title>
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/service.css">
</head>
<body data-service="${escape(profile.clientId)}">
  <header>
    <p class="agency">${escape(profile.agency[language])}</p>
    <p class="service">${escape(profile.name[language])}</p>
    <a href="/?lang=${other}" lang="${other}" hreflang="${other}">${words[language].otherLanguage}</a>
  </header>
  <main>
    ${renderNotice(asked)}
    ${signedIn === undefined ? renderWelcome(asked) : renderReceived(asked, signedIn)}
  </main>
  <footer><p>${words[language].gov}</p></footer>
</body>
</html>`;
}
