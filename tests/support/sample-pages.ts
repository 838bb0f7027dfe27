// Every page once and more, with invented data: what the screenshots show and what the page tests check.

import { errorCatalogue } from '../../src/domain/kernel/errors.ts';
import { renderConfirmPage } from '../../views/confirm.ts';
import type { ConfirmPage } from '../../views/confirm-model.ts';
import type { GoOnPage } from '../../views/go-on-model.ts';
import { renderConsentPage } from '../../views/consent.ts';
import { renderContinueAsPage } from '../../views/continue-as.ts';
import { renderEnrolCodePage } from '../../views/enrol-code.ts';
import { renderEnrolPage } from '../../views/enrol.ts';
import { renderErrorPage } from '../../views/error.ts';
import { renderGoOnPage } from '../../views/go-on.ts';
import { renderHomePage } from '../../views/home.ts';
import type { Language } from '../../views/messages/messages.ts';
import type { ConsentPage } from '../../views/models.ts';
import { renderNoticePage } from '../../views/notice.ts';
import { renderSignInPage } from '../../views/sign-in.ts';
import { renderSignOutPage } from '../../views/sign-out.ts';
import { renderSignedOutPage } from '../../views/signed-out.ts';
import { createLeft } from './sample-left.ts';
import { renderAccountPages } from './sample-account-pages.ts';
import { renderAuditPages } from './sample-audit-pages.ts';
import { renderCaseWorkPages } from './sample-case-work.ts';
import { renderCasePages } from './sample-case-pages.ts';
import { renderFiguresPages } from './sample-figures-pages.ts';
import { renderDetailsPages } from './sample-details-pages.ts';
import { renderOwnPages } from './sample-own-pages.ts';
import { renderQuestionPages } from './sample-question-pages.ts';
import { renderSavedPages } from './sample-saved-pages.ts';
import { renderProtectionPages } from './sample-protection-pages.ts';
import { renderRecoveryPages } from './sample-recovery-pages.ts';
import { renderReportPages } from './sample-report-pages.ts';
import { renderReceiptPages } from './sample-receipt-pages.ts';
import { renderSecurityPages } from './sample-security-pages.ts';
import { renderStaffPages } from './sample-staff-pages.ts';
import { renderStepUpPages } from './sample-step-up-pages.ts';
import { renderSampleVerify } from './sample-verify.ts';
import { createAgainPage, createChangedPage } from './sample-changed-consents.ts';
import { renderRegisterPages } from './sample-register-pages.ts';
import { createWorld } from './sample-world.ts';
import type { SamplePage, World } from './sample-world.ts';
import { createChoices, createNeeded, createTerms, createVerification, day, now } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';

const form = { action: '/interaction/x/decide', token: 'sample-token' };
const ceremony = { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token: 'sample-token' };

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

/** The agency is also told how it was made sure who the person is. */
function createVerifiedPage(words: SampleWords): ConsentPage {
  const page = createConsentPage(words);
  return { ...page, terms: { ...page.terms, verification: createVerification(words) } };
}

function createConfirmPage(words: SampleWords): ConfirmPage {
  return {
    asker: words.labour,
    purpose: words.renewal,
    reasons: ['sensitive', 'long', 'offline'],
    shared: [
      { label: words.fullNameLabel, answerOnly: false },
      { label: words.number, answerOnly: false },
      { label: words.age, answerOnly: true },
    ],
    leftOut: [{ label: words.email, answerOnly: false }],
    verification: createVerification(words),
    retention: 'P1Y',
    endsAt: now + 700 * day,
    ceremony,
    form,
    version: '4',
    changeUrl: '/interaction/x',
  };
}

const homePage = {
  accountUrl: '/account',
  recoverUrl: '/recover',
  servicesUrl: '/services',
  figuresUrl: '/transparency',
  verifyUrl: '/verify',
  auditUrl: '/audit',
  officeUrl: '/office',
  discoveryUrl: '/.well-known/openid-configuration',
  logUrl: '/ledger/checkpoint',
};

function renderArrival({ frame, words }: World): readonly SamplePage[] {
  const person = { fullName: words.fullName, numberEnding: '0008', confirmedAt: now - 720_000 };
  const enrol = {
    givenName: words.name,
    fullName: words.fullName,
    numberEnding: '0008',
    expiresAt: now + day,
    madeBy: 'check',
    ceremony,
  } as const;
  const consent = { endsAt: now + 11 * day, attributeLabels: [words.fullNameLabel, words.age] };
  const siteUrl = 'https://huwiya.example/';
  const live = { fullName: words.fullName, stayUrl: null };
  const ownLive = { ...live, stayUrl: '/account' };
  return [
    { name: 'home', document: renderHomePage(frame, homePage) },
    { name: 'enrol', document: renderEnrolPage(frame, enrol) },
    { name: 'enrol-operator', document: renderEnrolPage(frame, { ...enrol, madeBy: 'operator' }) },
    { name: 'enrol-code', document: renderEnrolCodePage(frame, { form, error: null, typed: '' }) },
    { name: 'enrol-code-wrong', document: renderEnrolCodePage(frame, { form, error: 'enrolment/invalid-link', typed: 'K7QM-3XRT-9WHC' }) },
    {
      name: 'sign-in',
      document: renderSignInPage(frame, { asker: words.labour, live: null, confirmsAgain: false, ceremony, leave: form, siteUrl }),
    },
    {
      name: 'sign-in-own',
      document: renderSignInPage(frame, { asker: null, live: null, confirmsAgain: false, ceremony, leave: null, siteUrl }),
    },
    {
      name: 'sign-in-live',
      document: renderSignInPage(frame, { asker: words.labour, live, confirmsAgain: false, ceremony, leave: form, siteUrl }),
    },
    {
      name: 'sign-in-own-live',
      document: renderSignInPage(frame, { asker: null, live: ownLive, confirmsAgain: false, ceremony, leave: null, siteUrl }),
    },
    {
      name: 'sign-in-again',
      document: renderSignInPage(frame, { asker: null, live: ownLive, confirmsAgain: true, ceremony, leave: null, siteUrl }),
    },
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
    { name: 'consent-shared-computer', document: renderConsentPage({ ...frame, finish: form }, createConsentPage(words)) },
    { name: 'consent-changed', document: renderConsentPage(frame, createChangedPage(createConsentPage(words), words)) },
    { name: 'consent-verification', document: renderConsentPage(frame, createVerifiedPage(words)) },
    { name: 'consent-again', document: renderConsentPage(frame, createAgainPage(createConsentPage(words), words)) },
    { name: 'confirm', document: renderConfirmPage(frame, createConfirmPage(words)) },
    { name: 'notice', document: renderNoticePage(frame, notice) },
  ];
}

function renderEnds({ frame, words }: World): readonly SamplePage[] {
  const openServices = [words.labour.serviceName, words.housing.serviceName];
  const signOut = { action: '/session/end/confirm', xsrf: 'sample', openServices, stayUrl: '/' };
  const signedOut = { serviceName: null, left: [], againUrl: '/signed-out', homeUrl: '/' };
  const code = 'interaction/expired';
  const error = { code, text: errorCatalogue[code].text, reference: 'H-4T7K-M2Q9', at: now } as const;
  const refused = 'service/not-for-this-person';
  const notServed = { ...error, code: refused, text: errorCatalogue[refused].text } as const;
  const back = { name: words.labour.serviceName, url: 'https://mol.example/' };
  return [
    { name: 'sign-out', document: renderSignOutPage(frame, { ...signOut, asker: words.labour }) },
    { name: 'sign-out-own', document: renderSignOutPage(frame, { ...signOut, asker: null }) },
    { name: 'signed-out', document: renderSignedOutPage(frame, { ...signedOut, left: createLeft(words) }) },
    {
      name: 'signed-out-here',
      document: renderSignedOutPage(frame, { ...signedOut, serviceName: words.labour.serviceName }),
    },
    { name: 'error', document: renderErrorPage(frame, { ...error, back }) },
    {
      name: 'error-not-served',
      document: renderErrorPage(frame, { ...notServed, back, served: { name: back.name, kinds: ['citizen', 'resident'] } }),
    },
    { name: 'error-no-way-back', document: renderErrorPage(frame, { ...error, back: null }) },
  ];
}

/** As it stays for whoever has no script: with it the page would be gone before it is seen. */
function renderStaying({ frame, words }: World): readonly SamplePage[] {
  const toService = { action: 'https://mol.example/callback', fields: [{ name: 'state', value: 'sample' }] };
  const toUs = { action: '/session/end/confirm', fields: [{ name: 'xsrf', value: 'sample' }] };
  const render = (name: string, page: GoOnPage): SamplePage => ({
    name,
    document: renderGoOnPage(frame, page).replace(/<script [^>]*go-on[^>]*><\/script>/, ''),
  });
  return [
    render('go-on', { kind: 'answer', asker: words.labour, ...toService }),
    render('go-on-no-session', { kind: 'no-session', asker: null, ...toUs }),
    render('go-on-another-person', { kind: 'another-person', asker: words.labour, ...toUs }),
  ];
}

const renderers = [
  renderArrival,
  renderRegisterPages,
  renderFiguresPages,
  renderDecisions,
  renderStepUpPages,
  renderAccountPages,
  renderSecurityPages,
  renderDetailsPages,
  renderReceiptPages,
  renderOwnPages,
  renderProtectionPages,
  renderRecoveryPages,
  renderReportPages,
  renderEnds,
  renderStaying,
  renderStaffPages,
  renderAuditPages,
  renderQuestionPages,
  renderSavedPages,
  renderCasePages,
  renderCaseWorkPages,
];

/** Every page in one language, in the order of a journey. */
export function renderSamplePages(language: Language): readonly SamplePage[] {
  const world = createWorld(language);
  return renderers.flatMap((render) => render(world));
}

/** These, and the page that is a file by itself: it holds style, script and both languages inside, under a policy of its own. */
export function renderShownPages(language: Language): readonly SamplePage[] {
  return [...renderSamplePages(language), { name: 'verify', document: renderSampleVerify(language) }];
}
