// Coming back after the passkey is lost: the person's way, the side of whoever says no, and the counter, with invented data.

import { renderHandOverPage } from '../../views/hand-over.ts';
import { createTexts } from '../../views/messages/messages.ts';
import { renderApproveRecoveryPage, renderOpenRecoveryPage, renderRecoverySheet } from '../../views/office-recovery.ts';
import { renderRecoverPage, renderRecoveryCodePage, renderRecoveryCounterPage } from '../../views/recover.ts';
import { renderRecoveryNumberPage, renderRecoveryWaysPage } from '../../views/recover.ts';
import { renderRecoveryLookPage } from '../../views/recovery-look.ts';
import type { RecoveryCodePage } from '../../views/recovery-model.ts';
import {
  renderRecoveryBindPage,
  renderRecoveryCancelledPage,
  renderRecoveryCancelPage,
  renderRecoveryDonePage,
  renderRecoveryWaitPage,
} from '../../views/recovery-steps.ts';
import type { Frame } from '../../views/models.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { day, now, registrarNames, sampleNames, toBothNames } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const form = { action: '/recover/form', token: 'sample-token' };
const ceremony = { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token: 'sample-token' };
const quarter = 900_000;

function renderWays({ frame }: World): readonly SamplePage[] {
  const ways = { waitHours: 72, waitingUrl: '/recover/number', counterUrl: '/recover/counter', backUrl: '/recover' };
  const counter = { isOpen: true, codeUrl: '/recover/code', backUrl: '/recover/ways' };
  const code: RecoveryCodePage = { form, numberUrl: '/recover/number', backUrl: '/recover/ways', error: null, typed: '' };
  return [
    { name: 'recover', document: renderRecoverPage(frame, { signInUrl: '/account/security', waysUrl: '/recover/ways' }) },
    { name: 'recover-ways', document: renderRecoveryWaysPage(frame, ways) },
    { name: 'recover-ways-counter-only', document: renderRecoveryWaysPage(frame, { ...ways, waitingUrl: null }) },
    { name: 'recover-ways-waiting-only', document: renderRecoveryWaysPage(frame, { ...ways, counterUrl: null }) },
    { name: 'recover-ways-none', document: renderRecoveryWaysPage(frame, { ...ways, counterUrl: null, waitingUrl: null }) },
    { name: 'recover-counter', document: renderRecoveryCounterPage(frame, counter) },
    { name: 'recover-counter-closed', document: renderRecoveryCounterPage(frame, { ...counter, isOpen: false }) },
    { name: 'recover-number', document: renderRecoveryNumberPage(frame, { form, backUrl: '/recover/ways' }) },
    { name: 'recover-code', document: renderRecoveryCodePage(frame, code) },
    {
      name: 'recover-code-wrong',
      document: renderRecoveryCodePage(frame, { ...code, error: 'recovery/code-wrong', typed: 'K7QM-3XRT-9WHC' }),
    },
    { name: 'recover-code-counter-only', document: renderRecoveryCodePage(frame, { ...code, error: 'recovery/counter-only' }) },
  ];
}

function renderSteps({ frame, account, words }: World): readonly SamplePage[] {
  const wait = { readyAt: now + 3 * day, isNew: true, counterUrl: '/recover/counter' };
  const bind = { givenName: words.name, fullName: words.fullName, numberEnding: '0008', until: now + quarter, ceremony };
  const open = { id: 'sample', way: 'waiting', begunAt: now - 3_600_000, readyAt: now + 3 * day } as const;
  const inBand: Frame = { ...account, signedIn: account.signedIn && { ...account.signedIn, recovery: form } };
  const look = { asker: words.labour, open, stopped: null, form };
  const cancel = { way: 'waiting', begunAt: now - 3_600_000, form } as const;
  return [
    { name: 'recover-wait', document: renderRecoveryWaitPage(frame, wait) },
    { name: 'recover-wait-again', document: renderRecoveryWaitPage(frame, { ...wait, isNew: false }) },
    { name: 'recover-bind', document: renderRecoveryBindPage(frame, bind) },
    { name: 'recover-done', document: renderRecoveryDonePage(frame, { accountUrl: '/account/passkeys', way: 'waiting' }) },
    { name: 'recover-done-counter', document: renderRecoveryDonePage(frame, { accountUrl: '/account/passkeys', way: 'counter' }) },
    { name: 'recover-look', document: renderRecoveryLookPage(frame, look) },
    { name: 'recover-look-over', document: renderRecoveryLookPage(frame, { ...look, open: null, stopped: 'waiting' }) },
    {
      name: 'recover-band',
      document: renderRecoveryCounterPage(inBand, { isOpen: true, codeUrl: '/recover/code', backUrl: '/recover/ways' }),
    },
    { name: 'recover-cancel', document: renderRecoveryCancelPage(frame, cancel) },
    { name: 'recover-cancel-counter', document: renderRecoveryCancelPage(frame, { ...cancel, way: 'counter' }) },
    { name: 'recover-cancelled', document: renderRecoveryCancelledPage(frame, { way: 'waiting', securityUrl: '/account/security' }) },
    {
      name: 'recover-cancelled-counter',
      document: renderRecoveryCancelledPage(frame, { way: 'counter', securityUrl: '/account/security' }),
    },
  ];
}

function renderOffice({ frame, words: { fullName } }: World): readonly SamplePage[] {
  const signOut = { action: '/staff/sign-out', token: 'sample-token' };
  const desk: StaffFrame = {
    ...frame,
    homeUrl: '/office',
    officer: { name: registrarNames[frame.texts.language], role: 'registrar', signOut },
  };
  const names = toBothNames(frame.texts.language);
  const listUrl = '/office/recoveries';
  const until = now + quarter;
  const waiting = [
    {
      url: `${listUrl}/1`,
      openerName: frame.texts.language === 'ar' ? 'هند الدوسري' : 'Hind Aldosari',
      begunAt: now - quarter,
      until,
      isOwn: false,
    },
    { url: `${listUrl}/2`, openerName: desk.officer.name, begunAt: now, until: until + quarter, isOwn: true },
  ];
  const given = { document: '', issuer: '', country: '', digits: '', expiry: '', birth: '', seen: '', face: '' };
  const evidence = { given, wrong: [] };
  const open = { form, isPossible: true, number: '', error: null, evidence, counterUrl: '/office', waiting };
  const wrong = {
    given: { ...given, document: 'passport', issuer: 'الجوازات', country: 'SAU', expiry: '2020-01-01' },
    wrong: ['digits', 'expiry', 'seen', 'face'],
  } as const;
  const approve = { evidence, looked: '', approve: form, refuse: form, names, until, isOwn: false, listUrl };
  const code = '7K4Q-9M2T-XWVB-3HJD';
  const base = `https://${frame.siteHost}/recover`;
  const otherTexts = createTexts(frame.texts.language === 'ar' ? 'en' : 'ar');
  const sheet = { url: `${base}/passkey/${code}`, typeUrl: `${base}/code`, otherTexts, code, until, fullName, listUrl };
  const seen = {
    ...given,
    document: 'passport',
    issuer: 'الجوازات',
    country: 'SAU',
    digits: '42AB',
    expiry: '2029-11-30',
    birth: '1990-05-17',
    seen: 'vpip',
    face: 'yes',
  };
  const act = {
    names,
    basis: { kind: 'evidence', given: seen, names: sampleNames } as const,
    ceremony,
    form,
    change: form,
    looked: '',
    isUnconfirmed: false,
    isNameUnsaid: false,
    againUrl: listUrl,
  };
  const filled = { given: seen, wrong: [] };
  return [
    { name: 'office-recovery-confirm', document: renderHandOverPage(desk, { ...act, step: 'recovery-open', number: '1000000008' }) },
    { name: 'office-recovery-confirm-approve', document: renderHandOverPage(desk, { ...act, step: 'recovery-approve', number: null }) },
    { name: 'office-recovery', document: renderOpenRecoveryPage(desk, open) },
    { name: 'office-recovery-alone', document: renderOpenRecoveryPage(desk, { ...open, isPossible: false, waiting: [] }) },
    { name: 'office-recovery-none', document: renderOpenRecoveryPage(desk, { ...open, waiting: [] }) },
    { name: 'office-recovery-wrong', document: renderOpenRecoveryPage(desk, { ...open, number: '1000000008', evidence: wrong }) },
    {
      name: 'office-recovery-unknown',
      document: renderOpenRecoveryPage(desk, { ...open, number: '1000000016', error: 'officer/number-unknown', evidence: filled }),
    },
    {
      name: 'office-recovery-already-open',
      document: renderOpenRecoveryPage(desk, { ...open, number: '1000000008', error: 'recovery/already-open', evidence: filled }),
    },
    {
      name: 'office-recovery-status',
      document: renderOpenRecoveryPage(desk, { ...open, number: '1000000008', error: 'recovery/status-refused', evidence: filled }),
    },
    {
      name: 'office-recovery-differs',
      document: renderOpenRecoveryPage(desk, { ...open, error: 'recovery/evidence-differs', evidence: filled }),
    },
    { name: 'office-recovery-approve', document: renderApproveRecoveryPage(desk, approve) },
    { name: 'office-recovery-own', document: renderApproveRecoveryPage(desk, { ...approve, isOwn: true }) },
    { name: 'office-recovery-sheet', document: renderRecoverySheet(desk, sheet) },
  ];
}

export function renderRecoveryPages(world: World): readonly SamplePage[] {
  return [...renderWays(world), ...renderSteps(world), ...renderOffice(world)];
}
