// What happens in the country, in the form in which it goes to the stores: each act belongs to a moment, and is written in the order of those.

import type { Decision, Told } from '../../src/domain/consent/store.ts';
import type { DutyAnswer } from '../../src/domain/duties/store.ts';
import type { Erasure } from '../../src/domain/home/close-account.ts';
import type { Report, ReportAnswer } from '../../src/domain/home/report.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { PersonStatus } from '../../src/domain/people/person.ts';

/** About a record and what follows from it. */
export type RecordDeed =
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'subject'; readonly registryDigest: string; readonly sector: string; readonly subject: string }
  | { readonly kind: 'expiry'; readonly told: Told }
  | { readonly kind: 'answer'; readonly answer: DutyAnswer }
  | { readonly kind: 'overdue'; readonly overdue: { readonly id: string; readonly at: number; readonly event: SealedEvent } };

/** About a person. */
export type PersonDeed =
  | { readonly kind: 'report'; readonly report: Report; readonly event: SealedEvent }
  | { readonly kind: 'report-answer'; readonly answer: ReportAnswer }
  | {
      readonly kind: 'status';
      readonly personId: string;
      readonly from: PersonStatus;
      readonly to: PersonStatus;
      readonly event: SealedEvent;
    }
  | { readonly kind: 'erase'; readonly erasure: Erasure };

/** Entries that nothing but the log holds. */
export type PlainDeed = { readonly kind: 'events'; readonly events: readonly SealedEvent[] };

export type Deed = PlainDeed | RecordDeed | PersonDeed;

/** Which planted group an entry belongs to. */
export type Mark = { readonly group: string; readonly eventId: string };

export type Act = {
  /** The true moment, by which acts are ordered; what the entries say may be another, where a clock was wrong. */
  readonly at: number;
  readonly person: number;
  readonly seq: number;
  readonly deed: Deed;
  readonly marks: readonly Mark[];
};

/** One order for everybody, whichever process made them. */
export function compareActs(one: Act, other: Act): number {
  return one.at - other.at || one.person - other.person || one.seq - other.seq;
}

function toRecordEvents(deed: RecordDeed): readonly SealedEvent[] {
  switch (deed.kind) {
    case 'decision':
      return deed.decision.events;
    case 'expiry':
      return deed.told.events;
    case 'answer':
      return [deed.answer.event];
    case 'overdue':
      return [deed.overdue.event];
    case 'subject':
      return [];
  }
}

function toPersonEvents(deed: PersonDeed): readonly SealedEvent[] {
  switch (deed.kind) {
    case 'report':
    case 'status':
      return [deed.event];
    case 'report-answer':
      return [deed.answer.event];
    case 'erase':
      return [deed.erasure.event];
  }
}

export function isAboutPerson(deed: RecordDeed | PersonDeed): deed is PersonDeed {
  return deed.kind === 'report' || deed.kind === 'report-answer' || deed.kind === 'status' || deed.kind === 'erase';
}

export function toEvents(deed: Deed): readonly SealedEvent[] {
  if (deed.kind === 'events') {
    return deed.events;
  }
  return isAboutPerson(deed) ? toPersonEvents(deed) : toRecordEvents(deed);
}

/** How many entries the log has after it: an account that is closed leaves a second one, in which the store says what nobody can open any more. */
export const countEntries = (deed: Deed): number => toEvents(deed).length + (deed.kind === 'erase' ? 1 : 0);
