// Searches that auditors keep. One's own list hands out nothing, so it leaves no entry; that of a case holds what colleagues asked about whom, and is a look.

import type { Context } from 'koa';
import { saveSearch } from '../../../domain/audit/saved-search.ts';
import type { SavedSearch, Shelf } from '../../../domain/audit/saved-search.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { Fault } from '../../../domain/kernel/errors.ts';
import { toSpellingIn } from '../../../domain/staff/spellings.ts';
import type { AskedName } from '../../../../views/question-model.ts';
import { renderSavedPage } from '../../../../views/saved-searches.ts';
import type { KeepForm, KeepProblem } from '../../../../views/keep-search-model.ts';
import type { SavedRow } from '../../../../views/saved-searches-model.ts';
import { redirectTo, sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { getOpenCase } from '../cases/open-case.ts';
import { toLookNeeds } from '../look-needs.ts';
import { readRegister } from '../register.ts';
import { getKeptAsked, parseSavedName } from './parse-saved.ts';
import { openQuestions, toPlaces } from './question-frame.ts';
import type { Places } from './question-frame.ts';
import { toFilterTexts } from './saved-filters.ts';
import { toSearchUrl } from './saved-url.ts';
import type { CellWords } from './shown-cells.ts';

type Shown = {
  readonly staff: Staff;
  readonly places: Places;
  readonly refused: { readonly keep: KeepForm; readonly problem: KeepProblem } | null;
};

function toRow({ places, staff }: Shown, words: CellWords, search: SavedSearch): SavedRow {
  const { asOf, createdAt, id, name, officerId, query, question } = search;
  const action = `${places.savedUrl}/${id}/remove`;
  return {
    name,
    question,
    filters: toFilterTexts(words, new URLSearchParams(query)).map(([field, text]): { name: AskedName; text: string } => ({
      name: field,
      text,
    })),
    by: words.officers.get(officerId) ?? officerId,
    at: createdAt,
    asOf,
    askUrl: toSearchUrl(places, search, null),
    asOfUrl: toSearchUrl(places, search, asOf),
    removal: officerId === staff.officer.id ? { action, token: staff.token } : null,
  };
}

const toShelf = ({ staff, places }: Pick<Shown, 'staff' | 'places'>): Shelf => ({ caseId: places.caseId, officerId: staff.officer.id });

async function sendSaved(needs: PageNeeds, ctx: Context, shown: Shown): Promise<void> {
  const { staff, places, refused } = shown;
  const { language, frame } = staff;
  const officers = await needs.staff.listOfficers();
  const words: CellWords = {
    texts: frame.texts,
    register: await readRegister(needs.agencies, language),
    officers: new Map(officers.map(({ id, name }) => [id, toSpellingIn(name, language)])),
  };
  const rows = (await needs.searches.listSearches(toShelf(shown))).map((search) => toRow(shown, words, search));
  const { entriesUrl, inCase, questionsUrl } = places;
  if (inCase !== null) {
    const by = { kind: 'officer', ref: staff.officer.id } as const;
    await recordLook(toLookNeeds(needs), by, { type: 'record.searched', payload: { case: inCase.number, saved: rows.length } });
  }
  const page = renderSavedPage(frame, { inCase, questionsUrl, entriesUrl, rows, refused });
  sendPage(ctx, page, refused === null ? 200 : 400);
}

export async function showSaved(needs: PageNeeds, ctx: Context): Promise<void> {
  const open = await openQuestions(needs, ctx);
  if (open !== undefined) {
    await sendSaved(needs, ctx, { staff: open.audit, places: open, refused: null });
  }
}

type Posted = { readonly staff: Staff; readonly form: URLSearchParams; readonly places: Places };

async function getPosted(needs: PageNeeds, ctx: Context): Promise<Posted> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const caseId = /^\/audit\/cases\/([^/]+)\//.exec(ctx.path)?.[1];
  const opened = caseId === undefined ? null : await getOpenCase(needs, staff.officer.id, caseId);
  return { staff, form, places: toPlaces(opened) };
}

export async function submitSaved(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, form, places } = await getPosted(needs, ctx);
  const asked = await getKeptAsked(needs, form, places.caseId !== null);
  const named = parseSavedName(form);
  const saved = named.ok ? await saveSearch(needs, { ...asked, ...toShelf({ staff, places }), name: named.name }) : 'refused';
  if (saved === 'saved') {
    redirectTo(ctx, places.savedUrl);
    return;
  }
  if (saved === 'ended') {
    throw new Fault('audit/case-ended', 'ended while it was kept');
  }
  const keep: KeepForm = { ...asked, form: { action: places.savedUrl, token: staff.token }, typed: named.ok ? named.name : named.typed };
  await sendSaved(needs, ctx, { staff, places, refused: { keep, problem: named.ok ? 'full' : named.problem } });
}

/** What is gone already, or somebody else's, changes nothing. */
export async function submitSavedRemoval(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff, places } = await getPosted(needs, ctx);
  await needs.searches.removeSearch(toShelf({ staff, places }), id);
  redirectTo(ctx, places.savedUrl);
}
