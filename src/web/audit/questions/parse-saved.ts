// What a form keeps a search with. The search itself has to be one that could be asked here; its name is free, and may not hold what could be somebody's number.

import type { AgenciesStore } from '../../../domain/agencies/store.ts';
import { findQuestion } from '../../../domain/audit/questions/catalogue.ts';
import type { QuestionName } from '../../../domain/audit/questions/names.ts';
import { longestName } from '../../../domain/audit/saved-search.ts';
import { Fault } from '../../../domain/kernel/errors.ts';
import type { LedgerStore } from '../../../domain/ledger/store.ts';
import { hasLongNumber } from '../../../domain/people/person-number.ts';
import type { KeepProblem } from '../../../../views/keep-search-model.ts';
import { findField } from '../../body.ts';
import { parseFactSearch } from './fact-search.ts';
import { parseQuestion } from './question-query.ts';
import { toSavedQuery } from './saved-query.ts';

export type KeptAsked = { readonly question: QuestionName | null; readonly query: string; readonly asOf: number };

type ParseNeeds = { readonly agencies: AgenciesStore; readonly ledger: Pick<LedgerStore, 'findCheckpoint' | 'findCheckpointOfSize'> };

const longestQuery = 2000;

function getKeptQuestion(name: string, isInCase: boolean): QuestionName | null {
  const found = name === '' ? null : findQuestion(name);
  if (found === undefined || (found?.needsCase === true && !isInCase)) {
    throw new Fault('request/invalid', 'no question that can be asked here');
  }
  return found?.name ?? null;
}

async function isAskable(needs: ParseNeeds, question: QuestionName | null, query: URLSearchParams): Promise<boolean> {
  const found = question === null ? undefined : findQuestion(question);
  const parsed = found === undefined ? await parseFactSearch(needs, query) : await parseQuestion(needs, found, query);
  return parsed.ok;
}

async function isCheckpoint({ ledger }: ParseNeeds, size: string): Promise<boolean> {
  return size === '0' || (/^[1-9]\d{0,14}$/.test(size) && (await ledger.findCheckpointOfSize(Number(size))) !== undefined);
}

/** Throws Fault `request/invalid` for what none of our pages sends. */
export async function getKeptAsked(needs: ParseNeeds, form: URLSearchParams, isInCase: boolean): Promise<KeptAsked> {
  const sent = { question: '', query: '', as_of: '', ...Object.fromEntries(form) };
  const question = getKeptQuestion(sent.question, isInCase);
  const query = toSavedQuery(new URLSearchParams(sent.query));
  const asOf = Number(sent.as_of);
  const isRight = query.length <= longestQuery && (await isAskable(needs, question, new URLSearchParams(query)));
  if (!isRight || !(await isCheckpoint(needs, sent.as_of))) {
    throw new Fault('request/invalid', 'no search that can be asked here');
  }
  return { question, query, asOf };
}

export type ParsedName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly typed: string; readonly problem: KeepProblem };

export function parseSavedName(form: URLSearchParams): ParsedName {
  const typed = findField(form, 'name') ?? '';
  const name = typed
    .normalize('NFKC')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  const length = Array.from(name).length;
  if (length === 0 || length > longestName) {
    return { ok: false, typed, problem: 'name' };
  }
  return hasLongNumber(name) ? { ok: false, typed, problem: 'name-person' } : { ok: true, name };
}
