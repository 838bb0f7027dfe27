// The port that storage implements for notices and freezes. What must be provable arrives with its sealed event and MUST commit with it.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { Telling } from '../outbox/telling.ts';
import type { SealEnd } from '../recovery/store.ts';
import type { Freeze, UnfreezeWay } from './freeze.ts';
import type { SecurityNotice } from './notice.ts';

export type Freezing = {
  readonly freeze: Freeze;
  readonly event: SealedEvent;
  /** The entry of each session that ends. */
  readonly sealSessionEnd: () => SealedEvent;
  readonly telling: Telling;
  /** Every open recovery ends with it: somebody says that something is wrong. */
  readonly sealRecoveryEnd: SealEnd;
};

/**
 * `beneath`: it stands, and another status lies above it and stays. `already`: a freeze of this authority stands, and no lifting of it waits. `closed`: the account
 * has ended for good.
 */
export type Frozen = 'frozen' | 'beneath' | 'already' | 'closed';

export type FrozenByCode = Exclude<Frozen, 'closed'> | 'unknown';

export type Disowning = Freezing & {
  readonly noticeId: string;
  readonly caseNumber: string;
  /** Older notices are too late. */
  readonly notBefore: Millis;
  readonly disowned: SealedEvent;
  /** The entry of the passkey that is disowned, where it ends. */
  readonly sealPasskeyEnd: () => SealedEvent;
};

export type Unfreezing = {
  readonly personId: string;
  readonly by: UnfreezeWay;
  readonly at: Millis;
  readonly dueAt: Millis;
  readonly event: SealedEvent;
};

/** The freeze whose lifting waits, and until when. */
export type AwaitedEnd = { readonly freezeId: string; readonly dueAt: Millis };

export type UnfreezeBegun = (AwaitedEnd & { readonly begun: 'begun' | 'waits' }) | { readonly begun: 'ordered' | 'not-frozen' };

export type Lifting = {
  readonly personId: string;
  readonly at: Millis;
  /** `due`: an own freeze whose delay is over, and only where none by order stands. `all`: whatever stands. */
  readonly what: 'due' | 'all';
  readonly event: SealedEvent;
  readonly telling: Telling;
};

/** `left`: the entry where a freeze of the person's own goes on. */
export type OrderLifting = Omit<Lifting, 'what'> & { readonly left: SealedEvent };

/** `nothing`: no order stands, or another status lies above. */
export type OrderLifted = 'open' | 'own-stands' | 'nothing';

export type NoticePlace = { readonly at: Millis; readonly id: string };
export type NoticeList = { readonly notices: readonly SecurityNotice[]; readonly next: NoticePlace | null };

/** When it was said that it was not them. */
export type CasePlace = { readonly disownedAt: Millis; readonly id: string };
export type CaseList = { readonly cases: readonly SecurityNotice[]; readonly next: CasePlace | null };
export type CasesAsked = { readonly isOpen: boolean; readonly after: CasePlace | null; readonly limit: number };

export type ProtectionStore = {
  /**
   * Status, row, sessions, tokens, recoveries and what else is under way, messages to services and entries in ONE act. Sessions and tokens end for good: becoming active again
   * brings back none. MUST leave a status that lies above as it is, and lay the freeze beneath it. With `already` and `closed` nothing changes.
   */
  readonly freeze: (freezing: Freezing) => Promise<Frozen>;
  readonly findFreeze: (id: string) => Promise<Freeze | undefined>;
  /** Those that stand. */
  readonly findFreezes: (personId: string) => Promise<readonly Freeze[]>;
  /**
   * Takes the notice, once, and does with it what `freeze` does; of a person who is frozen already it ends an unfreezing that waits. Open recoveries end with it, also those that were begun in the freeze, and the passkey
   * that somebody added and the person disowns, unless it is their only one. The case number that
   * stands for the notice afterwards, the given one or an earlier one; undefined where the notice is unknown or too old. MUST have one winner under any race.
   */
  readonly disown: (disowning: Disowning) => Promise<{ readonly caseNumber: string; readonly isNew: boolean } | undefined>;
  /** MUST be atomic with its event. A second one changes nothing: the delay that runs goes on. */
  readonly beginUnfreeze: (unfreezing: Unfreezing) => Promise<UnfreezeBegun>;
  /** MUST be atomic with entry and messages. False, and nothing changed, where there is nothing to lift. */
  readonly lift: (lifting: Lifting) => Promise<boolean>;
  /** Ends what was ordered and nothing else. MUST be atomic with its entry; opens only where no freeze of the person's own stands. With `nothing` nothing changes. */
  readonly liftOrder: (lifting: OrderLifting) => Promise<OrderLifted>;
  /** People whose delay is over, the longest ago first. */
  readonly listDue: (now: Millis, limit: number) => Promise<readonly string[]>;
  /** Takes the place of any earlier code. MUST be atomic with its event. */
  readonly saveFreezeCode: (code: {
    readonly personId: string;
    readonly digest: string;
    readonly madeAt: Millis;
    readonly event: SealedEvent;
  }) => Promise<void>;
  /** Undefined also for a code that was used or replaced. Reading has no effect. */
  readonly findCodeOwner: (digest: string) => Promise<string | undefined>;
  readonly findCodeMadeAt: (personId: string) => Promise<Millis | undefined>;
  /** As `freeze`, and takes the code with it. `unknown`, and nothing changed, for a code that is not there any more; `already` leaves the code. MUST have one winner under any race. */
  readonly freezeByCode: (digest: string, freezing: Freezing) => Promise<FrozenByCode>;
  /** Newest first. */
  readonly readNotices: (personId: string, page: { readonly after: NoticePlace | null; readonly limit: number }) => Promise<NoticeList>;
  readonly countNotices: (personId: string, since: Millis) => Promise<number>;
  readonly findNotice: (id: string) => Promise<SecurityNotice | undefined>;
  /** Notices that became a case: open ones with the longest waiting first, closed ones with the newest. */
  readonly readCases: (asked: CasesAsked) => Promise<CaseList>;
  /** What the person disowned, and no officer has closed yet. */
  readonly listOpenCases: (personId: string) => Promise<readonly SecurityNotice[]>;
  readonly findCase: (caseNumber: string) => Promise<SecurityNotice | undefined>;
  /** MUST be atomic with its event. False, and nothing changed, for a case that is closed or unknown. MUST have one closing under any race. */
  readonly saveCaseStep: (noted: {
    readonly caseNumber: string;
    readonly closedAt: Millis | null;
    readonly event: SealedEvent;
  }) => Promise<boolean>;
};
