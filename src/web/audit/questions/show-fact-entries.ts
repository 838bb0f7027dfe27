// The entries behind a figure, and a search by every filter. Opening the empty form searches nothing.

import type { Context } from 'koa';
import { toListTable } from '../../../domain/audit/questions/list.ts';
import type { ListColumn } from '../../../domain/audit/questions/list.ts';
import { searchFacts } from '../../../domain/audit/questions/search-facts.ts';
import type { FoundFacts } from '../../../domain/audit/questions/search-facts.ts';
import { getValue } from '../../../domain/kernel/errors.ts';
import { renderFactEntriesPage } from '../../../../views/fact-entries.ts';
import type { FactEntriesPage } from '../../../../views/question-model.ts';
import { sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { readRegister } from '../register.ts';
import type { Register } from '../register.ts';
import { toAskNeeds } from './ask-needs.ts';
import { mainFields, moreFields, toFactField } from './fact-fields.ts';
import { parseFactSearch } from './fact-search.ts';
import type { FactSearch } from './fact-search.ts';
import { openQuestions } from './question-frame.ts';
import type { QuestionFrame } from './question-frame.ts';
import { readOfficers } from './read-officers.ts';
import { readAsked } from './show-question.ts';
import { toSavedQuery } from './saved-query.ts';
import { toShownAnswer } from './shown-answer.ts';

const columns: readonly ListColumn[] = ['entry', 'at', 'type', 'flaw', 'service', 'purpose', 'attributes', 'elapsed', 'actor', 'person'];

type Page = { readonly open: QuestionFrame; readonly register: Register; readonly given: URLSearchParams };

function toPlaceUrl(url: string, given: URLSearchParams, place: Readonly<Record<string, string>>): string {
  const kept = [...given].filter(([name, value]) => value !== '' && name !== 'after' && name !== 'as_of');
  return `${url}?${new URLSearchParams([...kept, ...Object.entries(place)]).toString()}`;
}

async function toResult(needs: PageNeeds, page: Page, asked: FactSearch): Promise<FactEntriesPage['result']> {
  const { open, register, given } = page;
  const url = open.entriesUrl;
  const found: FoundFacts = getValue(
    await searchFacts(toAskNeeds(needs), open.audit.by, { ...asked, standing: open.standing, form: 'page' }),
  );
  const asOf = found.checkpoint?.size ?? 0;
  const people = new Map(found.facts.map(({ personRef, person }) => [personRef, person]));
  const table = toListTable({ toPerson: (personRef) => people.get(personRef) ?? null }, found.facts, columns);
  const words = { texts: open.audit.frame.texts, register, officers: await readOfficers(needs, { tables: [table] }) };
  const links = { ...open, asOf };
  const { tables } = toShownAnswer(words, links, { figures: [], findings: [], tables: [table], next: null, notice: null });
  const [shown] = tables;
  if (shown === undefined) {
    return null;
  }
  const place = { as_of: String(asOf) };
  return {
    head: found.checkpoint,
    found: found.found,
    table: shown,
    firstUrl: asked.page.after === null ? null : toPlaceUrl(url, given, place),
    keep: {
      form: { action: open.savedUrl, token: open.audit.token },
      question: null,
      query: toSavedQuery(given),
      asOf,
      typed: '',
    },
    nextUrl: found.next === null ? null : toPlaceUrl(url, given, { ...place, after: String(found.next) }),
  };
}

export async function showFactEntries(needs: PageNeeds, ctx: Context): Promise<void> {
  const open = await openQuestions(needs, ctx);
  if (open === undefined) {
    return;
  }
  const given = readAsked(ctx);
  const register = await readRegister(needs.agencies, open.audit.language);
  const parsed = await parseFactSearch(needs, given);
  const words = { texts: open.audit.frame.texts, register };
  const page: FactEntriesPage = {
    inCase: open.inCase,
    url: open.entriesUrl,
    listUrl: open.questionsUrl,
    fields: [...(open.inCase === null ? [] : (['person'] as const)), ...mainFields].map((name) => toFactField(words, name, given)),
    more: moreFields.map((name) => toFactField(words, name, given)),
    problems: parsed.ok ? [] : parsed.problems,
    result: parsed.ok && given.size > 0 ? await toResult(needs, { open, register, given }, parsed.value) : null,
  };
  sendPage(ctx, renderFactEntriesPage(open.audit.frame, page), parsed.ok ? 200 : 400);
}
