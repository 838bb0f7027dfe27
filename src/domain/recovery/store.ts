// The port that storage implements for recoveries. What must be provable arrives with its sealed events and MUST commit with it.
// Every method decides by what is stored at that moment, never by what was read before: a step that does not stand in the table changes nothing.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import type { Telling } from '../outbox/telling.ts';
import type { Passkey } from '../passkeys/passkey.ts';
import type { StoredProofing } from '../proofing/proofing.ts';
import type { Recovery, RecoveryApproval, RecoveryEnd } from './recovery.ts';

/** A code on its way to a person's own channel. */
export type ChannelCode = {
  readonly digest: string;
  readonly personId: string;
  readonly destinationDigest: string;
  readonly sentAt: Millis;
  readonly expiresAt: Millis;
};

type Told = { readonly events: readonly SealedEvent[]; readonly messages: readonly OutboxMessage[] };

/** The entry of a recovery that ends beside what is meant: `expired` for the reason `time`, `cancelled` for every other. */
export type SealEnd = (ended: Pick<Recovery, 'id' | 'personId' | 'way'>, reason: RecoveryEnd) => SealedEvent;

/** The end of the person's own freeze, and what services are told of it. */
export type OwnLifting = { readonly event: SealedEvent; readonly telling: Telling };

export type SentChannelCode = {
  readonly code: ChannelCode;
  /** False where nothing is to be sent: the same work is done, and nothing of it stays. */
  readonly isMeant: boolean;
  readonly message: OutboxMessage;
};

export type RecoveriesStore = {
  /** How many codes went to the person since; and whether one of them can still be given. */
  readonly countCodes: (
    personId: string,
    at: { readonly since: Millis; readonly now: Millis },
  ) => Promise<{ readonly sent: number; readonly isOneAlive: boolean }>;
  /** Whether the person's email address was changed since, by them or by the registry. */
  readonly hasChangedChannel: (personId: string, since: Millis) => Promise<boolean>;
  /** Whether a freeze stands that is not the person's to end. */
  readonly isClosedByOrder: (personId: string) => Promise<boolean>;
  /** Stores the code with its letter, unless one of the person can still be given. MUST cost the same whether or not it is meant. */
  readonly saveCode: (sent: SentChannelCode) => Promise<void>;
  /** Only one that is unused and not expired. Reading has no effect. */
  readonly findCode: (digest: string, now: Millis) => Promise<ChannelCode | undefined>;
  readonly findRecovery: (id: string) => Promise<Recovery | undefined>;
  /** Those that are open at `now`, the newest first. */
  readonly listOpen: (personId: string, now: Millis) => Promise<readonly Recovery[]>;
  /** At every counter: those that wait for a second officer, the oldest first. */
  readonly listBegun: (now: Millis) => Promise<readonly Recovery[]>;
  /** By waiting: how many were begun since, and whether one was cancelled with a passkey since the other moment. */
  readonly countBegun: (personId: string, since: Millis) => Promise<number>;
  readonly wasDenied: (personId: string, since: Millis) => Promise<boolean>;
  /** Undefined for a cancel link that stands for nothing open. */
  readonly findByCancel: (digest: string, now: Millis) => Promise<Recovery | undefined>;
  /** Only one that is ready, whose code is this one and has not run out; of a counter, only while both officers are registrars and active. */
  readonly findReady: (codeDigest: string, now: Millis) => Promise<Recovery | undefined>;
  /**
   * Takes the code of the channel, stores the recovery and ends what has run out, in ONE atomic act. `recovery/code-wrong` when the code is used or expired by
   * now or the person is not active, frozen included, `store/conflict` when another recovery of the person by the same way is open; then nothing changes.
   */
  readonly saveBegun: (
    begun: Told & { readonly recovery: Recovery; readonly channelCode: string; readonly sealEnd: SealEnd },
  ) => Promise<'saved' | 'recovery/code-wrong' | 'store/conflict'>;
  /**
   * At a counter: stores the recovery and ends what has run out, in ONE atomic act. `store/conflict` when one is open, `freeze/ordered` where a freeze stands by
   * order, `person/unknown` for who cannot come back.
   */
  readonly saveOpened: (
    opened: Told & { readonly recovery: Recovery; readonly sealEnd: SealEnd },
  ) => Promise<'saved' | 'store/conflict' | 'freeze/ordered' | 'person/unknown'>;
  /**
   * The second officer's word, what they saw, and the code that binds a passkey, in ONE atomic act; a recovery by waiting ends with it. `recovery/own` for the
   * officer, the passkey or the name that opened it, `recovery/over` when it is no longer begun, one of the two is not active any more, the passkey is not the officer's, or a freeze stands by order. Then nothing changes.
   */
  readonly saveApproved: (approved: {
    readonly approval: RecoveryApproval;
    readonly proofing: StoredProofing;
    readonly codeDigest: string;
    readonly codeUntil: Millis;
    readonly events: readonly SealedEvent[];
    readonly sealEnd: SealEnd;
  }) => Promise<'saved' | 'recovery/own' | 'recovery/over'>;
  /** Takes the code of the channel and nothing else: the waiting time is not over. */
  readonly spendCode: (digest: string, now: Millis) => Promise<boolean>;
  /** Takes the code of the channel and makes the recovery ready, in ONE atomic act. */
  readonly savePrepared: (prepared: {
    readonly recoveryId: string;
    readonly channelCode: string;
    readonly codeDigest: string;
    readonly codeUntil: Millis;
    readonly at: Millis;
    readonly events: readonly SealedEvent[];
  }) => Promise<'saved' | 'recovery/code-wrong' | 'recovery/over'>;
  /** Ends an open recovery and appends the event, in ONE atomic act. False, and nothing changed, when it is over. */
  readonly saveEnd: (ended: {
    readonly recoveryId: string;
    readonly state: 'cancelled' | 'refused';
    readonly reason: RecoveryEnd;
    readonly at: Millis;
    readonly event: SealedEvent;
  }) => Promise<boolean>;
  /** Ends what has run out by now, some at a time; how many. */
  readonly expire: (now: Millis, sealEnd: SealEnd) => Promise<number>;
  /**
   * In ONE atomic act: the recovery is completed, every passkey, session, token, invitation, freeze code and other recovery of the person ends, the services are
   * told, the new passkey is bound with the ceiling of the way, and the events are appended. At a counter the person's own freeze ends with it. `recovery/code-wrong`
   * when it is not ready any more, the person's status does not allow it, one of the two officers is not active any more, or a freeze stands by order; `passkey/already-registered` when the credential id exists. Then nothing changes. A passkey that is added or removed, a session that
   * begins, a token that is refreshed at the same moment comes wholly before, and ends too, or fails.
   */
  readonly saveCompleted: (completed: {
    readonly recoveryId: string;
    readonly codeDigest: string;
    readonly passkey: Omit<Passkey, 'ceiling'>;
    readonly at: Millis;
    readonly events: readonly SealedEvent[];
    readonly sealSessionEnd: () => SealedEvent;
    readonly sealEnd: SealEnd;
    readonly lifting: OwnLifting;
  }) => Promise<'saved' | 'passkey/already-registered' | 'recovery/code-wrong'>;
};
