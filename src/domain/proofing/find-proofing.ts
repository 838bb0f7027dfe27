// What is known of how a person's identity was checked.

import type { StoredPerson } from '../people/person.ts';
import type { SealNeeds } from '../people/seal-data.ts';
import { openProofing } from './proofing.ts';
import type { Proofing } from './proofing.ts';
import type { ProofingStore } from './store.ts';

export type ProofingReadNeeds = Pick<SealNeeds, 'dataKey'> & { readonly proofings: Pick<ProofingStore, 'listProofings'> };

export async function findProofing(
  needs: ProofingReadNeeds,
  person: Pick<StoredPerson, 'id' | 'registryDigest'>,
): Promise<Proofing | undefined> {
  const [newest] = await needs.proofings.listProofings(person.id);
  return newest && openProofing(needs, person, newest);
}
