import type { KeyObject } from 'node:crypto';
import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { StoredPerson } from '../people/person.ts';
import { isHolder } from '../proofing/holder.ts';
import type { SeenDocument } from '../proofing/holder.ts';
import { beginUnfreeze } from './begin-unfreeze.ts';
import type { UnfreezeNeeds } from './begin-unfreeze.ts';
import type { AwaitedEnd } from './store.ts';

export type LiftAsked = SeenDocument & { readonly person: StoredPerson; readonly officerId: string };

/** Lifting a freeze at the counter is asked for with a document that can be this person's alone. The caller MUST have the officer's confirmation of it. */
export async function liftAtCounter(
  needs: UnfreezeNeeds & { readonly dataKey: KeyObject },
  { person, officerId, evidence, birth }: LiftAsked,
): Promise<Outcome<AwaitedEnd, 'proofing/holder-differs' | 'freeze/ordered' | 'freeze/none' | 'proofing/evidence-incomplete'>> {
  if (!isHolder(needs, person, { evidence, birth })) {
    return refuse('proofing/holder-differs', 'at the counter');
  }
  const actor = { kind: 'officer', ref: officerId } as const;
  return beginUnfreeze(needs, { personId: person.id, by: 'counter', actor, evidence });
}
