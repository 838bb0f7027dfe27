// Somebody who is nobody: read, sealed and looked up like anybody, so that the work for a number that is no one's is the work for one that is (EN-06).
// Never saved: its status opens nothing.

import type { Clock } from '../kernel/clock.ts';
import { createToken } from '../kernel/ids.ts';
import type { PersonalData, StoredPerson } from './person.ts';
import { sealData } from './seal-data.ts';
import type { SealNeeds } from './seal-data.ts';

export function createStranger(needs: SealNeeds & { readonly clock: Clock }, data: PersonalData): StoredPerson {
  const id = createToken(needs.random);
  const at = needs.clock.now();
  const person = { id, kind: 'citizen', status: 'closed', handle: id, language: null, declared: null, registryDigest: id } as const;
  return { ...person, sealed: sealData(needs, id, data), createdAt: at, updatedAt: at, registryStatus: null };
}
