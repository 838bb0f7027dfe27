// What the thread of a person's activity shows: the hand-over for the own page, the page of one service and the place "activity".

import type { MessageKey } from './messages/messages.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { ActedBy, Actor } from '../src/domain/ledger/event.ts';
import type { DocumentType } from '../src/domain/proofing/evidence.ts';
import type { DecisionKind } from './decision-kind.ts';
import type { NoticeBasis, ReceiptLink } from './models.ts';

export type ActivityKind =
  | DecisionKind
  | 'expired'
  | 'released'
  | 'refreshed'
  | 'over-asked'
  | 'denied'
  | 'signed-in'
  | 'session-started'
  | 'session-ended'
  | 'passkey-added'
  | 'passkey-raised'
  | 'level-code-made'
  | 'passkey-suspended'
  | 'passkey-renamed'
  | 'passkey-removed'
  | `recovery-${'begun' | 'ready' | 'approved' | 'cancelled' | 'refused' | 'expired' | 'completed'}`
  | 'details-changed'
  | 'invited'
  /** By an operator, of somebody who has a passkey or had one. */
  | 'invited-again'
  | 'proofed'
  | 'looked-up'
  | 'document-differed'
  | 'status-changed'
  | 'frozen'
  | 'unfreeze-begun'
  | 'unfrozen'
  | 'order-lifted'
  | 'disowned'
  | 'case-noted'
  | 'case-closed'
  | 'freeze-code-made'
  | 'unmasked'
  | 'breach-listed'
  | 'found-in-case'
  | 'reported'
  | 'answered';

export const withheldReasons = ['declined', 'not-decided', 'superseded', 'not-on-record', 'beyond-purpose'] as const;
export type WithheldReason = (typeof withheldReasons)[number];

/** Kinds that a person looks for together. */
export const activityGroups = ['shared', 'decided', 'over-asked', 'entered', 'access'] as const;
export type ActivityGroup = (typeof activityGroups)[number];

export const activityPeriods = ['month', 'quarter', 'year', 'older'] as const;
export type ActivityPeriod = (typeof activityPeriods)[number];

export type ActivityItem = {
  readonly kind: ActivityKind;
  readonly at: Millis;
  /** Null where no service of an agency took part. */
  readonly service: { readonly serviceName: string; readonly agencyName: string; readonly url: string } | null;
  readonly purpose: string | null;
  /** What was shared, decided or dropped. */
  readonly attributeLabels: readonly string[];
  readonly receipt: ReceiptLink | null;
  /** The page of this one entry; null where there is none to open. */
  readonly url: string | null;
  /** A line of its own below the title: why a session ended, what was done about a case. */
  readonly note?: MessageKey | null | undefined;
  /** Of an audit: the number of its case. */
  readonly caseNumber?: string;
};

export type ActivityPage = {
  /** Where the form of the filters goes, by GET. */
  readonly url: string;
  readonly services: readonly { readonly clientId: string; readonly name: string }[];
  readonly attributes: readonly { readonly name: string; readonly label: string }[];
  /** What is filtered by; null means all. */
  readonly service: string | null;
  readonly attribute: string | null;
  readonly group: ActivityGroup | null;
  readonly period: ActivityPeriod | null;
  /** Newest first. */
  readonly items: readonly ActivityItem[];
  /** Older entries were not looked through yet: `olderUrl` goes on from here. */
  readonly lookedBackTo: Millis | null;
  readonly olderUrl: string | null;
  /** The first page of the same filter, when this is another. */
  readonly newestUrl: string | null;
};

/** One entry as its person reads it. */
export type ActivityEntryPage = {
  /** Where the person's identity was checked. `by`: a registered issuer; null for an officer at a counter. */
  readonly checked: { readonly by: string | null; readonly documents: readonly DocumentType[] } | null;
  readonly item: ActivityItem;
  readonly attributes: readonly { readonly label: string; readonly why: string | null }[];
  /** What was asked with it and did not leave. */
  readonly withheld: readonly { readonly label: string; readonly reason: WithheldReason }[];
  readonly purpose: string | null;
  readonly basis: NoticeBasis | 'consent' | null;
  readonly lawReference: string | null;
  /** ISO 8601 duration. */
  readonly retention: string | null;
  readonly actor: Actor['kind'];
  readonly actedBy: ActedBy | null;
  /** Its number in the log; null while it waits for one. */
  readonly index: number | null;
  /** Null where no service took part. */
  readonly reportUrl: string | null;
  readonly activityUrl: string;
};
