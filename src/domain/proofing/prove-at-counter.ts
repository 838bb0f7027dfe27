// A code out of an officer's hand, to enrol or for the level `high`: only where the document that they saw can be this person's.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { StoredPerson } from '../people/person.ts';
import { enrolProven } from './enrol-proven.ts';
import type { EnrolNeeds, HandedOver } from './enrol-proven.ts';
import { isSeenInPresence } from './evidence.ts';
import { isHolder } from './holder.ts';
import type { SeenDocument } from './holder.ts';
import { proveLevel } from './prove-level.ts';
import type { ProveNeeds } from './prove-level.ts';

export type ProvenAtCounter = SeenDocument & {
  readonly way: 'enrol' | 'level';
  readonly person: StoredPerson;
  readonly officerId: string;
  readonly trustFramework: string;
};

type Refusal =
  | 'proofing/holder-differs'
  | 'person/unknown'
  | 'person/enrolled'
  | 'person/without-passkey'
  | 'proofing/statement-refused'
  | 'proofing/evidence-incomplete';

type Needs = EnrolNeeds & ProveNeeds;

export async function proveAtCounter(needs: Needs, asked: ProvenAtCounter): Promise<Outcome<HandedOver, Refusal>> {
  const { way, person, officerId, trustFramework, evidence } = asked;
  if (!isHolder(needs, person, asked)) {
    return refuse('proofing/holder-differs', 'at the counter');
  }
  const isHigh = isSeenInPresence(evidence);
  const checked = {
    at: needs.clock.now(),
    isHigh,
    trustFramework,
    assuranceLevel: isHigh ? 'high' : 'substantial',
    evidence: [evidence],
    by: { kind: 'officer', ref: officerId },
  } as const;
  const issued =
    way === 'enrol' ? await enrolProven(needs, { personId: person.id, ...checked }, null) : await proveLevel(needs, person, checked);
  return issued.ok ? succeed({ ...issued.value, isHigh }) : issued;
}
