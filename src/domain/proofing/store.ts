// The port that storage implements for proofings. What must be provable arrives with its sealed events and MUST commit with it.

import type { SealedEvent } from '../ledger/event.ts';
import type { Invitation } from '../people/store.ts';
import type { StoredProofing } from './proofing.ts';

export type ProvenEnrolment = {
  readonly proofing: StoredProofing;
  readonly invitation: Invitation;
  readonly events: readonly SealedEvent[];
};

export type ProofingStore = {
  /** Newest first. */
  readonly listProofings: (personId: string) => Promise<readonly StoredProofing[]>;
  /**
   * Evidence, one-time code and entries in ONE atomic act, for an active person without a passkey; every older unused code of the person ends. With a passkey it
   * yields `person/enrolled`, for somebody who is not active `person/unknown`, and nothing changes. MUST hold also against a passkey that is registered, and a
   * status that is changed, at the same moment.
   */
  readonly saveEnrolment: (enrolment: ProvenEnrolment) => Promise<'saved' | 'person/enrolled' | 'person/unknown'>;
};
