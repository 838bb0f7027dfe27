// Every page once and more, with invented data: what the screenshots show and what the page tests check.

import { errorCatalogue } from '../../src/domain/kernel/errors.ts';
import { renderAccountPage } from '../../views/account.ts';
import { renderConsentPage } from '../../views/consent.ts';
import { renderContinueAsPage } from '../../views/continue-as.ts';
import { createDates } from '../../views/dates.ts';
import { renderEnrolPage } from '../../views/enrol.ts';
import { renderEnrolledPage } from '../../views/enrolled.ts';
import { renderErrorPage } from '../../views/error.ts';
import { renderHomePage } from '../../views/home.ts';
import { createTexts } from '../../views/messages/messages.ts';
import type { Language } from '../../views/messages/messages.ts';
import type { AccountConsent, ActivityItem, ConsentPage, Frame, Passkey, ReceiptLink } from '../../views/models.ts';
import { renderNoticePage } from '../../views/notice.ts';
import { renderPasskeysPage } from '../../views/passkeys.ts';
import { renderServicePage } from '../../views/service.ts';
import { renderSignInPage } from '../../views/sign-in.ts';
import { renderSignOutPage } from '../../views/sign-out.ts';
import { renderSignedOutPage } from '../../views/signed-out.ts';
import { renderWithdrawnPage } from '../../views/withdrawn.ts';
import { createChoices, createNeeded, createTerms, day, now, sampleWords } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';

export type SamplePage = { readonly name: string; readonly document: string };

type World = { readonly frame: Frame; readonly account: Frame; readonly words: SampleWords };

const form = { action: '/interaction/x/decide', token: 'sample-token' };
const ceremony = { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token: 'sample-token' };
const receipt: ReceiptLink = { url: '/account/receipts/1', number: 'R-7K4Q-9M2T', issuedAt: now };

function createWorld(language: Language): World {
  const words = sampleWords[language];
  const frame: Frame = {
    texts: createTexts(language),
    dates: createDates(language, 'Asia/Riyadh'),
    assets: {
      stylesheet: '/assets/huwiya.css',
      sign: '/assets/sign.svg',
      webauthn: '/assets/webauthn.js',
      ceremony: '/assets/ceremony.js',
    },
    siteHost: 'huwiya.example',
    homeUrl: '/',
    otherLanguageUrl: '?lang=other',
    signedIn: null,
  };
  const signOut = { action: '/account/sign-out', token: 'sample-token' };
  const signedIn = { fullName: words.fullName, signOut, accountUrl: '/account', passkeysUrl: '/account/passkeys' };
  return { frame, account: { ...frame, signedIn }, words };
}

function createConsentPage(words: SampleWords): ConsentPage {
  return {
    asker: words.labour,
    purpose: words.renewal,
    form,
    version: '4',
    needed: createNeeded(words),
    choices: createChoices(words, false),
    notAsked: [words.marital, words.picture],
    terms: createTerms(words.renewal, words.labour.agencyName),
    continueAs: null,
    changes: null,
  };
}

function createChangedPage(words: SampleWords): ConsentPage {
  const [attribute] = createNeeded(words);
  const items: NonNullable<ConsentPage['changes']>['items'] =
    attribute === undefined
      ? []
      : [
          { kind: 'new-needed', attribute },
          { kind: 'kept-longer', label: words.phone, before: 'P6M', after: 'P1Y', why: words.whyPhone },
        ];
  return {
    ...createConsentPage(words),
    choices: createChoices(words, true),
    continueAs: { fullName: words.fullName },
    changes: { acceptedAt: now - 200 * day, items, unchangedLabels: [words.birthdate, words.email, words.phone] },
  };
}

function createConsents(words: SampleWords): readonly [AccountConsent, AccountConsent, AccountConsent] {
  const common = { decidedAt: now - 30 * day, endsAt: now + 335 * day, receipts: [receipt] };
  const sharedLabels = [words.fullNameLabel, words.age, words.employer, words.phone];
  return [
    { ...common, purpose: words.renewal, state: 'given', sharedLabels, withdraw: form },
    { ...common, purpose: words.support, state: 'withdrawn', sharedLabels: [words.fullNameLabel], withdraw: null },
    { ...common, purpose: words.contributions, state: 'notified', sharedLabels: [words.number], withdraw: null },
  ];
}

function createActivity(words: SampleWords): readonly ActivityItem[] {
  const common = { ...words.labour, purpose: words.renewal, attributeCount: 4 };
  const kinds = ['released', 'given', 'withdrawn', 'notified', 'refused', 'signed-in'] as const;
  return kinds.map((kind, index) => ({ ...common, kind, at: now - index * day }));
}

const passkeys: readonly Passkey[] = [
  { name: 'iCloud Keychain', binding: 'synced', level: 'substantial', createdAt: now - 90 * day, lastUsedAt: now },
  { name: null, binding: 'device-bound', level: 'high', createdAt: now - 20 * day, lastUsedAt: null },
];

function renderArrival({ frame, words }: World): readonly SamplePage[] {
  const person = { fullName: words.fullName, numberEnding: '0008', confirmedAt: now - 720_000 };
  const enrol = { givenName: words.name, fullName: words.fullName, numberEnding: '0008', expiresAt: now + day, ceremony };
  const consent = { endsAt: now + 11 * day, attributeLabels: [words.fullNameLabel, words.age] };
  const siteUrl = 'https://huwiya.example/';
  return [
    { name: 'home', document: renderHomePage(frame, { accountUrl: '/account' }) },
    { name: 'enrol', document: renderEnrolPage(frame, enrol) },
    { name: 'enrolled', document: renderEnrolledPage(frame, { givenName: words.name, accountUrl: '/account' }) },
    { name: 'sign-in', document: renderSignInPage(frame, { asker: words.labour, ceremony, leave: form, siteUrl }) },
    { name: 'sign-in-own', document: renderSignInPage(frame, { asker: null, ceremony, leave: null, siteUrl }) },
    { name: 'continue-as', document: renderContinueAsPage(frame, { asker: words.housing, person, form, consent }) },
    { name: 'continue-as-new', document: renderContinueAsPage(frame, { asker: words.housing, person, form, consent: null }) },
  ];
}

function renderDecisions({ frame, words }: World): readonly SamplePage[] {
  const notice = {
    ...createConsentPage(words),
    asker: words.insurance,
    purpose: words.contributions,
    basis: 'legal_obligation',
    lawReference: words.law,
    attributes: createNeeded(words),
    terms: createTerms(words.contributions, words.insurance.agencyName),
  } as const;
  return [
    { name: 'consent', document: renderConsentPage(frame, createConsentPage(words)) },
    { name: 'consent-changed', document: renderConsentPage(frame, createChangedPage(words)) },
    { name: 'notice', document: renderNoticePage(frame, notice) },
  ];
}

function renderOwnPages({ account, words }: World): readonly SamplePage[] {
  const [given, withdrawn, notified] = createConsents(words);
  const used = { lastUsedAt: now - day };
  const services = [
    {
      ...words.labour,
      ...used,
      clientId: 'mol-work-permit',
      url: '/account/services/1',
      consents: [given, { ...given, purpose: words.support, state: 'ends-soon' }],
    },
    { ...words.housing, clientId: 'hf-support', url: '/account/services/2', lastUsedAt: null, consents: [withdrawn] },
    { ...words.insurance, ...used, clientId: 'sia-record', url: '/account/services/3', consents: [notified] },
  ] as const;
  const own = { givenName: words.name, lastSignInAt: now - 2 * day, passkeysUrl: '/account/passkeys' };
  const attribute = { answerOnly: false, sensitive: false, source: words.civilStatus };
  const attributes = [
    { ...attribute, label: words.fullNameLabel, necessity: 'required', decision: 'granted' },
    { ...attribute, label: words.marital, necessity: 'required', decision: 'granted', sensitive: true },
    { ...attribute, label: words.email, necessity: 'optional', decision: 'declined', source: null },
  ] as const;
  const terms = createTerms(words.renewal, words.labour.agencyName);
  const consents = [
    { ...given, attributes, terms, history: createActivity(words) },
    { ...withdrawn, attributes, terms, history: [] },
  ];
  const gone = {
    clientId: 'mol-work-permit',
    asker: words.labour,
    purpose: words.renewal,
    withdrawnAt: now,
    receipt,
    accountUrl: '/account',
  };
  return [
    { name: 'account', document: renderAccountPage(account, { ...own, services, activity: createActivity(words), passkeys }) },
    { name: 'account-new', document: renderAccountPage(account, { ...own, lastSignInAt: null, services: [], activity: [], passkeys }) },
    {
      name: 'service',
      document: renderServicePage(account, { clientId: 'mol-work-permit', asker: words.labour, accountUrl: '/account', consents }),
    },
    { name: 'withdrawn', document: renderWithdrawnPage(account, gone) },
    { name: 'passkeys', document: renderPasskeysPage(account, { passkeys, ceremony, justAdded: true, accountUrl: '/account' }) },
  ];
}

function renderEnds({ frame, words }: World): readonly SamplePage[] {
  const openServices = [words.labour.serviceName, words.housing.serviceName];
  const signOut = { action: '/session/end/confirm', xsrf: 'sample', openServices };
  const code = 'interaction/expired';
  const error = { code, text: errorCatalogue[code].text, reference: 'H-4T7K-M2Q9', at: now } as const;
  const back = { name: words.labour.serviceName, url: 'https://mol.example/' };
  return [
    { name: 'sign-out', document: renderSignOutPage(frame, { ...signOut, asker: words.labour }) },
    { name: 'sign-out-own', document: renderSignOutPage(frame, { ...signOut, asker: null }) },
    { name: 'signed-out', document: renderSignedOutPage(frame, { reach: 'everywhere', serviceName: null, homeUrl: '/' }) },
    {
      name: 'signed-out-here',
      document: renderSignedOutPage(frame, { reach: 'only-here', serviceName: words.labour.serviceName, homeUrl: '/' }),
    },
    { name: 'error', document: renderErrorPage(frame, { ...error, back }) },
    { name: 'error-no-way-back', document: renderErrorPage(frame, { ...error, back: null }) },
  ];
}

/** Every page in one language, in the order of a journey. */
export function renderSamplePages(language: Language): readonly SamplePage[] {
  const world = createWorld(language);
  return [renderArrival, renderDecisions, renderOwnPages, renderEnds].flatMap((render) => render(world));
}
