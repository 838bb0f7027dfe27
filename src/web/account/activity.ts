// What happened to the person's data, read from the log itself: what the person sees is what an auditor sees, about this person.

import type { EventType } from '../../domain/ledger/event.ts';
import type { Entry } from '../../domain/ledger/store.ts';
import type { ActivityItem, ActivityKind } from '../../../views/models.ts';
import type { PageNeeds } from '../needs.ts';
import type { ConsentReader } from './account-model.ts';

const shown: readonly (readonly [EventType, ActivityKind])[] = [
  ['consent.given', 'given'],
  ['consent.renewed', 'given'],
  ['consent.narrowed', 'given'],
  ['consent.notified', 'notified'],
  ['consent.refused', 'refused'],
  ['consent.withdrawn', 'withdrawn'],
  ['data.released', 'released'],
  ['service.entered', 'signed-in'],
];

const kinds: ReadonlyMap<string, ActivityKind> = new Map(shown);
const readTypes: readonly EventType[] = [...shown.map(([type]) => type), 'session.started'];

export type Activity = {
  /** Newest first. */
  readonly items: readonly ActivityItem[];
  /** The sign-in before the one at hand. */
  readonly lastSignInAt: number | null;
  readonly lastUsedAt: (clientId: string) => number | null;
};

function toItem(entry: Entry, reader: ConsentReader): ActivityItem | undefined {
  const kind = kinds.get(entry.type);
  const registered = entry.service === null ? undefined : reader.findService(entry.service);
  if (kind === undefined || registered === undefined) {
    return undefined;
  }
  const purpose = registered.purposes.find((candidate) => candidate.id === entry.purpose);
  return {
    kind,
    at: entry.at,
    agencyName: registered.agency.name[reader.language],
    serviceName: registered.service.name[reader.language],
    purpose: purpose?.text[reader.language] ?? null,
    attributeCount: entry.attributes.length,
  };
}

export async function findActivity(needs: PageNeeds, personId: string, reader: ConsentReader): Promise<Activity> {
  const page = await needs.ledger.queryEntries(
    { personRef: personId, types: readTypes },
    { order: 'newest-first', after: null, limit: 50 },
  );
  const signIns = page.entries.filter((entry) => entry.type === 'session.started');
  return {
    items: page.entries.map((entry) => toItem(entry, reader)).filter((item) => item !== undefined),
    lastSignInAt: signIns[1]?.at ?? null,
    lastUsedAt: (clientId) => page.entries.find((entry) => entry.type === 'service.entered' && entry.service === clientId)?.at ?? null,
  };
}
