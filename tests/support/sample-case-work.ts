// Beginning a case, the list of them, and what leaves it: files, and the asking for a name.

import { caseBases } from '../../src/domain/audit/case.ts';
import { exportForms } from '../../src/domain/audit/exports/export.ts';
import type { NewCasePage } from '../../views/audit-case-model.ts';
import { renderNewCasePage } from '../../views/audit-case-new.ts';
import { renderAuditCasesPage } from '../../views/audit-cases.ts';
import type { ExportPage, ExportsPage } from '../../views/audit-export-model.ts';
import { renderProgressPage } from '../../views/audit-export-progress.ts';
import { renderExportPage } from '../../views/audit-export.ts';
import { renderExportsPage } from '../../views/audit-exports.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { renderUnmaskConfirmPage } from '../../views/unmask-confirm.ts';
import { renderUnmasksPage } from '../../views/unmasks.ts';
import { createDeskWork } from './sample-desk.ts';
import { day, now } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const url = '/audit/cases/01900000-0000-7000-8000-000000000000';
const number = '1448/Q/31';
const token = 'sample-token';
const pseudonym = 'P-7Q2M0XK4V9TB';
const ceremony = { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token };
const toForm = (path: string) => ({ action: `${url}/${path}`, token });

const said = {
  ar: { court: 'المحكمة الإدارية', reason: 'مشاركة بعد السحب', unmask: 'يلزم إبلاغ صاحب الشكوى بنتيجتها.', colleague: 'سامي الحربي' },
  en: {
    court: 'Administrative Court',
    reason: 'A release after the withdrawal',
    unmask: 'Whoever complained has to be told the result.',
    colleague: 'Sami Alharbi',
  },
} as const;

function createNewCase({ words, frame }: World): NewCasePage {
  return {
    form: { action: '/audit/cases', token },
    typed: new Map([
      ['number', '1000000008'],
      ['authority', said[frame.texts.language].court],
      ['basis', 'complaint'],
      ['scope', 'agency'],
    ]),
    problems: [
      { field: 'number', problem: 'number-person' },
      { field: 'agency', problem: 'agency' },
      { field: 'ends', problem: 'ends' },
    ],
    bases: caseBases,
    scopes: ['all', 'agency', 'person'],
    agencies: [{ value: 'mol', label: words.labour.agencyName }],
    ends: { first: '2026-11-21', last: '2027-11-21' },
    listUrl: '/audit/cases',
  };
}

function createExports({ words, frame }: World): ExportsPage {
  const { court, reason, colleague } = said[frame.texts.language];
  const row = { url: `${url}/exports/1`, rows: 8, askedAt: now - day / 24, askedBy: words.auditor } as const;
  return {
    number,
    caseUrl: url,
    exports: [
      { ...row, form: 'pack', state: 'open' },
      { ...row, form: 'csv', rows: 48_120, state: 'waiting', askedBy: colleague },
      { ...row, form: 'jsonl', rows: 5210, state: 'denied', askedAt: now - 3 * day },
      { ...row, form: 'pack', state: 'ended', askedAt: now - 9 * day },
    ],
    form: toForm('exports'),
    typed: new Map([
      ['form', 'pack'],
      ['person', pseudonym],
      ['recipient', court],
      ['reason', reason],
    ]),
    problems: [{ field: 'to', problem: 'to' }],
    forms: exportForms,
    services: [{ value: 'mol-work-permit', label: words.labour.serviceName }],
    aloneLimit: 1000,
  };
}

function createExport({ words, frame }: World): ExportPage {
  const { court, reason, colleague } = said[frame.texts.language];
  return {
    url: `${url}/exports/1`,
    number,
    listUrl: `${url}/exports`,
    form: 'csv',
    rows: 48_120,
    askedAt: now - day / 24,
    askedBy: colleague,
    state: 'waiting',
    reason,
    recipient: court,
    about: [{ key: 'service', value: words.labour.serviceName }],
    period: { from: now - 90 * day, to: now },
    size: 1_284_906,
    decidedBy: null,
    decidedAt: null,
    endsAt: now + 3 * day,
    fetch: null,
    progress: null,
    cancel: null,
    decide: { act: 'approve', approve: toForm('exports/1/approve'), deny: toForm('exports/1/deny'), ceremony },
    isUnconfirmed: false,
  };
}

function renderAsking({ words, frame: { texts } }: World, frame: StaffFrame): readonly SamplePage[] {
  const { unmask: reason, colleague } = said[texts.language];
  const row = { pseudonym, url: `${url}/unmask/1`, requestedAt: now - day } as const;
  const asked = {
    number,
    requests: [
      { ...row, state: 'asked', requesterName: colleague },
      { ...row, state: 'approved', requesterName: words.auditor },
      { ...row, state: 'expired', requesterName: words.auditor },
    ],
    form: toForm('unmask'),
    typed: new Map([
      ['pseudonym', pseudonym],
      ['reason', reason],
    ] as const),
    minutes: [15, 60, 240, 1440],
    problems: ['minutes', 'tell'],
    caseUrl: url,
  } as const;
  const about = { act: 'ask', number, pseudonym, reason, later: { court: 'ORDER-9', tellAt: now + 30 * day } } as const;
  const confirm = { ...about, carried: [], form: toForm('unmask'), ceremony, isUnconfirmed: true, backUrl: `${url}/unmask` };
  return [
    { name: 'audit-unmasks', isWalked: true, document: renderUnmasksPage(frame, asked) },
    { name: 'audit-unmask-confirm', isWalked: true, document: renderUnmaskConfirmPage(frame, confirm) },
  ];
}

export function renderCaseWorkPages(world: World): readonly SamplePage[] {
  const signOut = { action: '/staff/sign-out', token };
  const frame: StaffFrame = { ...world.frame, homeUrl: '/audit', officer: { name: world.words.auditor, role: 'auditor', signOut } };
  const { cases: going } = createDeskWork(world);
  const [first] = going;
  const over = first === undefined ? [] : [{ ...first, number: '1447/I/4', state: 'closed', until: now - 40 * day } as const];
  const list = { cases: [...going, ...over], newUrl: '/audit/cases/new', moreUrl: '/audit/cases?after=1', firstUrl: null };
  const waiting = createExport(world);
  const ready = {
    ...waiting,
    form: 'pack',
    rows: 8,
    state: 'open',
    decide: null,
    fetch: toForm('file'),
    progress: null,
    cancel: toForm('cancel'),
  } as const;
  const progress = { url: `${url}/exports/1/progress`, progress: { state: 'send', rows: 31_500, of: 48_120 } } as const;
  const onItsWay = { exportUrl: `${url}/exports/1`, number, form: 'csv', cancel: toForm('exports/1/cancel') } as const;
  return [
    { name: 'audit-cases', isWalked: true, document: renderAuditCasesPage(frame, list) },
    { name: 'audit-case-new', isWalked: true, document: renderNewCasePage(frame, createNewCase(world)) },
    { name: 'audit-exports', isWalked: true, document: renderExportsPage(frame, createExports(world)) },
    { name: 'audit-export', isWalked: true, document: renderExportPage(frame, ready) },
    { name: 'audit-export-list', document: renderExportPage(frame, { ...ready, form: 'csv', rows: 48_120, state: 'approved', progress }) },
    { name: 'audit-export-progress', isWalked: true, document: renderProgressPage(frame, { ...progress, ...onItsWay }) },
    { name: 'audit-export-waiting', document: renderExportPage(frame, waiting) },
    ...renderAsking(world, frame),
  ];
}
