// Families of events that several questions count.

import { eventCatalogue, isEventType } from '../../ledger/event.ts';
import type { EventType } from '../../ledger/event.ts';

export const decisionTypes: readonly EventType[] = [
  'consent.given',
  'consent.renewed',
  'consent.refused',
  'consent.notified',
  'consent.deferred',
];
export const changeTypes: readonly EventType[] = [
  'consent.narrowed',
  'consent.paused',
  'consent.resumed',
  'consent.withdrawn',
  'consent.expired',
  'consent.revoked',
  'consent.invalidated',
];

const everyType = Object.keys(eventCatalogue).filter(isEventType);

/** All types whose names begin so. */
export const typesOf = (...families: readonly string[]): readonly EventType[] =>
  everyType.filter((type) => families.some((family) => type.startsWith(`${family}.`)));
