// The one way from a stored person to their data in the clear. The result lives as long as the request that needs it.

import type { KeyObject } from 'node:crypto';
import { mergeDeclared, openDeclared } from './declared-data.ts';
import type { PersonalData, StoredPerson } from './person.ts';
import { unsealData } from './seal-data.ts';

/** What the registry says, without a word of the person's own. */
export function getRegisteredData(needs: { readonly dataKey: KeyObject }, person: StoredPerson): PersonalData {
  return unsealData(needs.dataKey, person.registryDigest, person.sealed);
}

export function getPersonalData(needs: { readonly dataKey: KeyObject }, person: StoredPerson): PersonalData {
  return mergeDeclared(getRegisteredData(needs, person), openDeclared(needs, person));
}
