// That a person's identity was checked: when, by whom, how well, and on what evidence. The newest counts.
// Never here: a document's whole number, its picture, or a biometric.

import { z } from 'zod';
import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import { Fault } from '../kernel/errors.ts';
import type { SealedData, StoredPerson } from '../people/person.ts';
import { sealData, unsealData } from '../people/seal-data.ts';
import type { SealNeeds } from '../people/seal-data.ts';
import { evidenceSchema } from './evidence.ts';

const checkerSchema = z.strictObject({
  kind: z.enum(['officer', 'issuer']),
  /** An officer's id, or the identifier of a registered issuer. */
  ref: z.string(),
});

const contentSchema = z.strictObject({
  trustFramework: z.string(),
  assuranceLevel: z.string(),
  evidence: z.array(evidenceSchema).readonly(),
  by: checkerSchema.readonly(),
});

export type Proofing = Readonly<z.infer<typeof contentSchema>> & {
  readonly id: string;
  readonly personId: string;
  /** When the identity was checked. */
  readonly at: Millis;
  /** By a chip, or in the person's presence: a passkey bound by it may reach `high`. */
  readonly isHigh: boolean;
};

/** Everything that says something about the person or the documents is sealed under a key of its own, which ends with the person. */
export type StoredProofing = Pick<Proofing, 'id' | 'personId' | 'at' | 'isHigh'> & { readonly sealed: SealedData };

/** Bound to the one record: it opens neither in another person's row nor in the place of another record of the same person. */
const toOwner = ({ registryDigest }: Pick<StoredPerson, 'registryDigest'>, id: string): string => `${registryDigest}\nproofing\n${id}`;

type Owner = Pick<StoredPerson, 'id' | 'registryDigest'>;

export function sealProofing(needs: SealNeeds, person: Owner, proofing: Proofing): StoredProofing {
  const { id, personId, at, isHigh, trustFramework, assuranceLevel, evidence, by } = proofing;
  if (personId !== person.id) {
    throw new Fault('internal/unexpected', 'a proofing is sealed for the person it is about');
  }
  const content: Readonly<Record<string, Json>> = { trustFramework, assuranceLevel, evidence, by };
  return { id, personId, at, isHigh, sealed: sealData(needs, toOwner(person, id), content) };
}

export function openProofing(needs: Pick<SealNeeds, 'dataKey'>, person: Owner, stored: StoredProofing): Proofing {
  const { sealed, ...columns } = stored;
  return { ...columns, ...contentSchema.parse(unsealData(needs.dataKey, toOwner(person, stored.id), sealed)) };
}
