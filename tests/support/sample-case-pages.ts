// Cases of auditors with invented data: a case on a breach, finding somebody, unmasking one, and telling many.

import type { AuditCaseHome } from '../../views/audit-case-model.ts';
import { renderCasePeoplePage } from '../../views/audit-case-people.ts';
import { renderAuditCasePage } from '../../views/audit-case.ts';
import { renderBreachConfirmPage, renderBreachListPage } from '../../views/breach-list.ts';
import { renderBreachListsPage } from '../../views/breach-lists.ts';
import type { BreachListsPage } from '../../views/breach-model.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { renderUnmaskPage, renderUnmaskShownPage } from '../../views/unmask.ts';
import { day, now } from './sample-words.ts';
import { renderSuspensionPages } from './sample-suspension-pages.ts';
import type { SamplePage, World } from './sample-world.ts';

const url = '/audit/cases/01900000-0000-7000-8000-000000000000';
const number = '1448/B/12';
const token = 'sample-token';
const ceremony = { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token };
const pseudonym = 'P-7Q2M0XK4V9TB';

const said = {
  ar: { authority: 'هيئة حماية البيانات', reason: 'أبلغت الوزارة أن قاعدة بيانات الخدمة نُسخت.', colleague: 'سامي الحربي' },
  en: {
    authority: 'Data Protection Authority',
    reason: 'The ministry reported that the database of the service was copied.',
    colleague: 'Sami Alharbi',
  },
} as const;

function createHome({ words, frame }: World): AuditCaseHome {
  const { authority, colleague } = said[frame.texts.language];
  const keys = ['questions', 'entries', 'people', 'unmask', 'breach', 'suspensions', 'exports'] as const;
  return {
    number,
    url,
    basis: 'breach',
    scope: 'all',
    agencyName: null,
    state: 'going',
    until: now + 90 * day,
    authority,
    covers: { from: now - 30 * day, to: now },
    openedAt: now - day,
    keyEndsAt: now + 270 * day,
    members: [words.auditor, colleague].map((name) => ({ name, addedAt: now - day })),
    parts: keys.map((key) => ({ key, url: `${url}/${key}` })),
    forms: {
      member: { action: `${url}/members`, token },
      close: { action: `${url}/close`, token },
      colleagues: [{ value: '1', label: words.fullName }],
    },
    listUrl: '/audit/cases',
  };
}

function createLists({ words, frame }: World): BreachListsPage {
  const { reason, colleague } = said[frame.texts.language];
  const row = { url: `${url}/breach/1`, serviceName: words.labour.serviceName, requestedAt: now - day } as const;
  return {
    number,
    lists: [
      { ...row, people: 4812, state: 'asked', requesterName: words.auditor },
      { ...row, people: 2, state: 'denied', requesterName: colleague },
    ],
    services: [{ value: 'mol-work-permit', label: words.labour.serviceName }],
    form: { action: `${url}/breach`, token },
    typed: new Map([
      ['service', 'mol-work-permit'],
      ['reason', reason],
    ]),
    minutes: [15, 60, 240, 1440],
    problems: ['from', 'to', 'minutes'],
    caseUrl: url,
  };
}

function renderTelling(world: World, frame: StaffFrame): readonly SamplePage[] {
  const { words } = world;
  const { reason, colleague } = said[frame.texts.language];
  const period = { from: now - 9 * day, to: now - 6 * day };
  const about = { number, serviceName: words.labour.serviceName, period, people: 4812, reason };
  const form = { action: `${url}/breach/1`, token };
  const confirm = { ...about, act: 'approve', carried: [], form, ceremony, isUnconfirmed: false, backUrl: `${url}/breach/1` } as const;
  const list = { ...about, url: form.action, state: 'approved', requestedAt: now - day, requesterName: words.auditor } as const;
  const decided = { openUntil: now + day, deciderName: colleague, usableUntil: now + day / 24, uses: 1, decide: null, fetch: form };
  return [
    { name: 'audit-breach', isWalked: true, document: renderBreachListsPage(frame, createLists(world)) },
    { name: 'audit-breach-confirm', document: renderBreachConfirmPage(frame, confirm) },
    { name: 'audit-breach-list', isWalked: true, document: renderBreachListPage(frame, { ...list, ...decided, listUrl: `${url}/breach` }) },
  ];
}

function renderUnmasking({ words }: World, frame: StaffFrame): readonly SamplePage[] {
  const form = { action: `${url}/unmask/1`, token };
  const { reason, colleague } = said[frame.texts.language];
  const asked = { number, pseudonym, reason, url: form.action, state: 'asked', requestedAt: now - day, requesterName: colleague } as const;
  const open = { later: { court: 'ORDER-9', tellAt: now + 30 * day }, openUntil: now + day, deciderName: null, usableUntil: null } as const;
  const page = { ...asked, ...open, uses: 0, decide: form, show: null, listUrl: `${url}/unmask` };
  const shown = { number, pseudonym, names: [words.fullName], personNumber: '1000000008', backUrl: form.action };
  return [
    { name: 'audit-unmask', isWalked: true, document: renderUnmaskPage(frame, page) },
    { name: 'audit-unmask-shown', isWalked: true, document: renderUnmaskShownPage(frame, shown) },
  ];
}

export function renderCasePages(world: World): readonly SamplePage[] {
  const signOut = { action: '/staff/sign-out', token };
  const frame: StaffFrame = { ...world.frame, homeUrl: '/audit', officer: { name: world.words.auditor, role: 'auditor', signOut } };
  const links = { sharedUrl: `${url}/questions`, unmaskUrl: `${url}/unmask?pseudonym=${pseudonym}` };
  const found = [{ pseudonym, way: 'receipt', at: now - day, ...links }] as const;
  const people = { number, people: found, form: { action: `${url}/people`, token }, justFound: pseudonym, error: null, caseUrl: url };
  return [
    { name: 'audit-case', isWalked: true, document: renderAuditCasePage(frame, createHome(world)) },
    { name: 'audit-case-people', isWalked: true, document: renderCasePeoplePage(frame, people) },
    ...renderUnmasking(world, frame),
    ...renderTelling(world, frame),
    ...renderSuspensionPages(world, frame),
  ];
}
