// The one way from a stored person to their data in the clear. The result lives as long as the request that needs it.

import type { KeyObject } from 'node:crypto';
import { mergeDeclared, openDeclared } from './declared-data.ts';
import type { PersonalData, StoredPerson } from './person.ts';
import { unsealData } from './seal-data.ts';

export function getPersonalData(needs: { readonly dataKey: KeyObject }, person: StoredPerson): PersonalData {
  const registered = unsealData(needs.dataKey, person.registryDigest, person.sealed);
  return mergeDeclared(registered, openDeclared(needs, person));
}
