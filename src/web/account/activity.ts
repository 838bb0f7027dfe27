// What happened to the person's data, read from the log itself: what the person sees is what an auditor sees, about this person.

import { findAttribute } from '../../domain/attributes/catalogue.ts';
import type { EventType } from '../../domain/ledger/event.ts';
import type { Entry } from '../../domain/ledger/store.ts';
import type { ActivityGroup, ActivityItem, ActivityKind } from '../../../views/activity-model.ts';
import type { PageNeeds } from '../needs.ts';
import { toReceiptLink, toServiceUrl } from './account-model.ts';
import type { ConsentReader } from './account-model.ts';

const shown: readonly (readonly [EventType, ActivityKind, ActivityGroup])[] = [
  ['consent.given', 'given', 'decided'],
  ['consent.renewed', 'renewed', 'decided'],
  ['consent.narrowed', 'narrowed', 'decided'],
  ['consent.notified', 'notified', 'decided'],
  ['consent.refused', 'refused', 'decided'],
  ['consent.deferred', 'deferred', 'decided'],
  ['consent.paused', 'paused', 'decided'],
  ['consent.resumed', 'resumed', 'decided'],
  ['consent.withdrawn', 'withdrawn', 'decided'],
  ['consent.revoked', 'revoked', 'decided'],
  ['consent.invalidated', 'invalidated', 'decided'],
  ['data.released', 'released', 'shared'],
  ['token.refreshed', 'refreshed', 'shared'],
  ['data.over_ask', 'over-asked', 'over-asked'],
  ['service.entered', 'signed-in', 'entered'],
  ['session.started', 'session-started', 'entered'],
  ['session.ended', 'session-ended', 'entered'],
  ['passkey.registered', 'passkey-added', 'access'],
  ['person.invited', 'invited', 'access'],
  ['person.looked_up', 'looked-up', 'access'],
  ['person.status_changed', 'status-changed', 'access'],
];

const kinds: ReadonlyMap<string, ActivityKind> = new Map(shown.map(([type, kind]) => [type, kind]));

// These concern the person alone: the words of all others name their service.
const withoutService: ReadonlySet<ActivityKind> = new Set([
  'session-started',
  'session-ended',
  'passkey-added',
  'invited',
  'looked-up',
  'status-changed',
]);

/** Null where the person acted alone; undefined for a service that is no longer registered, or one of our own. */
function findItemService(entry: Entry, kind: ActivityKind, reader: ConsentReader): ActivityItem['service'] | undefined {
  if (withoutService.has(kind)) {
    return null;
  }
  const registered = entry.service === null ? undefined : reader.findService(entry.service);
  return (
    registered && {
      serviceName: registered.service.name[reader.language],
      agencyName: registered.agency.name[reader.language],
      url: toServiceUrl(registered.service.clientId),
    }
  );
}

function findPurposeText(entry: Entry, reader: ConsentReader): string | null {
  const registered = entry.service === null ? undefined : reader.findService(entry.service);
  return registered?.purposes.find((candidate) => candidate.id === entry.purpose)?.text[reader.language] ?? null;
}

function toItem(entry: Entry, reader: ConsentReader): ActivityItem | undefined {
  const kind = kinds.get(entry.type);
  const service = kind === undefined ? undefined : findItemService(entry, kind, reader);
  if (kind === undefined || service === undefined) {
    return undefined;
  }
  const receipt = reader.receipts.find((candidate) => candidate.eventId === entry.id);
  return {
    kind,
    at: entry.at,
    service,
    purpose: findPurposeText(entry, reader),
    attributeLabels: entry.attributes.map((name) => findAttribute(name)?.labels[reader.language] ?? name),
    receipt: receipt === undefined ? null : toReceiptLink(receipt),
  };
}

export type ActivityAsked = {
  readonly personId: string;
  /** Absent for all. */
  readonly service?: string | undefined;
  readonly group?: ActivityGroup | undefined;
  /** The `next` of the page before. */
  readonly after?: number | undefined;
  readonly limit: number;
};

export type Activity = {
  /** Newest first. */
  readonly items: readonly ActivityItem[];
  /** Where the next page goes on; null on the last one. */
  readonly next: number | null;
  readonly entries: readonly Entry[];
};

export async function findActivity(needs: PageNeeds, asked: ActivityAsked, reader: ConsentReader): Promise<Activity> {
  const types = shown.filter(([, , group]) => asked.group === undefined || group === asked.group).map(([type]) => type);
  const filter = { personRef: asked.personId, types, ...(asked.service === undefined ? {} : { service: asked.service }) };
  const page = await needs.ledger.queryEntries(filter, { order: 'newest-first', after: asked.after ?? null, limit: asked.limit });
  return {
    items: page.entries.map((entry) => toItem(entry, reader)).filter((item) => item !== undefined),
    next: page.next,
    entries: page.entries,
  };
}
