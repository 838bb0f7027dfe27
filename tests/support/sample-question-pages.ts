// Questions of auditors with invented answers: the list, a sweep with faults and charts, one person's timeline inside a case, entries by filters.

import { createHash } from 'node:crypto';
import type { QuestionName } from '../../src/domain/audit/questions/names.ts';
import { questionNames } from '../../src/domain/audit/questions/names.ts';
import { moreFields, toFactField } from '../../src/web/audit/questions/fact-fields.ts';
import { renderFactEntriesPage } from '../../views/fact-entries.ts';
import { questionGroups } from '../../views/question-groups.ts';
import type { FactEntriesPage, QuestionPage, QuestionResult, ShownCell, ShownRow, ShownTable } from '../../views/question-model.ts';
import { renderQuestionPage } from '../../views/question.ts';
import { renderQuestionsPage } from '../../views/questions.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { day, now } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const caseUrl = '/audit/cases/01900000-0000-7000-8000-000000000000';
const inCase = { number: '1448/Q/31', url: caseUrl };
const pseudonym = 'P-7Q2M0XK4V9TB';
const head = { size: 1_284_906, at: now };
const asOf = head.size;

const said = {
  ar: { after: 'بعد السحب', more: 'أكثر من الموافقة', hospital: 'المواعيد الطبية', days: ['22 سبتمبر 2026', '19 نوفمبر 2026'] },
  en: {
    after: 'after a withdrawal',
    more: 'more than was agreed to',
    hospital: 'Medical appointments',
    days: ['22 Sept 2026', '19 Nov 2026'],
  },
} as const;

const none: ShownCell = { content: { kind: 'none' }, url: null };
const named = (...names: readonly string[]): ShownCell => ({
  content: { kind: 'named', named: names.map((name) => ({ name, code: name })) },
  url: null,
});
const number = (value: number, url: string | null = null): ShownCell => ({ content: { kind: 'number', value }, url });
const time = (value: number): ShownCell => ({ content: { kind: 'time', value }, url: null });
const event = (type: string): ShownCell => ({ content: { kind: 'type', type }, url: null });
const entry = (index: number): ShownCell => number(index, `/audit/entries/${index}`);
const consent: ShownCell = {
  content: { kind: 'code', text: '0195e0f9-c169-73e1-96ae-d24238fe204c' },
  url: `${caseUrl}/questions/prove-consent`,
};
const toRow = (...cells: readonly ShownCell[]): ShownRow => ({ cells, entriesUrl: null });
const toCounted = (...cells: readonly ShownCell[]): ShownRow => ({ cells, entriesUrl: '/audit/questions/entries?ask=1' });

const keep = (question: QuestionName | null): QuestionResult['keep'] => ({
  form: { action: '/audit/saved', token: 'sample-token' },
  question,
  query: 'from=2026-07-01',
  asOf,
  typed: '',
});

function createTimeline({ words, frame }: World): ShownTable {
  const { after, more, hospital, days } = said[frame.texts.language];
  const details = named(words.fullNameLabel, words.birthdate, words.phone);
  const name = named(words.fullNameLabel, words.age);
  const [clinic, permits] = [named(hospital), named(words.labour.serviceName)];
  const renewal = named(words.renewal);
  const rows = [
    [2, 'data.released', named(after, more), clinic, none, details],
    [3, 'consent.withdrawn', none, clinic, none, details],
    [11, 'data.released', none, permits, renewal, name],
    [12, 'consent.given', none, permits, renewal, name],
    [40, 'consent.refused', none, named(words.housing.serviceName), named(words.support), none],
    [60, 'consent.given', none, clinic, none, details],
  ] as const;
  const service = ([, , , cell]: (typeof rows)[number]): string => ('named' in cell.content ? (cell.content.named[0]?.name ?? '') : '');
  return {
    name: 'entries',
    columns: ['entry', 'at', 'type', 'flaw', 'service', 'purpose', 'attributes', 'record'],
    rows: rows.map(([ago, type, ...cells], at) =>
      toRow(entry(1_283_902 - at * 1931), time(now - ago * day), event(type), ...cells, consent),
    ),
    chart: {
      kind: 'timeline',
      dots: rows.map((row) => ({ label: service(row), at: now - row[0] * day })),
      firstDay: days[0],
      lastDay: days[1],
    },
    isCut: false,
  };
}

function createOverAsks({ words }: World): ShownTable {
  const rows = [
    [words.labour.serviceName, words.birthdate, 214],
    [words.labour.serviceName, words.address, 61],
    [words.housing.serviceName, words.marital, 8],
  ] as const;
  return {
    name: 'over-asks',
    columns: ['service', 'attribute', 'count'],
    rows: rows.map(([service, detail, count]) => toCounted(named(service), named(detail), number(count))),
    chart: {
      kind: 'bars',
      bars: rows.map(([service, detail, count]) => ({ label: `${service} · ${detail}`, value: count, text: String(count) })),
    },
    isCut: false,
  };
}

const listed = (world: World, name: QuestionName): QuestionResult => ({
  head,
  figures: [],
  findings: [],
  tables: [createTimeline(world)],
  notice: null,
  firstUrl: null,
  nextUrl: '/audit/questions?after=1',
  downloads: { csv: '/audit/questions/x.csv', jsonl: '/audit/questions/x.jsonl' },
  packUrl: null,
  keep: keep(name),
});

function createSweep(world: World): QuestionPage {
  const figure = (name: 'beyond-purpose' | 'beyond-consent' | 'over-asks', value: number, isZero: boolean | null) =>
    ({ name, cell: number(value, '/audit/questions/entries?ask=1'), isZero }) as const;
  const result = listed(world, 'beyond-purpose');
  return {
    name: 'beyond-purpose',
    inCase: null,
    url: '/audit/questions/beyond-purpose',
    listUrl: '/audit/questions',
    fields: [
      { name: 'from', isRequired: false, typed: '2026-07-01' },
      { name: 'to', isRequired: false, typed: '2026-09-30' },
      { name: 'as_of', isRequired: false, typed: '' },
    ],
    problems: [],
    result: {
      ...result,
      figures: [figure('beyond-purpose', 0, true), figure('beyond-consent', 1, false), figure('over-asks', 283, null)],
      tables: [createOverAsks(world), { ...createTimeline(world), chart: null }],
    },
  };
}

function createPerson(world: World): QuestionPage {
  return {
    name: 'shared-about-person',
    inCase,
    url: `${caseUrl}/questions/shared-about-person`,
    listUrl: `${caseUrl}/questions`,
    fields: [
      { name: 'person', isRequired: true, typed: pseudonym },
      { name: 'from', isRequired: false, typed: '' },
      { name: 'to', isRequired: false, typed: '' },
    ],
    problems: [],
    result: { ...listed(world, 'shared-about-person'), packUrl: `${caseUrl}/exports?person=${pseudonym}` },
  };
}

function createProof(world: World): QuestionPage {
  const findings = [
    { name: 'decision-known', holds: true },
    { name: 'releases-stand', holds: false },
  ] as const;
  const asked = { ...createPerson(world), name: 'prove-consent', fields: [{ name: 'record', isRequired: true, typed: '' }] } as const;
  return { ...asked, result: { ...listed(world, 'prove-consent'), findings } };
}

const code = (text: string): ShownCell => ({ content: { kind: 'code', text }, url: null });
const toHash = (text: string): string => createHash('sha256').update(text).digest('base64');

/** The proof that the log only grew, and the lines of who signed, as a program or another auditor takes them away. */
function createWhole(world: World): QuestionPage {
  const toRows = (lines: readonly string[]): readonly ShownRow[] => lines.map((line, at) => toRow(number(at + 1), code(line)));
  const findings = (['root-matches', 'only-grown', 'no-gap', 'tail-whole', 'as-witnessed'] as const).map((name) => ({ name, holds: true }));
  const hashes = ['a', 'b', 'c', 'd'].map(toHash);
  const lines = ['id.gov.example', 'witness.audit-court.example', 'witness.data-protection.example'].map(
    (name) => `— ${name} ${toHash(name)}${toHash(name)}`,
  );
  const tables: readonly ShownTable[] = [
    { name: 'consistency', columns: ['place', 'hash'], rows: toRows(hashes), chart: null, isCut: false },
    { name: 'signatures', columns: ['place', 'line'], rows: toRows(lines), chart: null, isCut: false },
  ];
  const figures = [
    { name: 'size', cell: number(head.size), isZero: null } as const,
    { name: 'gaps', cell: number(0), isZero: true } as const,
  ];
  const fields = [{ name: 'size', isRequired: false, typed: '1200000' } as const];
  return {
    ...createSweep(world),
    name: 'is-the-log-whole',
    fields,
    result: { ...listed(world, 'is-the-log-whole'), figures, findings, tables, nextUrl: null },
  };
}

function createSearch(world: World): FactEntriesPage {
  const {
    words,
    frame: { texts },
  } = world;
  const typed = new URLSearchParams({ level: 'high', flaw: 'after-withdrawal' });
  const services = [{ label: words.labour.agencyName, options: [{ value: 'mol-work-permit', label: words.labour.serviceName }] }];
  const found = { count: 352, isMore: false };
  const { firstUrl, nextUrl, tables } = listed(world, 'random-sample');
  const [table = createOverAsks(world)] = tables;
  return {
    inCase: null,
    url: '/audit/questions/entries',
    listUrl: '/audit/questions',
    fields: [
      { name: 'service', isRequired: false, typed: 'mol-work-permit', groups: services },
      { name: 'from', isRequired: false, typed: '2026-07-01' },
      { name: 'to', isRequired: false, typed: 'soon' },
    ],
    more: moreFields.map((name) => toFactField({ texts, register: { language: texts.language, services: [], purposes: [] } }, name, typed)),
    problems: [],
    result: { head, found, table: { ...table, chart: null }, firstUrl, nextUrl, keep: keep(null) },
  };
}

/** `toGroup` spreads them, so that each group has some. */
function createLinks(isInCase: boolean) {
  return questionNames.map((name, at) => {
    const needsCase = at % 7 === 0;
    const url = needsCase && !isInCase ? null : `/audit/questions/${name}`;
    return { name, group: questionGroups[Math.floor((at * questionGroups.length) / questionNames.length)] ?? 'log', needsCase, url };
  });
}

export function renderQuestionPages(world: World): readonly SamplePage[] {
  const signOut = { action: '/staff/sign-out', token: 'sample-token' };
  const frame: StaffFrame = { ...world.frame, homeUrl: '/audit', officer: { name: world.words.auditor, role: 'auditor', signOut } };
  const list = { inCase: null, links: createLinks(false), savedUrl: '/audit/saved', entriesUrl: '/audit/questions/entries' };
  const wrong = { ...createSearch(world), problems: [{ field: 'to', problem: 'time-invalid' }], result: null } as const;
  return [
    { name: 'audit-questions', isWalked: true, document: renderQuestionsPage(frame, list) },
    { name: 'audit-question', isWalked: true, document: renderQuestionPage(frame, createSweep(world)) },
    { name: 'audit-question-person', isWalked: true, document: renderQuestionPage(frame, createPerson(world)) },
    { name: 'audit-question-proof', isWalked: true, document: renderQuestionPage(frame, createProof(world)) },
    { name: 'audit-question-whole', isWalked: true, document: renderQuestionPage(frame, createWhole(world)) },
    { name: 'audit-search', isWalked: true, document: renderFactEntriesPage(frame, createSearch(world)) },
    { name: 'audit-search-wrong', document: renderFactEntriesPage(frame, wrong) },
  ];
}
