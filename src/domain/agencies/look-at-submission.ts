// An approver looks at what waits. Looking is an entry like the decision, and is in the database before anything is shown (ADR-0023): who read the whole of it, and who
// pressed without, is for an auditor to see.

import { sealEvent } from '../ledger/event.ts';
import type { SealedEvent, SealNeeds } from '../ledger/event.ts';
import type { PersonKind } from '../people/person.ts';

export type SubmissionLookNeeds = SealNeeds & {
  /** MUST resolve only when the event is durable, and throw when it cannot be. */
  readonly record: (event: SealedEvent) => Promise<void>;
};

/** The changes in words, or a page as people would see it; `change` is its place in the submission. */
export type SubmissionPart =
  | { readonly part: 'changes' }
  | { readonly part: 'preview'; readonly change: number; readonly kind: PersonKind; readonly language: 'ar' | 'en' };

export type SubmissionLook = { readonly id: string; readonly officerId: string; readonly shown: SubmissionPart };

export async function lookAtSubmission(needs: SubmissionLookNeeds, { id, officerId, shown }: SubmissionLook): Promise<void> {
  const actor = { kind: 'officer', ref: officerId } as const;
  await needs.record(sealEvent(needs, { type: 'submission.viewed', personRef: null, actor, payload: { submission: id, ...shown } }));
}
