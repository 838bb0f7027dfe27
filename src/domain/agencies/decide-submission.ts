// An approver decides what waits. Approved, everything of it takes effect together with its entries; declined, nothing does.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { SealNeeds } from '../ledger/event.ts';
import { sealChanges } from './change-events.ts';
import type { AgenciesStore } from './store.ts';
import { toBase } from './submission.ts';
import type { Submission } from './submission.ts';

export type DecideNeeds = SealNeeds & {
  readonly agencies: Pick<AgenciesStore, 'listAgencies' | 'listServices' | 'findSubmission' | 'saveDecision'>;
};

export type SubmissionDecision = {
  readonly id: string;
  readonly officerId: string;
  readonly decision: 'approve' | 'decline';
  /** Why, in the approver's words; goes into the log. */
  readonly reason: string;
};

export type DecisionRefusal = 'submission/unknown' | 'submission/decided' | 'submission/stale' | 'submission/own';

/** Whether the register is, where the submission touches it, as it was when it was submitted. */
export async function isStale(agencies: Pick<AgenciesStore, 'listAgencies' | 'listServices'>, submission: Submission): Promise<boolean> {
  const registered = { agencies: await agencies.listAgencies(), services: await agencies.listServices() };
  return toBase(submission.content, registered) !== submission.base;
}

export async function decideSubmission(needs: DecideNeeds, asked: SubmissionDecision): Promise<Outcome<Submission, DecisionRefusal>> {
  const submission = await needs.agencies.findSubmission(asked.id);
  if (submission === undefined) {
    return refuse('submission/unknown', 'absent');
  }
  const refusal = await findRefusal(needs, submission, asked);
  if (refusal !== undefined) {
    return refuse(refusal, submission.id);
  }
  const decided = await needs.agencies.saveDecision(toDecided(needs, submission, asked));
  return decided === 'saved' ? succeed(submission) : refuse(decided, submission.id);
}

async function findRefusal(
  needs: DecideNeeds,
  submission: Submission,
  { officerId, decision }: SubmissionDecision,
): Promise<DecisionRefusal | undefined> {
  if (submission.state !== 'waiting') {
    return 'submission/decided';
  }
  // Four eyes: nobody decides what they submitted themselves.
  if (submission.submittedBy.kind === 'officer' && submission.submittedBy.ref === officerId) {
    return 'submission/own';
  }
  return decision === 'approve' && (await isStale(needs.agencies, submission)) ? 'submission/stale' : undefined;
}

function toDecided(
  needs: DecideNeeds,
  { id, content }: Submission,
  { officerId, decision, reason }: SubmissionDecision,
): Parameters<AgenciesStore['saveDecision']>[0] {
  const actor = { kind: 'officer', ref: officerId } as const;
  const decidedAt = needs.clock.now();
  const payload = { submission: id };
  if (decision === 'decline') {
    const events = sealChanges(needs, content, { actor, type: 'purpose.declined', reason, payload });
    return { id, state: 'declined', decidedBy: officerId, decidedAt, reason, changes: null, events };
  }
  const approvals = sealChanges(needs, content, { actor, type: 'purpose.approved', reason, payload });
  const effects = sealChanges(needs, content, { actor, payload: { ...payload, bootstrap: false } });
  return { id, state: 'approved', decidedBy: officerId, decidedAt, reason, changes: content, events: [...approvals, ...effects] };
}
