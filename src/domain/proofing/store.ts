// The port that storage implements for proofings. What must be provable arrives with its sealed events and MUST commit with it.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { LevelCode } from '../passkeys/store.ts';
import type { Invitation } from '../people/store.ts';
import type { ProofingIssuer } from './issuer.ts';
import type { StoredProofing } from './proofing.ts';

export type ProvenEnrolment = {
  readonly proofing: StoredProofing;
  readonly invitation: Invitation;
  readonly events: readonly SealedEvent[];
  /** What it rests on serves once: null where somebody stands at a counter. */
  readonly once: ServedOnce | null;
};

export type ProvenLevel = {
  readonly proofing: StoredProofing;
  readonly code: LevelCode;
  readonly events: readonly SealedEvent[];
};

export type ServedOnce = { readonly key: string; readonly expiresAt: Millis };

export type ProofingStore = {
  /** Newest first. */
  readonly listProofings: (personId: string) => Promise<readonly StoredProofing[]>;
  /**
   * Evidence, one-time code and entries in ONE atomic act, for an active person without a passkey; every older unused code of the person ends. With a passkey it
   * yields `person/enrolled`, for somebody who is not active `person/unknown`, for `once` that was there before `proofing/statement-refused`, and nothing changes. MUST hold also against a passkey that is registered, and a
   * status that is changed, at the same moment.
   */
  readonly saveEnrolment: (
    enrolment: ProvenEnrolment,
  ) => Promise<'saved' | 'person/enrolled' | 'person/unknown' | 'proofing/statement-refused'>;
  /**
   * Evidence, level code and entries in ONE atomic act, for an active person with a passkey that has not ended; an older code of the person ends. Otherwise nothing
   * changes, also against a status or a removal at the same moment.
   */
  readonly saveLevelCode: (proven: ProvenLevel) => Promise<'saved' | 'person/without-passkey' | 'person/unknown'>;
  /** Takes the place of what was registered under this name. */
  readonly saveIssuer: (issuer: ProofingIssuer, event: SealedEvent) => Promise<void>;
  /** Undefined for one whose trust has ended. */
  readonly findIssuer: (issuer: string) => Promise<ProofingIssuer | undefined>;
  readonly listIssuers: () => Promise<readonly ProofingIssuer[]>;
};
