// The ends that are not the person's: an operator carries out an order about one record.

import { findPurposeOfRecord } from './find-purpose-of-record.ts';
import type { RecordNeeds } from './find-purpose-of-record.ts';
import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { StoredPerson } from '../people/person.ts';
import type { Consent } from './consent.ts';
import type { ConsentNeeds, Decided, DecisionContext } from './decide.ts';
import type { AuthorityAct } from './decision-event.ts';
import { invalidateConsent } from './invalidate-consent.ts';
import { revokeConsent } from './revoke-consent.ts';

export type AuthorityNeeds = ConsentNeeds &
  RecordNeeds & {
    readonly people: { readonly findPerson: (id: string) => Promise<StoredPerson | undefined> };
    readonly getSubject: (person: StoredPerson, sector: string) => Promise<string>;
  };

const ends = { revoke: revokeConsent, invalidate: invalidateConsent } as const;

export type Ordered = { readonly record: string; readonly end: keyof typeof ends; readonly act: AuthorityAct };

type Ended = Outcome<Decided, 'store/conflict' | 'consent/wrong-state' | 'consent/not-found'>;

async function findContext(needs: AuthorityNeeds, current: Consent): Promise<DecisionContext | undefined> {
  const person = await needs.people.findPerson(current.personId);
  const found = await findPurposeOfRecord(needs, current);
  if (person === undefined || found === undefined) {
    return undefined;
  }
  const subject = await needs.getSubject(person, found.registered.service.sector);
  return { person, ...found, subject, notice: null, expression: null };
}

/** `consent/not-found` when there is no such record; `consent/wrong-state` when it cannot end so; `store/conflict` when another decision came first. */
export async function endByAuthority(needs: AuthorityNeeds, { record, end, act }: Ordered): Promise<Ended> {
  const current = await needs.consents.findConsent(record);
  const context = current && (await findContext(needs, current));
  if (current === undefined || context === undefined) {
    return refuse('consent/not-found', 'no record of this id');
  }
  return ends[end](needs, context, { current, act });
}
