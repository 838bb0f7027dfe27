// Booking a clinic: choose, sign in, confirm, see the appointments. Optional details make it more comfortable, and nothing depends on them.

import type { Desk, Screen, SignedInView, View } from '../service/desk.ts';
import { findDetail, toName } from '../service/details.ts';
import type { Answers, Filing } from '../service/filings.ts';
import { html } from '../service/html.ts';
import type { Html, Value } from '../service/html.ts';
import { renderAsked, renderRow, renderSignInButton, renderSteps } from '../service/parts.ts';
import type { Language } from '../service/words.ts';
import { clinics, findNearest, listTimes, toTimeText } from './offers.ts';
import { renderOtherErrands, showOtherErrand } from './other-errands.ts';
import { clinicWords } from './words.ts';

type Option = { readonly value: string; readonly label: Value };
type Choosing = { readonly name: string; readonly label: string; readonly options: readonly Option[]; readonly chosen: string | undefined };

function parseChoice(query: URLSearchParams): Answers {
  const pick = (name: string, offered: readonly string[]): string => offered.find((value) => value === query.get(name)) ?? offered[0] ?? '';
  return {
    clinic: pick(
      'clinic',
      clinics.map(({ id }) => id),
    ),
    time: pick('time', listTimes(Date.now())),
  };
}

function renderChoice({ name, label, options, chosen }: Choosing): Html {
  const items = options.map(({ value, label: text }, index) => {
    const isChosen = chosen === undefined ? index === 0 : chosen === value;
    const input = isChosen
      ? html`<input type="radio" name="${name}" value="${value}" checked />`
      : html`<input type="radio" name="${name}" value="${value}" />`;
    return html`<label class="option">${input}<span>${text}</span></label>`;
  });
  return html`<fieldset>
    <legend>${label}</legend>
    ${items}
  </fieldset>`;
}

function listClinics(language: Language, nearest: string | undefined): readonly Option[] {
  return clinics.map(({ id, name, city }) => ({
    value: id,
    label: html`${name[language]}${language === 'ar' ? '،' : ','} ${city[language]}
    ${id === nearest ? html`<span class="tag">${clinicWords[language].nearest}</span>` : undefined}`,
  }));
}

function renderBooking({ language, choice, purpose }: View): Html {
  const text = clinicWords[language];
  const times = listTimes(Date.now()).map((time) => ({ value: time, label: toTimeText(time, language) }));
  return html`<form action="/sign-in">
    <input type="hidden" name="purpose" value="${purpose.id}" />
    ${renderChoice({ name: 'clinic', label: text.clinic, options: listClinics(language, undefined), chosen: choice['clinic'] })}
    ${renderChoice({ name: 'time', label: text.time, options: times, chosen: undefined })} ${renderSignInButton(language)}
  </form>`;
}

function showStart(view: View): Screen {
  const { profile, language } = view;
  const text = clinicWords[language];
  const purpose = profile.purposes[0] ?? view.purpose;
  return {
    title: purpose.text[language],
    content: html`${renderSteps(text.steps, 0, language)}
      <h1>${purpose.text[language]}</h1>
      <p class="lead">${text.lead}</p>
      ${renderBooking({ ...view, purpose })} ${renderAsked({ ...view, purpose })} ${renderOtherErrands(view)}`,
  };
}

function renderDoctors(language: Language, gender: unknown): Html {
  const text = clinicWords[language];
  const chosen = gender === 'female' || gender === 'male' ? gender : 'any';
  const options = (['any', 'female', 'male'] as const).map((value) => ({ value, label: text.doctors[value] }));
  return html`${renderChoice({ name: 'doctor', label: text.doctor, options, chosen })}
  ${gender === undefined ? html`<p class="hint">${text.doctorUnknown}</p>` : undefined}`;
}

function showReview(view: SignedInView): Screen {
  return showOtherErrand(view) ?? showAppointment(view);
}

function showAppointment({ language, choice, signedIn: { claims } }: SignedInView): Screen {
  const text = clinicWords[language];
  const city = findDetail(claims, 'city', language);
  const nearest = findNearest(city)?.id;
  const rows = ['name', 'phone_number'].map((name) =>
    renderRow(toName(name, language), html`<bdi data-claim="${name}">${findDetail(claims, name, language)}</bdi>`),
  );
  return {
    title: text.review,
    content: html`${renderSteps(text.steps, 1, language)}
      <h1>${text.review}</h1>
      <p class="lead">${text.reviewLead}</p>
      <dl class="facts">${rows} ${renderRow(text.time, toTimeText(choice['time'] ?? '', language))}</dl>
      <form method="post" action="/confirm">
        ${renderChoice({ name: 'clinic', label: text.clinic, options: listClinics(language, nearest), chosen: choice['clinic'] })}
        ${city === undefined ? html`<p class="hint">${text.cityUnknown}</p>` : undefined} ${renderDoctors(language, claims['gender'])}
        <button class="button" data-action="confirm">${text.confirm}</button>
      </form>`,
  };
}

/** The appointment, and nothing of what arrived: name and number can be asked for again when they are needed. */
function parseFiling({ choice }: SignedInView, form: URLSearchParams): Answers {
  const doctor = form.get('doctor');
  const clinic = clinics.find(({ id }) => id === form.get('clinic'))?.id ?? choice['clinic'] ?? '';
  return { clinic, time: choice['time'] ?? '', doctor: doctor === 'female' || doctor === 'male' ? doctor : 'any' };
}

function renderAppointment({ reference, answers }: Filing, language: Language): Html {
  const text = clinicWords[language];
  const clinic = clinics.find(({ id }) => id === answers['clinic']);
  const doctor = answers['doctor'];
  return html`<li class="appointment">
    <h2>${toTimeText(answers['time'] ?? '', language)}</h2>
    <dl class="facts">
      ${renderRow(text.clinic, clinic?.name[language])}
      ${renderRow(text.doctor, text.doctors[doctor === 'female' || doctor === 'male' ? doctor : 'any'])}
      ${renderRow(text.reference, html`<bdi data-reference>${reference}</bdi>`)}
    </dl>
  </li>`;
}

function showFiled(view: SignedInView): Screen {
  const text = clinicWords[view.language];
  return {
    title: text.filed,
    content: html`${renderSteps(text.steps, 2, view.language)}
      <h1>${text.filed}</h1>
      <p class="lead">${text.filedLead}</p>
      <ul class="appointments">
        ${view.filings.map((filing) => renderAppointment(filing, view.language))}
      </ul>
      <h2>${text.another}</h2>
      ${renderBooking({ ...view, choice: {} })}`,
  };
}

export const clinic: Desk = { prefix: 'AP', parseChoice, showStart, showReview, parseFiling, showFiled };
