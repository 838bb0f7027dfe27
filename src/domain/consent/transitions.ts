// Every state a record can be in and every change that may befall it, in one table. What does not stand here is refused: no use case moves a record past it.

import type { Change, ConsentState, StoredState } from './consent.ts';

export type From = ConsentState | 'none';

type Row = Readonly<Partial<Record<Change, StoredState>>>;

/** What a person may say on a page that asks them. */
const fresh: Row = { given: 'given', notified: 'notified', refused: 'refused', deferred: 'deferred' };
/** Ends that are not the person's: an authority revokes what stands, and declares void what ever stood (domain model 3.3). */
const ends: Row = { revoked: 'revoked', invalidated: 'invalidated' };

const transitions: Readonly<Record<From, Row>> = {
  none: fresh,
  unknown: fresh,
  refused: fresh,
  deferred: fresh,
  withdrawn: { ...fresh, invalidated: 'invalidated' },
  revoked: { ...fresh, invalidated: 'invalidated' },
  invalidated: fresh,
  // A refusal or a "later" leaves what stands as it is: only a withdrawal ends it.
  given: {
    renewed: 'given',
    narrowed: 'given',
    notified: 'notified',
    refused: 'given',
    deferred: 'given',
    paused: 'paused',
    withdrawn: 'withdrawn',
    ...ends,
  },
  // What stands by law is not the person's to end, to pause or to narrow (decision 12).
  notified: { given: 'given', notified: 'notified', refused: 'notified', deferred: 'notified', ...ends },
  paused: {
    renewed: 'given',
    resumed: 'given',
    narrowed: 'paused',
    notified: 'notified',
    refused: 'paused',
    deferred: 'paused',
    withdrawn: 'withdrawn',
    ...ends,
  },
  expired: { ...fresh, renewed: 'given', invalidated: 'invalidated' },
};

/** Undefined where this change cannot befall a record in this state. */
export function findNextState(from: From, change: Change): StoredState | undefined {
  return transitions[from][change];
}

/** Whether the record went on as it was: the person was asked, and what they said changed nothing that stood. */
export function isLeftAsItWas(from: From, change: Change): boolean {
  return (change === 'refused' || change === 'deferred') && findNextState(from, change) === from;
}
