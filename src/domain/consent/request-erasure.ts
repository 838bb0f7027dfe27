import type { DutiesStore } from '../duties/store.ts';
import type { Duty } from '../duties/duty.ts';
import type { Clock } from '../kernel/clock.ts';
import { Fault, refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { StoredConsent } from './consent.ts';
import { isValid, toGranted } from './consent.ts';
import { tellService } from './consequences.ts';
import type { DecisionContext } from './decide.ts';
import { findErasable } from './find-erasable.ts';
import type { PastVersion } from './find-erasable.ts';

export type ErasureNeeds = {
  readonly clock: Clock;
  readonly random: Random;
  readonly issuer: string;
  readonly duties: Pick<DutiesStore, 'listDuties' | 'saveRequest'>;
  /** All versions of these records. */
  readonly readVersions: (consentIds: readonly string[]) => Promise<readonly PastVersion[]>;
};

type Asked = Pick<DecisionContext, 'person' | 'registered' | 'subject'>;
type Refusal = 'consent/not-found' | 'duty/open';

async function findAttributes(needs: ErasureNeeds, consent: StoredConsent): Promise<Outcome<readonly string[], Refusal>> {
  const owed = (await needs.duties.listDuties(consent.personId)).filter(({ recordId }) => recordId === consent.id);
  const facts = { usage: consent, versions: await needs.readVersions([consent.id]) };
  const attributes = findErasable({ ...facts, duties: owed });
  if (attributes.length > 0) {
    return succeed(attributes);
  }
  return findErasable({ ...facts, duties: [] }).length > 0
    ? refuse('duty/open', 'the agency owes an answer about all that was shared under this record, or gave it')
    : refuse('consent/not-found', 'nothing was ever shared under this record');
}

async function ask(
  needs: ErasureNeeds,
  { person, registered, subject }: Asked,
  { consent, attributes }: { readonly consent: StoredConsent; readonly attributes: readonly string[] },
): Promise<Outcome<Duty, Refusal>> {
  const { id: recordId, clientId, purposeId, purposeVersion, version } = consent;
  const now = needs.clock.now();
  const named = { issuer: needs.issuer, clientId, subject, at: now, receiptId: null, recordId, version, purposeId };
  const standing = isValid(consent, now) ? toGranted(consent) : [];
  const notice = { ...named, event: 'erasure-requested', attributes, standing } as const;
  const { outbox, duties, events } = tellService(needs, { notice, kind: 'erasure-requested', personId: person.id, registered });
  const [duty] = duties;
  if (duty === undefined) {
    throw new TypeError('a request for erasure opens a duty');
  }
  const about = { personRef: person.id, service: clientId, purpose: purposeId, purposeVersion, record: recordId, attributes };
  const actor = { kind: 'person', ref: null } as const;
  const asked = sealEvent(needs, { type: 'erasure.requested', actor, ...about, payload: { duty: duty.id } });
  const saved = await needs.duties.saveRequest({ duty, outbox, events: [asked, ...events] });
  return saved === 'saved' ? succeed(duty) : refuse(saved, 'another act came first');
}

const mostTries = 5;

/**
 * The person asks the agency to delete what it was given under a record, whether that stands or has ended. The record stays as it is: a withdrawal is another act.
 * Asked is for all that may ever have been shared under it, but for what the agency owes an answer about already. `consent/not-found` when the record is not this person's,
 * or nothing was ever shared under it; `duty/open` when nothing is left to ask for.
 */
export async function requestErasure(needs: ErasureNeeds, context: Asked, consent: StoredConsent): Promise<Outcome<Duty, Refusal>> {
  if (consent.personId !== context.person.id) {
    return refuse('consent/not-found', 'no record of this person');
  }
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const attributes = await findAttributes(needs, consent);
    if (!attributes.ok) {
      return attributes;
    }
    const asked = await ask(needs, context, { consent, attributes: attributes.value });
    // Something else was asked for meanwhile: the rest is still to be asked for.
    if (asked.ok || asked.code !== 'duty/open') {
      return asked;
    }
  }
  throw new Fault('store/conflict', 'other requests came first each time');
}
