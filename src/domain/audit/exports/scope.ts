// What a case lets an export reach: never more than its scope, its period and the mandate of whoever asks.

import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { findCasePerson, toCaseFilter } from '../case-people.ts';
import type { CaseFilter } from '../case-people.ts';
import type { CaseNeeds } from '../case-needs.ts';
import type { OpenedCase } from '../case.ts';
import type { PackQuery } from './query.ts';

type Needs = Pick<CaseNeeds, 'agencies' | 'cases'>;

const later = (left: number | null, right: number | undefined): number | null => (right === undefined ? left : Math.max(left ?? 0, right));
const earlier = (left: number | null, right: number | undefined): number | null =>
  right === undefined ? left : Math.min(left ?? Number.MAX_SAFE_INTEGER, right);

function isOutside({ personRefs, services }: CaseFilter, query: PackQuery, personRef: string | undefined): boolean {
  const isOtherService = services !== undefined && (query.service === null || !services.includes(query.service));
  const isOtherPerson = personRefs !== undefined && (personRef === undefined || !personRefs.includes(personRef));
  return isOtherService || isOtherPerson || (query.person !== null && personRef === undefined);
}

/** The query within the period of the case. A case over one agency has to name one of its services, a case over people one of those that it found. */
export async function toScopedQuery(
  needs: Needs,
  opened: OpenedCase,
  query: PackQuery,
): Promise<Outcome<PackQuery, 'audit/export-outside'>> {
  const filter = await toCaseFilter(needs, opened);
  const personRef = query.person === null ? undefined : await findCasePerson(needs, opened, query.person);
  if (isOutside(filter, query, personRef)) {
    return refuse('audit/export-outside', 'the case does not reach that far');
  }
  return succeed({ ...query, from: later(query.from, filter.from), to: earlier(query.to, filter.to) });
}
