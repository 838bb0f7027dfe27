// An approver decides what waits. Approved, everything of it takes effect together with its entries; declined, nothing does.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { SealNeeds } from '../ledger/event.ts';
import type { RegisteredService } from './agency.ts';
import { sealChanges } from './change-events.ts';
import { findHindrance } from './find-hindrance.ts';
import type { HostRules, KnownHosts } from './host-proof.ts';
import { isStillAt } from './service-version.ts';
import type { AgenciesStore, Hindrance } from './store.ts';
import type { Registered, Submission } from './submission.ts';

export type DecideNeeds = SealNeeds & {
  readonly agencies: Pick<AgenciesStore, 'findSubmission' | 'findService' | 'saveDecision' | 'listProofs'>;
  readonly hostRules: HostRules;
};

export type SubmissionDecision = {
  readonly id: string;
  readonly officerId: string;
  readonly decision: 'approve' | 'decline';
  /** Why, in the approver's words; goes into the log. */
  readonly reason: string;
};

export type DecisionRefusal = 'submission/unknown' | 'submission/decided' | 'submission/own' | 'submission/approved' | Hindrance;

/** What became of it. `approved` waits for another approver. */
export type Decided = { readonly submission: Submission; readonly outcome: 'effective' | 'approved' | 'declined' };

export async function decideSubmission(needs: DecideNeeds, asked: SubmissionDecision): Promise<Outcome<Decided, DecisionRefusal>> {
  const submission = await needs.agencies.findSubmission(asked.id);
  if (submission === undefined) {
    return refuse('submission/unknown', 'absent');
  }
  const refusal = findRefusal(submission, asked);
  if (refusal !== undefined) {
    return refuse(refusal, submission.id);
  }
  const registered = await readServices(needs, submission);
  // Proofs are never taken back, so an earlier reading is good enough inside the act.
  const known = { ...needs.hostRules, proofs: await needs.agencies.listProofs() };
  const saved = await needs.agencies.saveDecision(toDecided(needs, { submission, registered, known }, asked));
  if (saved === 'saved') {
    return succeed({ submission, outcome: asked.decision === 'approve' ? 'effective' : 'declined' });
  }
  return saved === 'approved' ? succeed({ submission, outcome: 'approved' }) : refuse(saved, submission.id);
}

/** What stands against this word, as far as the submission alone tells: said before a passkey is asked for. */
export function findRefusal(
  { state, submittedBy, approvals }: Submission,
  { officerId, decision }: Pick<SubmissionDecision, 'officerId' | 'decision'>,
): DecisionRefusal | undefined {
  if (state !== 'waiting') {
    return 'submission/decided';
  }
  // Four eyes: nobody decides what they submitted themselves, and nobody is two.
  if (submittedBy.kind === 'officer' && submittedBy.ref === officerId) {
    return 'submission/own';
  }
  return decision === 'approve' && approvals.some((approval) => approval.officerId === officerId) ? 'submission/approved' : undefined;
}

/** Those that it changes, as they are now. */
async function readServices({ agencies }: DecideNeeds, { content }: Submission): Promise<readonly RegisteredService[]> {
  const found = await Promise.all(content.services.map(async ({ clientId }) => agencies.findService(clientId)));
  return found.filter((service) => service !== undefined);
}

type Read = { readonly submission: Submission; readonly registered: readonly RegisteredService[]; readonly known: KnownHosts };

function toDecided(
  needs: DecideNeeds,
  { submission, registered, known }: Read,
  { officerId, decision, reason }: SubmissionDecision,
): Parameters<AgenciesStore['saveDecision']>[0] {
  const { id, content, review } = submission;
  const actor = { kind: 'officer', ref: officerId } as const;
  const decided = { id, decidedBy: officerId, decidedAt: needs.clock.now(), reason };
  const payload = { submission: id };
  if (decision === 'decline') {
    return { ...decided, decision, events: sealChanges(needs, content, { actor, type: 'purpose.declined', reason, payload }) };
  }
  const events = sealChanges(needs, content, { actor, type: 'purpose.approved', reason, payload: { ...payload, review } });
  const effects = sealChanges(needs, content, { actor, registered, payload: { ...payload, bootstrap: false } });
  // The entries say which versions come about: a service that was changed and changed back meanwhile is at another one.
  const isMoved = (now: Registered): boolean => content.services.some(({ clientId }) => !isStillAt(registered, now.services, clientId));
  const find = (now: Registered): Hindrance | undefined => (isMoved(now) ? 'submission/stale' : findHindrance(submission, now, known));
  const effect = { changes: content, events: effects, findHindrance: find };
  return { ...decided, decision, effect, events };
}
