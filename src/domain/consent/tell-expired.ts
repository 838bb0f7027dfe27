// Tells of each record that ran out: the log, its person by it, and the service. Once, by whichever node sees it first. Whoever reads a record computes its end
// and needs none of this.

import { toTimestamp } from '../kernel/clock.ts';
import { sealEvent } from '../ledger/event.ts';
import type { StoredPerson } from '../people/person.ts';
import { tellService } from './consequences.ts';
import type { ConsequenceNeeds, Consequences } from './consequences.ts';
import { toGranted } from './consent.ts';
import type { Consent } from './consent.ts';
import { findPurposeOfRecord } from './find-purpose-of-record.ts';
import type { RecordNeeds } from './find-purpose-of-record.ts';
import type { ConsentStore } from './store.ts';

export type ExpiryNeeds = ConsequenceNeeds &
  RecordNeeds & {
    readonly consents: Pick<ConsentStore, 'listUntold' | 'tellExpiry'>;
    readonly people: { readonly findPerson: (id: string) => Promise<StoredPerson | undefined> };
    readonly getSubject: (person: StoredPerson, sector: string) => Promise<string>;
  };

const mostAtOnce = 100;

/** The service hears it of people who are there. It owes no answer: how long it may keep what it has is a term of the purpose. */
async function toMessages(needs: ExpiryNeeds, consent: Consent): Promise<Pick<Consequences, 'events' | 'outbox'>> {
  const person = await needs.people.findPerson(consent.personId);
  const found = await findPurposeOfRecord(needs, consent);
  if (person?.status !== 'active' || found?.registered.service.status !== 'active') {
    return { events: [], outbox: [] };
  }
  const { registered } = found;
  const { clientId, id: recordId, purposeId, version } = consent;
  const subject = await needs.getSubject(person, registered.service.sector);
  const about = { recordId, version, purposeId, receiptId: null, attributes: toGranted(consent), standing: [] };
  const notice = { event: 'consent-expired', issuer: needs.issuer, clientId, subject, at: consent.expiresAt, ...about } as const;
  return tellService(needs, { notice, kind: null, personId: person.id, registered });
}

/** How many there were; call again while it is not 0. */
export async function tellExpired(needs: ExpiryNeeds): Promise<number> {
  const now = needs.clock.now();
  const expired = await needs.consents.listUntold(now, mostAtOnce);
  for (const consent of expired) {
    const event = sealEvent(needs, {
      type: 'consent.expired',
      personRef: consent.personId || null,
      actor: { kind: 'system', ref: null },
      service: consent.clientId,
      purpose: consent.purposeId,
      purposeVersion: consent.purposeVersion,
      record: consent.id,
      attributes: toGranted(consent),
      payload: { expired_at: toTimestamp(consent.expiresAt), record_version: consent.version },
    });
    const { events, outbox } = await toMessages(needs, consent);
    await needs.consents.tellExpiry({ id: consent.id, version: consent.version, at: now, events: [event, ...events], outbox });
  }
  return expired.length;
}
