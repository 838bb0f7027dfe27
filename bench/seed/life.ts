// One person of the made-up country: who they are, what they have decided so far, and what waits to happen to them. Everything a life needs is its own, so that
// lives can be lived in any number of processes and come out the same.

import type { StoredConsent } from '../../src/domain/consent/consent.ts';
import type { ReceiptSigner } from '../../src/domain/consent/receipt.ts';
import type { Duty } from '../../src/domain/duties/duty.ts';
import type { RegisteredService } from '../../src/domain/agencies/agency.ts';
import { createToken } from '../../src/domain/kernel/ids.ts';
import type { Level } from '../../src/domain/kernel/levels.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { EventDraft, SealedEvent } from '../../src/domain/ledger/event.ts';
import type { Language, Person } from '../../src/domain/people/person.ts';
import type { KeyObject } from 'node:crypto';
import { toEvents } from './acts.ts';
import type { Act, Deed } from './acts.ts';
import type { Day } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { Planted } from './plan.ts';
import type { Epoch, ServiceFacts } from './seed-registry.ts';

export type Country = {
  readonly seed: string;
  readonly days: readonly Day[];
  readonly epochs: ReadonlyMap<string, readonly Epoch[]>;
  readonly services: readonly ServiceFacts[];
  /** Ids of registration officers. */
  readonly registrars: readonly string[];
  /** Ids of auditors. */
  readonly auditors: readonly string[];
  readonly signer: ReceiptSigner;
  readonly dataKey: KeyObject;
  /** Digests of notices that this process has handed over. */
  readonly toldNotices: Set<string>;
};

export type Session = {
  readonly until: number;
  readonly uid: string;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly authTime: number;
};

export type Waiting = { readonly at: number; readonly run: (life: Life) => void | Promise<void> };

export type Life = {
  readonly country: Country;
  readonly index: number;
  readonly person: Person;
  readonly language: Language;
  readonly dice: Dice;
  readonly level: Level;
  readonly device: string;
  /** Visits on a day of weight 1. */
  readonly rate: number;
  /** By the place of the service in the list. */
  readonly weights: number[];
  /** Day on which the person enrolled; below 0 when that was before the log began. */
  readonly enrolledOn: number;
  readonly planted: readonly Planted[];
  readonly records: Map<string, StoredConsent>;
  readonly duties: Map<string, Duty>;
  readonly subjects: Map<string, string>;
  session: Session | null;
  waiting: Waiting[];
  acts: Act[];
  marks: { group: string; eventId: string }[];
  now: number;
  /** How far the clock of whichever node serves the person is behind. */
  behind: number;
  /** The planted group to which everything belongs that happens now. */
  allOf: string | null;
  seq: number;
  /** Does nothing any more. */
  isGone: boolean;
  /** Closed the account: nothing names the person any more. */
  isErased: boolean;
};

export const toKey = (clientId: string, purposeId: string): string => `${clientId}/${purposeId}`;

export const toClock = (life: Life): { readonly now: () => number } => ({ now: () => Math.floor(life.now - life.behind) });

export const toNeeds = (life: Life) => ({ clock: toClock(life), random: life.dice });

export function seal(life: Life, draft: Omit<EventDraft, 'personRef'>): SealedEvent {
  return sealEvent(toNeeds(life), { personRef: life.isErased ? null : life.person.id, ...draft });
}

export function perform(life: Life, deed: Deed): void {
  const { allOf } = life;
  const marks = allOf === null ? life.marks : toEvents(deed).map(({ id: eventId }) => ({ group: allOf, eventId }));
  life.marks = [];
  life.acts.push({ at: Math.floor(life.now), person: life.index, seq: life.seq, deed, marks });
  life.seq += 1;
}

/** Writes entries that nothing but the log holds. `groups`: the planted groups to which they belong. */
export function append(life: Life, draft: Omit<EventDraft, 'personRef'>, ...groups: readonly (string | undefined)[]): SealedEvent {
  const event = seal(life, draft);
  groups.forEach((group) => mark(life, event, group));
  perform(life, { kind: 'events', events: [event] });
  return event;
}

/** With the next act. */
export function mark(life: Life, event: SealedEvent, group: string | undefined): void {
  if (group !== undefined) {
    life.marks.push({ group, eventId: event.id });
  }
}

export function pass(life: Life, milliseconds: number): void {
  life.now += milliseconds;
}

export function wait(life: Life, milliseconds: number, run: Waiting['run']): void {
  life.waiting.push({ at: life.now + milliseconds, run });
}

/** A service as it is registered at this moment of the life. */
export function findRegistered(life: Life, clientId: string): RegisteredService {
  const found = (life.country.epochs.get(clientId) ?? []).findLast(({ from }) => from <= life.now);
  if (found === undefined) {
    throw new TypeError(`${clientId} is not registered`);
  }
  return found.registered;
}

/** The service as it was with a version of a purpose. */
export function findEpochOf(life: Life, { clientId, purposeId, purposeVersion }: StoredConsent): RegisteredService | undefined {
  const epochs = life.country.epochs.get(clientId) ?? [];
  return epochs.find(({ registered }) => registered.purposes.some(({ id, version }) => id === purposeId && version === purposeVersion))
    ?.registered;
}

/** The name by which the services of a sector know the person; kept at the first need. */
export function getOwnSubject(life: Life, sector: string): string {
  const known = life.subjects.get(sector);
  if (known !== undefined) {
    return known;
  }
  const subject = createToken(life.dice);
  life.subjects.set(sector, subject);
  perform(life, { kind: 'subject', registryDigest: life.person.registryDigest, sector, subject });
  return subject;
}
