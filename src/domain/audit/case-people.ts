// People within a case: under which pseudonym they stand there, and whom a pseudonym of the case leads back to. Only this folder goes the way back, and what it
// finds is a reference for the next query, never anything that is handed out.

import type { Millis } from '../kernel/clock.ts';
import type { CaseNeeds } from './case-needs.ts';
import { isCasePseudonym, toCasePseudonym } from './case.ts';
import type { OpenedCase } from './case.ts';

type Needs = Pick<CaseNeeds, 'cases'>;
type Rememberer = { readonly cases: Pick<CaseNeeds['cases'], 'rememberPeople'> };

/** The pseudonyms of these people, in their order. They are remembered within the case, so that each can be followed. */
export async function toCasePseudonyms(
  { cases }: Rememberer,
  opened: OpenedCase,
  personRefs: readonly string[],
): Promise<readonly string[]> {
  const people = personRefs.map((personRef) => ({ pseudonym: toCasePseudonym(opened, personRef), personRef }));
  await cases.rememberPeople(opened.id, people);
  return people.map(({ pseudonym }) => pseudonym);
}

/** Undefined for who never came up in this case, whose key was destroyed, or whose account was closed. */
export async function findCasePerson({ cases }: Needs, opened: OpenedCase, pseudonym: string): Promise<string | undefined> {
  if (!isCasePseudonym(pseudonym)) {
    return undefined;
  }
  const person = await cases.findCasePerson(opened.id, pseudonym);
  // A row that somebody wrote past the application leads to nobody: the key of the case says who stands there.
  if (person === undefined || toCasePseudonym(opened, person.personRef) !== pseudonym) {
    return undefined;
  }
  return opened.scope.kind === 'person' && person.found === null ? undefined : person.personRef;
}

/** Members that are absent do not filter; an empty list lets nothing through. */
export type CaseFilter = {
  readonly services?: readonly string[];
  readonly personRefs?: readonly string[];
  readonly from?: Millis;
  readonly to?: Millis;
};

async function listServicesOf({ agencies }: Pick<CaseNeeds, 'agencies'>, agencyId: string): Promise<readonly string[]> {
  const services = await agencies.listServices();
  return services.filter(({ agency }) => agency.id === agencyId).map(({ service }) => service.clientId);
}

/** What the scope of the case, its period and the reader's mandate let through. */
export async function toCaseFilter(needs: Pick<CaseNeeds, 'cases' | 'agencies'>, opened: OpenedCase): Promise<CaseFilter> {
  const { scope, agencyId, covers } = opened;
  const agency = scope.kind === 'agency' ? scope.agencyId : agencyId;
  const found = scope.kind === 'person' ? await needs.cases.listFound(opened.id) : null;
  return {
    ...(agency === null ? {} : { services: await listServicesOf(needs, agency) }),
    ...(found === null ? {} : { personRefs: found.map(({ personRef }) => personRef) }),
    ...(covers.from === null ? {} : { from: covers.from }),
    ...(covers.to === null ? {} : { to: covers.to }),
  };
}
