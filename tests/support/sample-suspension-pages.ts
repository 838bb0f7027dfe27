// Suspending a service and an officer within a case, with invented data.

import { renderSuspensionConfirmPage, renderSuspensionPage } from '../../views/suspension.ts';
import type { SuspensionAbout, SuspensionsPage } from '../../views/suspension-model.ts';
import { renderSuspensionsPage } from '../../views/suspensions.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { day, now } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const number = '1448/I/7';
const url = '/audit/cases/1/suspensions';
const token = 'sample-token';
const ceremony = { optionsUrl: '/staff/confirm/a/options', verifyUrl: '/staff/confirm/a/verify', token };

const said = {
  ar: { reason: 'أظهر السجل مشاركات دون سند منذ يوم الإثنين.', officer: 'فيصل الدوسري', colleague: 'سامي الحربي' },
  en: { reason: 'The log shows releases without a record since Monday.', officer: 'Faisal Aldosari', colleague: 'Sami Alharbi' },
} as const;

function createList({ words }: World, frame: StaffFrame): SuspensionsPage {
  const { reason, officer, colleague } = said[frame.texts.language];
  const { serviceName } = words.labour;
  const row = { url: `${url}/1`, requestedAt: now - day } as const;
  return {
    number,
    rows: [
      { ...row, act: 'suspend', kind: 'officer', name: officer, state: 'asked', requesterName: words.auditor },
      { ...row, act: 'suspend', kind: 'service', name: serviceName, state: 'standing', requesterName: colleague },
      { ...row, act: 'resume', kind: 'service', name: serviceName, state: 'denied', requesterName: colleague },
    ],
    choices: [
      { act: 'resume', kind: 'service', name: serviceName, value: 'resume:service:mol-work-permit' },
      { act: 'suspend', kind: 'officer', name: officer, value: 'suspend:officer:1' },
    ],
    form: { action: url, token },
    typed: new Map([['reason', reason]]),
    problems: ['subject'],
    caseUrl: '/audit/cases/1',
  };
}

export function renderSuspensionPages(world: World, frame: StaffFrame): readonly SamplePage[] {
  const { words } = world;
  const { reason, colleague } = said[frame.texts.language];
  const { serviceName, agencyName } = words.labour;
  const subject = { act: 'suspend', kind: 'service', name: serviceName } as const;
  const told = { agencyName, receivers: [serviceName], contact: 'soc@mol.example' };
  const about: SuspensionAbout = { ...subject, number, account: 'mol-work-permit', ...told, reason };
  const form = { action: `${url}/1`, token };
  const confirm = { about, pressed: 'approve', carried: [], form, ceremony, isUnconfirmed: false, backUrl: form.action } as const;
  const row = { ...subject, url: form.action, state: 'standing', requestedAt: now - day, requesterName: words.auditor } as const;
  const decided = { openUntil: now + day, deciderName: colleague, endedAt: null, decide: null, endUrl: `${url}?subject=1#ask` };
  return [
    { name: 'audit-suspensions', isWalked: true, document: renderSuspensionsPage(frame, createList(world, frame)) },
    { name: 'audit-suspension-confirm', isWalked: true, document: renderSuspensionConfirmPage(frame, confirm) },
    { name: 'audit-suspension', isWalked: true, document: renderSuspensionPage(frame, { about, row, ...decided, listUrl: url }) },
  ];
}
