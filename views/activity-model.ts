// What the thread of a person's activity shows: the hand-over for the own page, the page of one service and the place "activity".

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { ReceiptLink } from './models.ts';

export type ActivityKind =
  | 'released'
  | 'refreshed'
  | 'given'
  | 'notified'
  | 'refused'
  | 'withdrawn'
  | 'renewed'
  | 'narrowed'
  | 'paused'
  | 'resumed'
  | 'deferred'
  | 'revoked'
  | 'invalidated'
  | 'over-asked'
  | 'signed-in'
  | 'session-started'
  | 'session-ended'
  | 'passkey-added'
  | 'invited'
  | 'looked-up'
  | 'status-changed';

/** Kinds that a person looks for together. */
export const activityGroups = ['shared', 'decided', 'over-asked', 'entered', 'access'] as const;
export type ActivityGroup = (typeof activityGroups)[number];

export type ActivityItem = {
  readonly kind: ActivityKind;
  readonly at: Millis;
  /** Null where no service of an agency took part. */
  readonly service: { readonly serviceName: string; readonly agencyName: string; readonly url: string } | null;
  readonly purpose: string | null;
  /** What was shared, decided or dropped. */
  readonly attributeLabels: readonly string[];
  readonly receipt: ReceiptLink | null;
};

export type ActivityPage = {
  /** Where the form of the filters goes, by GET. */
  readonly url: string;
  readonly services: readonly { readonly clientId: string; readonly name: string }[];
  /** What is filtered by; null means all. */
  readonly service: string | null;
  readonly group: ActivityGroup | null;
  /** Newest first. */
  readonly items: readonly ActivityItem[];
  readonly olderUrl: string | null;
  /** The first page of the same filter, when this is another. */
  readonly newestUrl: string | null;
};
