// Searches that auditors kept, with invented names: those of a case, one's own, and a name that is refused.

import { toEventName } from '../../views/event-look.ts';
import { renderSavedPage } from '../../views/saved-searches.ts';
import type { SavedPage, SavedRow } from '../../views/saved-searches-model.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import { day, now } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const caseUrl = '/audit/cases/01900000-0000-7000-8000-000000000000';
const token = 'sample-token';

const said = {
  ar: { sweep: 'مشاركات وزارة العمل بعد السحب، الربع الثالث', late: 'أجوبة متأخرة', colleague: 'سامي الحربي', fault: 'بعد السحب' },
  en: {
    sweep: 'Releases of the Ministry of Labour after a withdrawal, third quarter',
    late: 'Late answers',
    colleague: 'Sami Alharbi',
    fault: 'after a withdrawal',
  },
} as const;

function createRows({ words, frame }: World): readonly SavedRow[] {
  const { colleague, fault, late, sweep } = said[frame.texts.language];
  const removal = { action: '/audit/saved/1/remove', token };
  const urls = { askUrl: '/audit/questions/entries?flaw=after-withdrawal', asOfUrl: '/audit/questions/entries?as_of=1284906' };
  const filters = [
    { name: 'type', text: toEventName(frame.texts, 'data.released') },
    { name: 'service', text: words.labour.serviceName },
    { name: 'flaw', text: fault },
    { name: 'from', text: '2026-07-01' },
    { name: 'to', text: '2026-09-30' },
  ] as const;
  return [
    { ...urls, name: sweep, question: null, filters, by: words.auditor, at: now - day, asOf: 1_284_906, removal },
    { ...urls, name: late, question: 'answer-times', filters: [], by: colleague, at: now - 9 * day, asOf: 1_190_002, removal: null },
  ];
}

export function renderSavedPages(world: World): readonly SamplePage[] {
  const signOut = { action: '/staff/sign-out', token };
  const frame: StaffFrame = { ...world.frame, homeUrl: '/audit', officer: { name: world.words.auditor, role: 'auditor', signOut } };
  const inCase = { number: '1448/Q/31', url: caseUrl };
  const urls = { questionsUrl: `${caseUrl}/questions`, entriesUrl: `${caseUrl}/entries` };
  const page: SavedPage = { ...urls, inCase, rows: createRows(world), refused: null };
  const keep = { form: { action: '/audit/saved', token }, question: null, query: 'flaw=hasty', asOf: 1_284_906, typed: '1034567891' };
  const own: SavedPage = { ...page, inCase: null, rows: [], refused: { keep, problem: 'name-person' } };
  return [
    { name: 'audit-saved', isWalked: true, document: renderSavedPage(frame, page) },
    { name: 'audit-saved-refused', isWalked: true, document: renderSavedPage(frame, own) },
  ];
}
