// The name by which one sector knows a person: stored and random, so that no two sectors can compare notes and no key loss renames anybody (decision 8).

import { createToken } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import type { Person } from './person.ts';
import type { PeopleStore } from './store.ts';

export type SubjectNeeds = { readonly people: Pick<PeopleStore, 'getSubject'>; readonly random: Random };

/** OIDC Core 1.0 §8.1. The same for the same human being in the same sector, whatever becomes of the account row. */
export async function getSubject(needs: SubjectNeeds, person: Pick<Person, 'registryDigest'>, sector: string): Promise<string> {
  return needs.people.getSubject(person.registryDigest, sector, createToken(needs.random));
}
