// The auditor's desk with an invented log. The proofs are real: what the browser checks on these pages holds, unless a test changes it.

import { toSampleNotice } from './sample-notice.ts';
import { createHash } from 'node:crypto';
import { findEntryFile } from '../../src/domain/audit/entry-file.ts';
import type { EntryFile } from '../../src/domain/audit/entry-file.ts';
import { toEntryBody } from '../../src/domain/audit/entry-body.ts';
import { viewEntry } from '../../src/domain/audit/view-entry.ts';
import { attributeCatalogue, findAttribute } from '../../src/domain/attributes/catalogue.ts';
import { getValue } from '../../src/domain/kernel/errors.ts';
import { eventCatalogue } from '../../src/domain/ledger/event.ts';
import { toVerifier, toVerifierText } from '../../src/domain/ledger/signed-note.ts';
import { createCalmWork, createDeskWork } from './sample-desk.ts';
import { renderAnomaliesPage } from '../../views/anomalies.ts';
import { createAnomalies } from './sample-anomalies.ts';
import { renderAuditDutiesPage } from '../../views/audit-duties.ts';
import type { AuditDutiesPage } from '../../views/audit-duties.ts';
import { renderAuditDeskPage } from '../../views/audit-desk.ts';
import { renderAuditEntriesPage } from '../../views/audit-entries.ts';
import { renderAuditEntryPage } from '../../views/audit-entry.ts';
import { renderAuditLogPage } from '../../views/audit-log.ts';
import type { AuditEntriesPage, AuditEntryPage, AuditFilters, AuditResult, EntryRow, FilterField, Named } from '../../views/audit-model.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { createAuditWorld, officer } from './audit-world.ts';
import type { SamplePage, World } from './sample-world.ts';
import { day, now } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';

const types = Object.keys(eventCatalogue);
const log = await createAuditWorld(23);
const logKey = toVerifierText(toVerifier(log.signer));
const shown = getValue(await viewEntry(log.needs, officer, { index: 10, form: 'page' }));
const head = shown.checkpoint;

function getFile(): EntryFile {
  const file = findEntryFile(shown, logKey);
  if (file === undefined) {
    throw new Error('the sample has no proof');
  }
  return file;
}

/** The text that the sample page of an entry holds. */
export const sampleProof = JSON.stringify(getFile(), undefined, 2);

const detail = (name: string, language: 'ar' | 'en'): Named => ({ name: findAttribute(name)?.labels[language] ?? name, code: name });

function createRows(words: SampleWords, language: 'ar' | 'en'): readonly EntryRow[] {
  const names = ['given_name', 'family_name', 'age_over_18', 'email'];
  const details = names.map((name) => detail(name, language));
  const labour = { name: words.labour.serviceName, code: 'mol-work-permit', agencyName: words.labour.agencyName };
  const housing = { name: words.housing.serviceName, code: 'hf-support', agencyName: words.housing.agencyName };
  const renewal = { name: words.renewal, code: 'permit-renewal' };
  const support = { name: words.support, code: 'housing-support' };
  const rows = [
    ['consent.withdrawn', housing, support, details.slice(0, 2)],
    ['data.released', labour, renewal, details],
    ['data.over_ask', housing, support, [detail('national_id', language)]],
    ['consent.given', labour, renewal, details],
    ['consent.refused', housing, support, []],
    ['consent.notified', labour, renewal, details.slice(0, 1)],
    ['record.searched', null, null, []],
    ['service.entered', labour, renewal, []],
  ] as const;
  return rows.map(([type, service, purpose, list], at) => {
    const index = 1_283_940 - at * 37;
    return { index, at: now - at * 7_310_000, type, service, purpose, details: list, url: `/audit/entries/${index}` };
  });
}

function createFilters(words: SampleWords, language: 'ar' | 'en', typed: ReadonlyMap<FilterField, string>): AuditFilters {
  const services = [words.labour, words.housing].map(({ agencyName, serviceName }, at) => ({
    label: agencyName,
    options: [{ value: ['mol-work-permit', 'hf-support'][at] ?? '', label: serviceName }],
  }));
  const purposes = [{ label: words.labour.serviceName, options: [{ value: 'permit-renewal', label: words.renewal }] }];
  const attributes = attributeCatalogue.map(({ name, labels }) => ({ value: name, label: labels[language] }));
  return { url: '/audit/entries', typed, services, purposes, attributes };
}

function createEntryPage(words: SampleWords, language: 'ar' | 'en'): AuditEntryPage {
  const [row] = createRows(words, language).filter(({ type }) => type === 'consent.given');
  const { entry, person, proof } = shown;
  const file = getFile();
  if (row === undefined || proof === null || head === null) {
    throw new Error('the sample has no entry');
  }
  const { actor, payload } = toEntryBody(entry.body);
  return {
    row: { ...row, index: 1_281_402 },
    id: entry.id,
    actor: { ...actor, name: null },
    purposeVersion: 2,
    declined: [detail('phone_number', language)],
    reason: null,
    person,
    consent: { id: '0195e0f9-c169-73e1-96ae-d24238fe204c', proofUrl: '/audit/questions/prove-consent?ask=1' },
    decisions: [
      { index: 1_281_402, at: row.at, type: 'consent.given', url: '/audit/entries/1281402' },
      { index: 1_283_940, at: now, type: 'consent.withdrawn', url: '/audit/entries/1283940' },
    ],
    notice: toSampleNotice(
      'ar',
      '<main><h1>تجديد تصريح العمل: ما الذي تشاركه مع وزارة العمل؟</h1><p>تنتهي الموافقة <time>غدًا</time></p></main>',
    ),
    payload: { ...payload, expires_at: now + 300 * day, receipt_sha256: createHash('sha256').update('sample').digest('base64url') },
    body: JSON.stringify(JSON.parse(entry.body), undefined, 2),
    proof: {
      state: 'proven',
      file: sampleProof,
      fileName: 'huwiya-entry-1281402.json',
      url: '/audit/entries/1281402/proof.json',
      size: file.proof.size,
      path: proof.path,
      signedAt: head.at,
      log: logKey,
    },
    inCase: null,
    pseudonym: null,
    entriesUrl: '/audit/entries',
  };
}

const inCase: Pick<AuditEntryPage, 'inCase' | 'pseudonym'> = {
  inCase: { number: '1448/Q/12', url: '/audit/cases/1' },
  pseudonym: { text: 'P-7Q2M0XK4V9TB', url: '/audit/cases/1/questions/shared-about-person' },
};

export function createFrame({ frame, words }: World): StaffFrame {
  const signOut = { action: '/staff/sign-out', token: 'sample-token' };
  return { ...frame, homeUrl: '/audit', officer: { name: words.auditor, role: 'auditor', signOut } };
}

function renderSearches(world: World): readonly SamplePage[] {
  const frame = createFrame(world);
  const { words } = world;
  const { language } = frame.texts;
  const typed = new Map<FilterField, string>([
    ['type', 'consent.withdrawn'],
    ['service', 'hf-support'],
    ['from', '2026-11-15'],
    ['to', '2026-11-21'],
  ]);
  const result: AuditResult = {
    rows: createRows(words, language),
    found: { count: 352, isMore: false },
    order: 'newest-first',
    size: 1_284_906,
    newerUrl: '/audit/entries?before=1',
    olderUrl: '/audit/entries?after=1',
    downloads: { csv: '/audit/entries.csv', jsonl: '/audit/entries.jsonl', limit: 10_000 },
  };
  const found = { filters: createFilters(words, language, typed), problems: [], result };
  const wrong = new Map<FilterField, string>([
    ['type', 'consent.given,data.released'],
    ['service', 'nobody'],
    ['from', 'yesterday'],
  ]);
  const problems = [
    { field: 'service', problem: 'service-unknown' },
    { field: 'from', problem: 'time-invalid' },
    { field: 'colour', problem: 'field-unknown' },
  ] as const;
  const start = { filters: createFilters(words, language, new Map()), problems: [], result: null };
  const none = { ...found, result: { ...result, rows: [], found: { count: 0, isMore: false } } };
  const pages: readonly (readonly [string, AuditEntriesPage])[] = [
    ['audit-entries', found],
    ['audit-entries-start', start],
    ['audit-entries-none', none],
    ['audit-entries-wrong', { filters: createFilters(words, language, wrong), problems, result: null }],
  ];
  return pages.map(([name, page]) => ({ name, document: renderAuditEntriesPage(frame, page, types) }));
}

function createOverdue(words: SampleWords): AuditDutiesPage {
  const { labour, renewal } = words;
  const row = { service: { name: labour.serviceName, code: 'mol-work-permit' }, agency: labour.agencyName } as const;
  const purpose = { name: renewal, code: 'permit-renewal' };
  return {
    rows: [
      { ...row, purpose, kind: 'withdrawn', dueAt: now - 12 * 86_400_000, daysOver: 12, isTold: true },
      { ...row, purpose, kind: 'erasure-requested', dueAt: now - 86_400_000, daysOver: 1, isTold: false },
    ],
    moreUrl: '/audit/duties?after=1',
    firstUrl: null,
  };
}

const contradicted = {
  witnessed: { size: 1_284_220, at: now - 86_400_000 },
  entries: 686,
  since: now - 86_390_000,
  isAlarming: true,
  witnesses: [
    { name: 'audit-court', state: 'contradicted', size: 1_284_220 },
    { name: 'data-authority', state: 'unreachable', size: null },
  ],
} as const;

/** Every page of the desk in one language. */
export function renderAuditPages(world: World): readonly SamplePage[] {
  const frame = createFrame(world);
  const entry = createEntryPage(world.words, frame.texts.language);
  const url = '/audit/entries?type=data.released';
  const quickUrls = { withdrawals: url, shares: url, 'over-asks': url, refusals: url, register: url, looks: url, newest: url };
  const of = { head: { size: 1_284_906, at: now }, quickUrls, openUrl: '/audit/open', logUrl: '/audit/log' };
  const [found, whole] = [
    { at: now - 3 * 3_600_000, isWhole: false, isLate: false },
    { at: now - 3 * 3_600_000, isWhole: true, isLate: false },
  ];
  const desk = { ...of, witnesses: contradicted, verified: found, work: createDeskWork(world) };
  const calm = { ...of, witnesses: null, verified: whole, work: createCalmWork(world) };
  const integrity = {
    witnesses: {
      witnessed: { size: 1_284_906, at: now },
      entries: 0,
      since: null,
      isAlarming: false,
      witnesses: [
        { name: 'audit-court', state: 'cosigned', size: 1_284_906 },
        { name: 'data-authority', state: 'cosigned', size: 1_284_906 },
      ],
    } as const,
    head,
    log: logKey,
    checkpointUrl: '/ledger/checkpoint',
    keyUrl: '/ledger/key',
    consistencyUrl: '/audit/log/consistency',
  };
  return [
    { name: 'audit', document: renderAuditDeskPage(frame, desk) },
    { name: 'audit-calm', isWalked: true, document: renderAuditDeskPage(frame, calm) },
    ...renderSearches(world),
    { name: 'audit-entry', document: renderAuditEntryPage(frame, entry) },
    { name: 'audit-case-entry', document: renderAuditEntryPage(frame, { ...entry, ...inCase }) },
    { name: 'audit-entry-unproven', document: renderAuditEntryPage(frame, { ...entry, proof: { state: 'missing' } }) },
    { name: 'audit-duties', document: renderAuditDutiesPage(frame, createOverdue(world.words)) },
    { name: 'audit-duties-none', document: renderAuditDutiesPage(frame, { rows: [], moreUrl: null, firstUrl: null }) },
    { name: 'audit-anomalies', document: renderAnomaliesPage(frame, createAnomalies(world.words, world.frame.texts.language)) },
    { name: 'audit-log', document: renderAuditLogPage(frame, integrity) },
    { name: 'audit-log-alone', document: renderAuditLogPage(frame, { ...integrity, witnesses: null }) },
    { name: 'audit-log-contradicted', document: renderAuditLogPage(frame, { ...integrity, witnesses: contradicted }) },
  ];
}
