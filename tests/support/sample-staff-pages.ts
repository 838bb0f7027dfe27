// The pages of staff: the door, a desk, the counter.

import { renderAuditCodePage } from '../../views/audit-code.ts';
import type { AuditCodePage } from '../../views/audit-code.ts';
import type { Role } from '../../src/domain/staff/officer.ts';
import { renderCounterPage } from '../../views/counter.ts';
import { renderDeskPage } from '../../views/desk.ts';
import { toDurationText } from '../../views/durations.ts';
import { renderEnrolmentSheet } from '../../views/enrolment-sheet.ts';
import { renderHandOverPage } from '../../views/hand-over.ts';
import { createTexts } from '../../views/messages/messages.ts';
import { renderOtherRolePage } from '../../views/other-role.ts';
import { renderStaffEnrolPage, renderStaffEnrolledPage } from '../../views/staff-enrol.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { renderStaffSignInPage, renderStaffSignedOutPage } from '../../views/staff-sign-in.ts';
import type { ShownChange, ValueLine } from '../../views/submission-model.ts';
import { renderSubmissionConfirmPage } from '../../views/submission-confirm.ts';
import { renderSubmissionPage } from '../../views/submission.ts';
import { renderSubmissionsPage } from '../../views/submissions.ts';
import { renderTracePages } from './sample-trace-pages.ts';
import type { SamplePage, World } from './sample-world.ts';
import { day, now, sampleNames, toBothNames } from './sample-words.ts';

const ceremony = { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token: 'sample-token' };
const form = { action: '/office/people', token: 'sample-token' };

function toStaffFrame({ frame }: World, role: Role): StaffFrame {
  const name = frame.texts.language === 'ar' ? 'نورة السالم' : 'Noura Alsalem';
  return { ...frame, officer: { name, role, signOut: { action: '/staff/sign-out', token: 'sample-token' } } };
}

function renderDoor(world: World): readonly SamplePage[] {
  const { frame } = world;
  const asked = { name: toStaffFrame(world, 'auditor').officer.name, expiresAt: now + day, ceremony };
  return [
    { name: 'staff-enrol', document: renderStaffEnrolPage(frame, { ...asked, role: 'auditor', isAttestedDemanded: false }) },
    { name: 'staff-enrol-attested', document: renderStaffEnrolPage(frame, { ...asked, role: 'registrar', isAttestedDemanded: true }) },
    { name: 'staff-enrolled', document: renderStaffEnrolledPage(frame, { deskUrl: '/audit' }) },
    { name: 'staff-sign-in', document: renderStaffSignInPage(frame, { ceremony, accountUrl: '/account' }) },
    { name: 'staff-signed-out', document: renderStaffSignedOutPage(frame, { deskUrl: '/audit' }) },
  ];
}

function renderCounter(world: World): readonly SamplePage[] {
  const frame = toStaffFrame(world, 'registrar');
  const { fullName } = world.words;
  const names = toBothNames(frame.texts.language);
  const person = { names, kind: 'citizen', status: 'active', passkeyCount: 0, isEnrolled: false } as const;
  const nothing = { document: '', issuer: '', country: '', digits: '', expiry: '', birth: '', seen: '', face: '' };
  const given = { ...nothing, seen: 'vpip', face: 'yes' };
  const found = {
    find: form,
    number: '1000000008',
    person,
    evidence: { way: 'enrol', form, given: nothing, wrong: [], looked: '' },
  } as const;
  const wrong = ['document', 'country', 'digits', 'expiry'] as const;
  const issuer = frame.texts.language === 'ar' ? 'وزارة الداخلية' : 'Ministry of Interior';
  const seen = { ...given, document: 'idcard', issuer, country: 'SAU', digits: '0008', expiry: '2029-11-30', birth: '1990-05-17' };
  const againUrl = '/office';
  const code = 'K7Q4-9M2T-XR5H-3WDN';
  const url = `https://huwiya.example/enrol/${code}`;
  const otherTexts = createTexts(frame.texts.language === 'ar' ? 'en' : 'ar');
  const typed = { number: '1000000008', case: '1448/Q/31' };
  const made = { code, expiresAt: now + day / 24 };
  const auditCode: AuditCodePage = { form, typed, problems: [], made, counterUrl: '/office' };
  const sheet = { url, code, typeUrl: 'https://huwiya.example/enrol', isHigh: true, way: 'enrol' } as const;
  return [
    { name: 'counter', document: renderCounterPage(frame, { ...found, number: null, person: null, evidence: null }) },
    { name: 'counter-found', document: renderCounterPage(frame, found) },
    { name: 'counter-audit-code', document: renderAuditCodePage(frame, { ...auditCode, problems: ['case'], made: null }) },
    { name: 'counter-audit-code-made', document: renderAuditCodePage(frame, auditCode) },
    { name: 'counter-nobody', document: renderCounterPage(frame, { ...found, person: null, evidence: null }) },
    {
      name: 'counter-evidence-wrong',
      document: renderCounterPage(frame, { ...found, evidence: { way: 'enrol', form, given, wrong, looked: '' } }),
    },
    {
      name: 'counter-evidence-differs',
      document: renderCounterPage(frame, { ...found, evidence: { way: 'enrol', form, given: seen, wrong: ['holder'], looked: '' } }),
    },
    {
      name: 'counter-enrolled',
      document: renderCounterPage(frame, { ...found, person: { ...person, passkeyCount: 2, isEnrolled: true }, evidence: null }),
    },
    {
      name: 'counter-level',
      document: renderCounterPage(frame, {
        ...found,
        person: { ...person, passkeyCount: 2, isEnrolled: true },
        evidence: { ...found.evidence, way: 'level' },
      }),
    },
    {
      name: 'level-sheet',
      document: renderEnrolmentSheet(frame, {
        ...sheet,
        way: 'level',
        typeUrl: 'https://huwiya.example/account/level',
        url: `https://huwiya.example/account/level/${code}`,
        expiresAt: now + day,
        fullName,
        otherTexts,
        counterUrl: '/office',
      }),
    },
    {
      name: 'counter-hand-over',
      document: renderHandOverPage(frame, {
        step: 'hand-over',
        number: '1000000008',
        names,
        basis: { kind: 'evidence', given: seen, names: sampleNames },
        ceremony,
        form,
        change: form,
        looked: '',
        isUnconfirmed: false,
        isNameUnsaid: false,
        againUrl,
      }),
    },
    {
      name: 'enrolment-sheet',
      document: renderEnrolmentSheet(frame, { ...sheet, expiresAt: now + day, fullName, otherTexts, counterUrl: '/office' }),
    },
  ];
}

function renderApproval(world: World): readonly SamplePage[] {
  const frame = toStaffFrame(world, 'approver');
  const { words } = world;
  const submitted = {
    agencyNames: [words.labour.agencyName],
    submittedAt: now - day,
    changeCount: 2,
    review: 'dual',
    isHalfApproved: true,
  } as const;
  const both = [
    { text: 'تجديد تصريح العمل', language: 'ar', isCode: false },
    { text: 'Renew a work permit', language: 'en', isCode: false },
  ] as const;
  const plain = (text: string): ValueLine => ({ text, language: null, isCode: false });
  const address = { text: 'https://permits.mol.example/after-the-decision/callback', language: null, isCode: true };
  const changes: readonly ShownChange[] = [
    {
      what: 'purpose',
      how: 'changed',
      name: words.renewal,
      within: words.labour.serviceName,
      version: { before: 2, after: 3 },
      review: { reviewClass: 'dual', reasons: ['basis', 'choice'] },
      fields: [
        { name: 'retention', before: [plain(toDurationText(frame.texts, 'P1Y'))], after: [plain(toDurationText(frame.texts, 'P2Y'))] },
        { name: 'attributes', before: [], after: [plain(words.marital), ...both] },
      ],
      whole: [
        { name: 'text', before: null, after: both },
        { name: 'retention', before: null, after: [plain(toDurationText(frame.texts, 'P2Y'))] },
      ],
      previews: [
        { kind: 'citizen', language: 'ar', url: '/office/submissions/1/preview?language=ar' },
        { kind: 'citizen', language: 'en', url: '/office/submissions/1/preview?language=en' },
      ],
    },
    {
      what: 'service',
      how: 'created',
      name: words.labour.serviceName,
      within: words.labour.agencyName,
      version: { before: null, after: 1 },
      review: { reviewClass: 'reviewed', reasons: [] },
      fields: [
        { name: 'name', before: null, after: both },
        { name: 'redirect_uris', before: null, after: [address] },
        { name: 'require_pushed_authorization_requests', before: null, after: [plain(frame.texts.t('answer-yes'))] },
      ],
      whole: [],
      previews: [],
    },
  ];
  const approvals = [{ name: frame.texts.language === 'ar' ? 'خالد الحربي' : 'Khalid Alharbi', at: now - day / 2, reason: words.law }];
  const asked = { id: 'x', listUrl: '/office', submittedAt: now - day, review: 'dual', approvals, isApprovedByReader: false } as const;
  const page = { ...asked, changes, hindrance: null, lacksReason: false, form };
  return [
    {
      name: 'submissions',
      document: renderSubmissionsPage(frame, { waiting: [{ ...submitted, url: '/office/submissions/1' }], justDecided: 'approved' }),
    },
    { name: 'submissions-none', document: renderSubmissionsPage(frame, { waiting: [], justDecided: null }) },
    { name: 'submission', document: renderSubmissionPage(frame, page) },
    {
      name: 'submission-confirm',
      document: renderSubmissionConfirmPage(frame, {
        decision: 'approve',
        agencyNames: [words.labour.agencyName],
        changeCount: changes.length,
        reason: words.law,
        carried: [],
        form,
        ceremony: { optionsUrl: '/staff/confirm/a/options', verifyUrl: '/staff/confirm/a/verify', token: form.token },
        isUnconfirmed: false,
      }),
    },
    { name: 'submission-approved-once', document: renderSubmissionPage(frame, { ...page, isApprovedByReader: true }) },
    { name: 'submission-conflicting', document: renderSubmissionPage(frame, { ...page, hindrance: 'submission/conflicting' }) },
    { name: 'submission-unproven', document: renderSubmissionPage(frame, { ...page, hindrance: 'submission/unproven' }) },
    { name: 'submission-stale', document: renderSubmissionPage(frame, { ...page, hindrance: 'submission/stale', lacksReason: true }) },
  ];
}

export function renderStaffPages(world: World): readonly SamplePage[] {
  const own = { role: 'registrar', url: '/office' } as const;
  return [
    ...renderDoor(world),
    { name: 'other-role', document: renderOtherRolePage(toStaffFrame(world, 'registrar'), { roles: ['auditor'], own }) },
    { name: 'desk-operator', document: renderDeskPage(toStaffFrame(world, 'operator'), 'operator') },
    ...renderTracePages(world, toStaffFrame(world, 'developer')),
    ...renderCounter(world),
    ...renderApproval(world),
  ];
}
