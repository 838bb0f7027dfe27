import type { DutiesStore } from '../duties/store.ts';
import { isAnswered } from '../duties/duty.ts';
import type { Duty } from '../duties/duty.ts';
import type { Clock } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Consent } from './consent.ts';
import { isValid, toGranted } from './consent.ts';
import { tellService } from './consequences.ts';
import type { DecisionContext } from './decide.ts';

export type ErasureNeeds = { readonly clock: Clock; readonly random: Random; readonly issuer: string; readonly duties: DutiesStore };

/**
 * The person asks the agency to delete what it was given under a record, whether that stands or has ended. The record stays as it is: a withdrawal is another act.
 * `consent/not-found` when the record is not this person's, or nothing was ever shared under it; `duty/open` when the agency owes an answer for it already.
 */
export async function requestErasure(
  needs: ErasureNeeds,
  context: Pick<DecisionContext, 'person' | 'registered' | 'subject'>,
  consent: Consent,
): Promise<Outcome<Duty, 'consent/not-found' | 'duty/open'>> {
  const { person, registered, subject } = context;
  const attributes = toGranted(consent);
  if (consent.personId !== person.id || attributes.length === 0) {
    return refuse('consent/not-found', 'no record of this person under which something was shared');
  }
  const owed = await needs.duties.listDuties(person.id);
  if (owed.some((duty) => duty.recordId === consent.id && !isAnswered(duty))) {
    return refuse('duty/open', 'the agency owes an answer for this record already');
  }
  const { id: recordId, clientId, purposeId, purposeVersion, version } = consent;
  const now = needs.clock.now();
  const named = { issuer: needs.issuer, clientId, subject, at: now, receiptId: null, recordId, version, purposeId };
  const notice = { ...named, event: 'erasure-requested', attributes, standing: isValid(consent, now) ? attributes : [] } as const;
  const { outbox, duties, events } = tellService(needs, { notice, kind: 'erasure-requested', personId: person.id, registered });
  const [duty] = duties;
  if (duty === undefined) {
    throw new TypeError('a request for erasure opens a duty');
  }
  const about = { personRef: person.id, service: clientId, purpose: purposeId, purposeVersion, record: recordId, attributes };
  const actor = { kind: 'person', ref: null } as const;
  const asked = sealEvent(needs, { type: 'erasure.requested', actor, ...about, payload: { duty: duty.id } });
  await needs.duties.saveRequest({ duty, outbox, events: [asked, ...events] });
  return succeed(duty);
}
