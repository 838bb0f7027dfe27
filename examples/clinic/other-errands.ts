// What else the Ministry of Health does: a certificate, where the law decides for citizens, and a visit at home, which a person confirms with the passkey.
// Each is a purpose with a consent or a notice of its own.

import type { Screen, SignedInView, View } from '../service/desk.ts';
import { findDetail, toName } from '../service/details.ts';
import type { Claims } from '../service/provider.ts';
import { html } from '../service/html.ts';
import type { Html } from '../service/html.ts';
import { renderDetails, renderRow, renderSignInLink } from '../service/parts.ts';
import { findCheck } from '../service/verified-claims.ts';
import type { Language } from '../service/words.ts';
import { clinicWords } from './words.ts';

/** Invented, and the same for everybody. */
const vaccinations: readonly Readonly<Record<Language, string>>[] = [
  { ar: 'الحصبة: 3 مارس 2001', en: 'Measles: 3 March 2001' },
  { ar: 'الإنفلونزا: 12 أكتوبر 2026', en: 'Influenza: 12 October 2026' },
];

export function renderOtherErrands({ profile, language }: View): Html {
  const [, ...others] = profile.purposes;
  return html`<h2>${clinicWords[language].other}</h2>
    <ul>
      ${others.map(
        ({ id, text }) => html`<li><a href="/sign-in?purpose=${encodeURIComponent(id)}" data-purpose="${id}">${text[language]}</a></li>`,
      )}
    </ul>`;
}

/** Where nobody looked at a document, nothing comes, and the certificate says so. */
function describeCheck(claims: Claims, language: Language): Html {
  const text = clinicWords[language];
  const check = findCheck(claims);
  if (check === undefined) {
    return html`<span class="quiet" data-check="none">${text.checkUnknown}</span>`;
  }
  const name = (known: Readonly<Record<string, string>>, codes: readonly string[]): string =>
    [...new Set(codes)].map((code) => known[code] ?? code).join(text.comma);
  const documents = name(text.documents, check.documents);
  const methods = name(text.methods, check.methods);
  return html`<span data-check="${check.level}">${documents}${methods === '' ? '' : `: ${methods}`}</span>`;
}

function showCertificate({ language, signedIn: { claims } }: SignedInView): Screen {
  const text = clinicWords[language];
  const rows = ['name', 'birth_year'].map((name) =>
    renderRow(toName(name, language), html`<bdi data-claim="${name}">${findDetail(claims, name, language)}</bdi>`),
  );
  return {
    title: text.certificate,
    content: html`<h1>${text.certificate}</h1>
      <p class="lead">${text.certificateLead}</p>
      <dl class="facts">${rows} ${renderRow(text.check, describeCheck(claims, language))}</dl>
      <h2>${text.vaccinations}</h2>
      <ul>
        ${vaccinations.map((vaccination) => html`<li>${vaccination[language]}</li>`)}
      </ul>`,
  };
}

function showHomeVisit(view: SignedInView): Screen {
  const text = clinicWords[view.language];
  return {
    title: text.visit,
    content: html`<h1>${text.visit}</h1>
      <p class="lead">${text.visitLead}</p>
      ${renderDetails(view)}`,
  };
}

const errands: Readonly<Record<string, (view: SignedInView) => Screen>> = {
  'vaccination-certificate': showCertificate,
  'home-visit': showHomeVisit,
};

/** Undefined where the person came for an appointment. */
export function showOtherErrand(view: SignedInView): Screen | undefined {
  const screen = errands[view.purpose.id]?.(view);
  const [appointment] = view.profile.purposes;
  return screen === undefined || appointment === undefined
    ? screen
    : {
        ...screen,
        content: html`${screen.content}
          <h2>${appointment.text[view.language]}</h2>
          <p>${renderSignInLink(appointment.id, view.language)}</p>`,
      };
}
