// A search by filters as it was sent: the filters, as of which checkpoint, and where the page stands.

import { z } from 'zod';
import type { EntrySearch } from '../../../domain/audit/questions/entry-search.ts';
import type { Asking } from '../../../domain/audit/questions/question.ts';
import { findBeyond } from '../log-bounds.ts';
import { parseFactQuery } from './fact-query.ts';
import { findConflicts, pageLimit } from './question-query.ts';
import type { FieldProblem, ParseNeeds } from './question-query.ts';
import { placeSchemas } from './value-schemas.ts';

export type FactSearch = { readonly search: EntrySearch; readonly asOf: number | null; readonly page: Asking['page'] };

export type ParsedFactSearch =
  | { readonly ok: true; readonly value: FactSearch }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

const placesSchema = z.object({
  as_of: placeSchemas.as_of.exactOptional(),
  after: placeSchemas.after.exactOptional(),
  limit: placeSchemas.limit.exactOptional(),
});

function readPlaces(given: URLSearchParams): unknown {
  const sent = ['as_of', 'after', 'limit'].map((name) => [name, given.get(name) ?? '']).filter(([, value]) => value !== '');
  return Object.fromEntries(sent);
}

type Places = z.infer<typeof placesSchema>;

function toPlace(places: Places): Omit<FactSearch, 'search'> {
  return { asOf: places.as_of ?? null, page: { after: places.after ?? null, limit: places.limit ?? pageLimit } };
}

export async function parseFactSearch({ agencies, ledger }: ParseNeeds, given: URLSearchParams): Promise<ParsedFactSearch> {
  const filters = parseFactQuery(given);
  const places = placesSchema.safeParse(readPlaces(given));
  if (!filters.ok) {
    return filters;
  }
  if (!places.success) {
    return { ok: false, problems: places.error.issues.map(({ path }) => ({ field: String(path[0]), problem: 'place-invalid' })) };
  }
  const conflicts = await findConflicts(agencies, filters.value);
  const problems = [...conflicts, ...(await findBeyond(ledger, { after: places.data.after }))];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { search: filters.value, ...toPlace(places.data) } };
}
