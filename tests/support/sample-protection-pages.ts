// Notices, "it was not me", freezing and lifting a freeze, with invented data.

import { noticeKinds } from '../../src/domain/protection/notice.ts';
import { caseSteps } from '../../src/domain/protection/case.ts';
import { renderCasePage, renderCasesPage } from '../../views/cases.ts';
import type { CasePage, CasesPage } from '../../views/cases.ts';
import { renderCounterFreezePage } from '../../views/counter-freeze.ts';
import { renderClosedOffPage } from '../../views/closed-off.ts';
import { renderHandOverPage } from '../../views/hand-over.ts';
import { renderFreezeByCodePage, renderFreezePage, renderFreezeSheet, renderMakeCodePage } from '../../views/freeze.ts';
import { createTexts } from '../../views/messages/messages.ts';
import type { NoticesPage, ShownNotice } from '../../views/protection-model.ts';
import { renderNoticesPage, renderNotMePage } from '../../views/security-notices.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { renderUnfreezeCounterPage, renderUnfreezeOrderedPage, renderUnfreezePage, renderUnfreezeWaitsPage } from '../../views/unfreeze.ts';
import { day, now, registrarNames, sampleNames, toBothNames } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const device = { browser: 'chrome', system: 'windows' } as const;
const delay = { delayHours: 72 } as const;
const form = { action: '/not-me/1', token: 'sample-token' };
const ceremony = { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token: 'sample-token' };
const plain: ShownNotice = {
  kind: 'new-device',
  at: now,
  lastAt: now,
  device,
  more: 0,
  caseNumber: null,
  caseClosedAt: null,
  notMeUrl: '/not-me/1',
};

const notices: NoticesPage = {
  notices: [
    { ...plain, at: now - 3_600_000 },
    { ...plain, kind: 'passkey-added', device: null, at: now - day },
    { ...plain, kind: 'new-device', device: { browser: 'safari', system: 'iphone' }, at: now - 2 * day, more: 14, lastAt: now - day },
    {
      ...plain,
      kind: 'first-sharing',
      device: null,
      at: now - 3 * day,
      caseNumber: 'C-7K4Q-9M2T',
      caseClosedAt: now - day,
      notMeUrl: null,
    },
    { ...plain, kind: 'contact-changed', device: null, at: now - 40 * day, notMeUrl: null },
    { ...plain, kind: 'enrolled', device: { browser: 'chrome', system: 'android' }, at: now - 90 * day, notMeUrl: null },
  ],
  freezeUrl: '/account/freeze',
  securityUrl: '/account/security',
  moreUrl: '/account/notices?after=1',
  firstUrl: null,
};

const openCase = { caseNumber: 'C-7K4Q-9M2T', kind: 'new-device', saidAt: now - 7_200_000, closedAt: null } as const;
const listed = { openUrl: '/office/cases', closedUrl: '/office/cases?state=closed', counterUrl: '/office', firstUrl: null } as const;

const cases: CasesPage = {
  ...listed,
  isOpen: true,
  cases: [
    { ...openCase, url: '/office/cases/1' },
    { ...openCase, caseNumber: 'C-2XW9-B4HJ', kind: 'passkey-added', saidAt: now - day, url: '/office/cases/2' },
  ],
  moreUrl: '/office/cases?after=1',
};

function createCase(fullName: string): CasePage {
  return {
    ...openCase,
    happenedAt: now - day,
    device,
    person: { fullName, numberEnding: '0008', status: 'frozen' },
    steps: [{ at: now - 3_600_000, step: 'spoke' }],
    choices: caseSteps,
    isStepMissing: false,
    form: { action: '/office/cases/1', token: 'sample-token' },
    listUrl: '/office/cases',
  };
}

function renderCounterFreeze(desk: StaffFrame): readonly SamplePage[] {
  const names = toBothNames(desk.texts.language);
  const nothing = { document: '', issuer: '', country: '', digits: '', expiry: '', birth: '', seen: '', face: '' };
  const given = {
    ...nothing,
    document: 'passport',
    issuer: 'الجوازات',
    country: 'SAU',
    digits: '42AB',
    expiry: '2029-11-30',
    birth: '1990-05-17',
  };
  const counter = {
    find: form,
    number: '1000000008',
    isOrdered: false,
    isBeneath: false,
    dueAt: null,
    freeze: null,
    lift: null,
    counterUrl: '/office',
  };
  const active = { ...counter, person: { names, status: 'active' } } as const;
  const frozen = { ...counter, person: { names, status: 'frozen' } } as const;
  const close = { form, looked: '', isReasonMissing: false };
  const lift = { form, looked: '', given: nothing, wrong: [] } as const;
  const act = {
    number: counter.number,
    names,
    ceremony,
    form,
    change: form,
    looked: '',
    isUnconfirmed: false,
    isNameUnsaid: false,
    againUrl: '/office/freeze',
  };
  const seen = { kind: 'evidence', given: { ...given, seen: 'vpip', face: 'yes' }, names: sampleNames } as const;
  const word = { kind: 'word', reason: 'stolen' } as const;
  const wrong = ['seen', 'face'] as const;
  return [
    { name: 'counter-freeze', document: renderCounterFreezePage(desk, { ...active, freeze: close }) },
    { name: 'counter-freeze-wrong', document: renderCounterFreezePage(desk, { ...active, freeze: { ...close, isReasonMissing: true } }) },
    { name: 'counter-freeze-find', document: renderCounterFreezePage(desk, { ...counter, number: null, person: null }) },
    { name: 'counter-freeze-nobody', document: renderCounterFreezePage(desk, { ...counter, person: null }) },
    { name: 'counter-freeze-confirm', document: renderHandOverPage(desk, { ...act, change: null, step: 'desk-freeze', basis: word }) },
    { name: 'counter-lift', document: renderCounterFreezePage(desk, { ...frozen, lift }) },
    { name: 'counter-lift-wrong', document: renderCounterFreezePage(desk, { ...frozen, lift: { ...lift, given, wrong } }) },
    { name: 'counter-lift-confirm', document: renderHandOverPage(desk, { ...act, step: 'desk-lift', basis: seen }) },
    {
      name: 'counter-lift-unconfirmed',
      document: renderHandOverPage(desk, { ...act, step: 'desk-lift', basis: seen, isUnconfirmed: true }),
    },
    {
      name: 'counter-lift-unsaid',
      document: renderHandOverPage(desk, { ...act, step: 'desk-lift', basis: seen, isNameUnsaid: true }),
    },
    { name: 'counter-lift-waits', document: renderCounterFreezePage(desk, { ...frozen, dueAt: now + day, freeze: close }) },
    { name: 'counter-lift-ordered', document: renderCounterFreezePage(desk, { ...frozen, isOrdered: true }) },
  ];
}

export function renderProtectionPages({ account, frame, words }: World): readonly SamplePage[] {
  const freeze = {
    hasHigh: true,
    ...delay,
    form: { ...form, action: '/account/freeze' },
    codeUrl: '/account/freeze/code',
    codeMadeAt: now - 30 * day,
    securityUrl: '/account/security',
  };
  const otherTexts = createTexts(frame.texts.language === 'ar' ? 'en' : 'ar');
  const sheet = { code: '7K4Q-9M2T-XWVB-3HJD', url: `https://${frame.siteHost}/freeze`, madeAt: now, backUrl: '/account/security' };
  const signOut = { action: '/staff/sign-out', token: 'sample-token' };
  const desk: StaffFrame = {
    ...frame,
    homeUrl: '/office',
    officer: { name: registrarNames[frame.texts.language], role: 'registrar', signOut },
  };
  const shown = createCase(words.fullName);
  const ended = [{ at: now - 60_000, step: 'devices' } as const, ...shown.steps];
  return [
    { name: 'office-cases', document: renderCasesPage(desk, cases) },
    { name: 'office-cases-none', document: renderCasesPage(desk, { ...listed, isOpen: false, cases: [], moreUrl: null }) },
    { name: 'office-case', document: renderCasePage(desk, shown) },
    { name: 'office-case-unchosen', document: renderCasePage(desk, { ...shown, isStepMissing: true }) },
    { name: 'office-case-closed', document: renderCasePage(desk, { ...shown, form: null, closedAt: now, person: null, steps: ended }) },
    ...renderCounterFreeze(desk),
    { name: 'security-notices', document: renderNoticesPage(account, notices) },
    {
      name: 'security-notices-all',
      document: renderNoticesPage(account, {
        ...notices,
        notices: noticeKinds.map((kind, index) => ({ ...plain, kind, device: null, at: now - index * day })),
      }),
    },
    { name: 'security-notices-none', document: renderNoticesPage(account, { ...notices, notices: [], moreUrl: null }) },
    { name: 'not-me', document: renderNotMePage(frame, { kind: 'new-device', at: now, device, form, endsAt: null, ...delay }) },
    {
      name: 'not-me-link-made',
      document: renderNotMePage(frame, { kind: 'link-made', at: now, device: null, form, endsAt: null, ...delay }),
    },
    {
      name: 'not-me-unfreeze',
      document: renderNotMePage(frame, { kind: 'unfreeze-begun-counter', at: now, device: null, form, endsAt: now + 3 * day, ...delay }),
    },
    { name: 'not-me-done', document: renderClosedOffPage(frame, { caseNumber: 'C-7K4Q-9M2T', was: 'open', ...delay }) },
    { name: 'not-me-beneath', document: renderClosedOffPage(frame, { caseNumber: 'C-7K4Q-9M2T', was: 'beneath', ...delay }) },
    { name: 'not-me-ended', document: renderClosedOffPage(frame, { caseNumber: 'C-7K4Q-9M2T', was: 'ended', ...delay }) },
    { name: 'freeze', document: renderFreezePage(account, freeze) },
    { name: 'freeze-counter-only', document: renderFreezePage(account, { ...freeze, hasHigh: false, delayHours: 24 }) },
    { name: 'freeze-code', document: renderMakeCodePage(account, { ...freeze, codeMadeAt: null }) },
    { name: 'freeze-sheet', document: renderFreezeSheet(account, sheet, otherTexts) },
    { name: 'freeze-by-code', document: renderFreezeByCodePage(frame, { form, isWrong: false, typed: '', ...delay }) },
    { name: 'freeze-by-code-wrong', document: renderFreezeByCodePage(frame, { form, isWrong: true, typed: 'K7QM-3XRT-9WHC', ...delay }) },
    { name: 'frozen', document: renderClosedOffPage(frame, { caseNumber: null, was: 'open', ...delay }) },
    { name: 'frozen-already', document: renderClosedOffPage(frame, { caseNumber: null, was: 'already', ...delay }) },
    { name: 'unfreeze', document: renderUnfreezePage(frame, { ceremony, ...delay }) },
    { name: 'unfreeze-waits', document: renderUnfreezeWaitsPage(frame, { dueAt: now + day, freeze: '1', form }) },
    { name: 'unfreeze-counter', document: renderUnfreezeCounterPage(frame, delay) },
    { name: 'unfreeze-ordered', document: renderUnfreezeOrderedPage(frame) },
  ];
}
