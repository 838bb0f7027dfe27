// What a person says about themselves, beside what the registry says about them. Two statements in two sealed texts, so that an import can never write
// over the person's own word, nor a change by the person over what an import brings at the same moment (ADR-0034).

import type { KeyObject } from 'node:crypto';
import type { PersonalData, SealedData, StoredPerson } from './person.ts';
import { sealData, unsealData } from './seal-data.ts';
import type { SealNeeds } from './seal-data.ts';

/** Another owner than that of the registry's statement: neither opens in the place of the other. */
const toOwner = (registryDigest: string): string => `${registryDigest}\ndeclared`;

export function openDeclared(needs: { readonly dataKey: KeyObject }, person: StoredPerson): PersonalData {
  return person.declared === null ? {} : unsealData(needs.dataKey, toOwner(person.registryDigest), person.declared);
}

export function sealDeclared(needs: SealNeeds, person: Pick<StoredPerson, 'registryDigest'>, declared: PersonalData): SealedData {
  return sealData(needs, toOwner(person.registryDigest), declared);
}

/** `email` for `email_verified`, `preferred_name` for `preferred_name#ar`. */
const toAttributeName = (key: string): string => (key.split('#')[0] ?? '').replace(/_verified$/, '');

/** An attribute that the person declared is theirs as a whole, with every language and its proof; `null` takes it away. */
export function mergeDeclared(registered: PersonalData, declared: PersonalData): PersonalData {
  const own = new Set(Object.keys(declared).map(toAttributeName));
  const rest = Object.entries(registered).filter(([key]) => !own.has(toAttributeName(key)));
  const said = Object.entries(declared).filter(([, value]) => value !== null);
  return Object.fromEntries([...rest, ...said]);
}
