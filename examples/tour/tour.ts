// The way through the demo world, as a page: what to open, in which order, and what to look at. It is no part of a service, and of no other
// installation: the demo starts one service with the file that names people and links.

import type { Middleware } from 'koa';
import { html } from '../service/html.ts';
import type { Html } from '../service/html.ts';
import { words } from '../service/words.ts';
import type { Language } from '../service/words.ts';
import { readTour } from './read-tour.ts';
import type { Invited, Tour } from './read-tour.ts';
import { listSteps } from './steps.ts';
import type { Step } from './steps.ts';
import { tourWords } from './words.ts';

const policy = `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

function toKind(kind: string, language: Language): string {
  return Object.entries(tourWords[language].kinds).find(([name]) => name === kind)?.[1] ?? kind;
}

function renderInvited({ kind, number, name, link, hasPasskey }: Invited, language: Language): Html {
  const text = tourWords[language];
  const numbered = number === undefined ? undefined : html`<bdi class="quiet" dir="ltr">${number}</bdi>`;
  const who = html`<bdi>${name[language]}</bdi> ${numbered} <span class="tag">${toKind(kind, language)}</span>`;
  const way = link === undefined ? undefined : html`<a href="${link}" data-enrol="${kind}">${text.enrolLink}</a>`;
  const known = hasPasskey ? html`<span class="quiet">${text.already}</span>` : undefined;
  return html`<li>${who} ${way} ${known ?? (way === undefined ? html`<span class="quiet">${text.noLink}</span>` : undefined)}</li>`;
}

function renderStep({ name, invited, places, commands }: Step, language: Language): Html {
  const text = tourWords[language];
  const step = text.steps[name];
  const links = places.map(({ name: place, url }) => html`<li><a href="${url}" data-place="${place}">${text.places[place]}</a></li>`);
  return html`<li class="tour-step" data-step="${name}">
    <h2>${step.title}</h2>
    <p>${step.text}</p>
    <ul>
      ${invited.map((one) => renderInvited(one, language))} ${links}
    </ul>
    ${commands.length === 0 ? undefined : html`<pre dir="ltr" tabindex="0">${commands.join('\n')}</pre>`}
    <p class="look"><strong>${text.look}:</strong> ${step.look}</p>
  </li>`;
}

function renderLists({ issuer, people, officers }: Tour, language: Language): Html {
  const text = tourWords[language];
  const list = (invited: readonly Invited[]): Html =>
    html`<ul>
      ${invited.map((one) => renderInvited(one, language))}
    </ul>`;
  return html`<h2>${text.others}</h2>
    ${list(people)}
    <h2>${text.staff}</h2>
    <p>${text.staffLead}</p>
    ${list(officers)}
    <p><a href="${issuer}/office" data-place="office">${text.places.office}</a></p>
    <p>${text.linksOnce}</p>`;
}

function renderTour(tour: Tour, language: Language): string {
  const text = tourWords[language];
  const other = language === 'ar' ? 'en' : 'ar';
  const steps = listSteps(tour).map((step) => renderStep(step, language));
  return html`<!doctype html>
    <html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${text.title}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/service.css" />
      </head>
      <body data-service="tour">
        <a class="skip" href="#content">${words[language].skip}</a>
        <header>
          <div class="bar">
            <p class="agency">${text.title}</p>
            <a href="?lang=${other}" lang="${other}" hreflang="${other}">${words[language].otherLanguage}</a>
          </div>
        </header>
        <main id="content">
          <h1>${text.title}</h1>
          <p class="lead">${text.lead}</p>
          <p>${text.passkeys}</p>
          <ol class="tour">
            ${steps}
          </ol>
          ${renderLists(tour, language)}
        </main>
      </body>
    </html>`.markup;
}

/** Links are for whoever sits at this machine: another name for its address, which a foreign page could have given it, finds nothing. */
export function createTour(file: string): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' || ctx.path !== '/tour' || ctx.hostname !== 'localhost') {
      await next();
      return;
    }
    ctx.set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    ctx.type = 'html';
    ctx.body = renderTour(readTour(file), ctx.query['lang'] === 'en' ? 'en' : 'ar');
  };
}
