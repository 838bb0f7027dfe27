// An approver decides what waits. Approved, everything of it takes effect together with its entries; declined, nothing does.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { SealNeeds } from '../ledger/event.ts';
import { sealChanges } from './change-events.ts';
import { findHindrance } from './find-hindrance.ts';
import type { AgenciesStore, Hindrance } from './store.ts';
import type { Registered, Submission } from './submission.ts';

export type DecideNeeds = SealNeeds & {
  readonly agencies: Pick<AgenciesStore, 'findSubmission' | 'saveDecision'>;
};

export type SubmissionDecision = {
  readonly id: string;
  readonly officerId: string;
  readonly decision: 'approve' | 'decline';
  /** Why, in the approver's words; goes into the log. */
  readonly reason: string;
};

export type DecisionRefusal = 'submission/unknown' | 'submission/decided' | 'submission/own' | Hindrance;

export async function decideSubmission(needs: DecideNeeds, asked: SubmissionDecision): Promise<Outcome<Submission, DecisionRefusal>> {
  const submission = await needs.agencies.findSubmission(asked.id);
  if (submission === undefined) {
    return refuse('submission/unknown', 'absent');
  }
  const refusal = findRefusal(submission, asked);
  if (refusal !== undefined) {
    return refuse(refusal, submission.id);
  }
  const decided = await needs.agencies.saveDecision(toDecided(needs, submission, asked));
  return decided === 'saved' ? succeed(submission) : refuse(decided, submission.id);
}

function findRefusal({ state, submittedBy }: Submission, { officerId }: SubmissionDecision): DecisionRefusal | undefined {
  if (state !== 'waiting') {
    return 'submission/decided';
  }
  // Four eyes: nobody decides what they submitted themselves.
  return submittedBy.kind === 'officer' && submittedBy.ref === officerId ? 'submission/own' : undefined;
}

function toDecided(
  needs: DecideNeeds,
  submission: Submission,
  { officerId, decision, reason }: SubmissionDecision,
): Parameters<AgenciesStore['saveDecision']>[0] {
  const { id, content } = submission;
  const actor = { kind: 'officer', ref: officerId } as const;
  const decidedAt = needs.clock.now();
  const payload = { submission: id };
  if (decision === 'decline') {
    const events = sealChanges(needs, content, { actor, type: 'purpose.declined', reason, payload });
    return { id, state: 'declined', decidedBy: officerId, decidedAt, reason, effect: null, events };
  }
  const approvals = sealChanges(needs, content, { actor, type: 'purpose.approved', reason, payload });
  const effects = sealChanges(needs, content, { actor, payload: { ...payload, bootstrap: false } });
  const effect = { changes: content, findHindrance: (registered: Registered) => findHindrance(submission, registered) };
  return { id, state: 'approved', decidedBy: officerId, decidedAt, reason, effect, events: [...approvals, ...effects] };
}
