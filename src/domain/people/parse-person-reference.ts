// From a registry identifier, as an operator types it, to the person.

import type { KeyObject } from 'node:crypto';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { parseRegistryId } from './parse-registry-id.ts';
import type { StoredPerson } from './person.ts';
import { toRegistryDigest } from './registry-digest.ts';
import type { PeopleStore } from './store.ts';

export type FindPersonNeeds = { readonly people: Pick<PeopleStore, 'findPersonByRegistry'>; readonly lookupKey: KeyObject };

export async function parsePersonReference(needs: FindPersonNeeds, text: string): Promise<Outcome<StoredPerson, 'person/unknown'>> {
  const id = parseRegistryId(text);
  const person = id.ok ? await needs.people.findPersonByRegistry(toRegistryDigest(needs.lookupKey, id.value)) : undefined;
  return person === undefined ? refuse('person/unknown', 'no person has this registry identifier') : succeed(person);
}
