// The port that storage implements for people. Everything that must be provable arrives with its sealed event and MUST commit with it.

import type { Level } from '../kernel/levels.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { Language, PersonStatus, StoredPerson } from './person.ts';

export type Invitation = {
  /** SHA-256 of the link's token; the token itself is never stored. */
  readonly digest: string;
  readonly personId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** How far the passkey may reach that is bound by it. */
  readonly ceiling: Level;
};

/** The entries of what ends with a status in which nothing of the person goes on. */
export type StatusEnds = {
  readonly sealSessionEnd: (personId: string) => SealedEvent;
  readonly sealRecoveryEnd: (ended: { readonly id: string; readonly personId: string; readonly way: string }) => SealedEvent;
};

/** `event` says the status. */
export type StatusSaid = { readonly event: SealedEvent; readonly ends: StatusEnds };

/** Of a status that lies above freezes and leaves them as they are. */
export type StatusTurn = StatusSaid & { readonly personId: string; readonly from: PersonStatus; readonly to: PersonStatus };

export type PeopleStore = {
  /** Inserts or, where the registry digest exists, replaces sealed data and kind (id, handle, language and what the person declared stay, and the status but for `turns`). MUST be atomic for the whole batch, events included; the turns as `turnStatus`. */
  readonly savePeople: (people: readonly StoredPerson[], events: readonly SealedEvent[], turns?: readonly StatusTurn[]) => Promise<void>;
  readonly findPerson: (id: string) => Promise<StoredPerson | undefined>;
  readonly findPersonByRegistry: (registryDigest: string) => Promise<StoredPerson | undefined>;
  readonly findPersonByHandle: (handle: string) => Promise<StoredPerson | undefined>;
  /** Whatever but `active` ends everything that is under way, for good and in the same act. `frozen` is an order, and `active` ends orders; `store/conflict` where a freeze of the person's own would stand beneath `active`. */
  readonly saveStatus: (personId: string, status: PersonStatus, said: StatusSaid) => Promise<void>;
  /** Makes no freeze and lifts none. `store/conflict` where the status is no longer what it turns from, where it turns to `active` though a freeze stands, or to `frozen` though none does. */
  readonly turnStatus: (turn: StatusTurn) => Promise<void>;
  /** Whether a freeze stands, whatever status lies above it. */
  readonly hasFreeze: (personId: string) => Promise<boolean>;
  readonly saveLanguage: (personId: string, language: Language) => Promise<void>;
  /**
   * Replaces every unused invitation of the person: an older link stops working. MUST be atomic with the event. `person/unknown`, and nothing changed, for somebody
   * who is not active, also against a freeze at the same moment.
   */
  readonly saveInvitation: (invitation: Invitation, event: SealedEvent) => Promise<'saved' | 'person/unknown'>;
  /** Only an invitation that is unused and not expired at `now`. Reading has no effect. */
  readonly findInvitation: (digest: string, now: number) => Promise<Invitation | undefined>;
  /** Every pairwise subject of this human being, by sector. */
  readonly listSubjects: (registryDigest: string) => Promise<readonly { readonly sector: string; readonly subject: string }[]>;
  /** The stored pairwise subject of this human being in this sector; `proposed` is stored when there is none. MUST yield one value under any race. */
  readonly getSubject: (registryDigest: string, sector: string, proposed: string) => Promise<string>;
};
