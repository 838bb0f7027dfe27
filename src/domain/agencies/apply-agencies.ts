// Registers what a file says, with an entry for each change. Until the first approver is enrolled all of it takes effect at once, and the entries say so
// (bootstrap), so that an auditor can tell it from what two people decided. Afterwards what is new or wider waits for an approver.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Clock } from '../kernel/clock.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import type { Actor } from '../ledger/event.ts';
import { sealChanges } from './change-events.ts';
import { checkAgencies } from './check-agencies.ts';
import type { UriRules } from './check-uris.ts';
import { compareAgencies } from './compare-agencies.ts';
import type { Change, Difference } from './compare-agencies.ts';
import { judgeChange, judgeSubmission } from './judge-change.ts';
import type { Review } from './judge-change.ts';
import type { Finding, Proposal, RegisteredState } from './proposal.ts';
import type { AgenciesStore } from './store.ts';
import { splitDifference, toBase, toContentDigest } from './submission.ts';
import type { Registered, Submission } from './submission.ts';

export type ApplyNeeds = {
  readonly agencies: Pick<AgenciesStore, 'listAgencies' | 'listServices' | 'listPurposeVersions' | 'saveChanges' | 'findWaiting'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly rules: UriRules;
  /** Whether somebody was ever enrolled who approves. A suspended approver counts: otherwise a suspension would be a way around approval. */
  readonly hasApprover: () => Promise<boolean>;
};

export type ApplyResult =
  | {
      readonly ok: true;
      /** What took effect. */
      readonly difference: Difference;
      /** What waits; null when nothing does. */
      readonly submission: Submission | null;
      readonly warnings: readonly Finding[];
      /** Of which class each change is, whether it waited or not. */
      readonly judge: (change: Change) => Review;
    }
  | { readonly ok: false; readonly code: 'import/invalid'; readonly findings: readonly Finding[] };

const operator: Actor = { kind: 'operator', ref: null };

export async function applyAgencies(needs: ApplyNeeds, proposal: Proposal): Promise<ApplyResult> {
  const state = await readState(needs.agencies, proposal);
  const findings = checkAgencies(needs.rules, proposal, state);
  if (findings.some(({ severity }) => severity === 'refusal')) {
    return { ok: false, code: 'import/invalid', findings };
  }
  const difference = compareAgencies(proposal, state);
  const applied = (await needs.hasApprover()) ? await applyReviewed(needs, difference, state) : await applyAll(needs, difference, state);
  return { ok: true, ...applied, warnings: findings, judge: (change) => judgeChange(change, difference, state) };
}

type Applied = { readonly difference: Difference; readonly submission: Submission | null };

async function applyAll(needs: ApplyNeeds, difference: Difference, state: RegisteredState): Promise<Applied> {
  if (difference.changes.length > 0) {
    const events = sealChanges(needs, difference, { actor: operator, registered: state.services, payload: { bootstrap: true } });
    await needs.agencies.saveChanges({ ...difference, events, holds: createComparison(state) });
  }
  return { difference, submission: null };
}

async function applyReviewed(needs: ApplyNeeds, difference: Difference, state: RegisteredState): Promise<Applied> {
  const holds = createComparison(state);
  const { now, held } = splitDifference(difference, (change) => judgeChange(change, difference, state).reviewClass !== 'safe', state);
  const events = sealChanges(needs, now, { actor: operator, registered: state.services, payload: { bootstrap: false } });
  if (held.changes.length === 0) {
    if (now.changes.length > 0) {
      await needs.agencies.saveChanges({ ...now, events, holds });
    }
    return { difference: now, submission: null };
  }
  const made = createSubmission(needs, held, state);
  const known = await needs.agencies.findWaiting(made);
  if (known === undefined) {
    const submitted = sealChanges(needs, held, {
      actor: operator,
      type: 'purpose.submitted',
      payload: { submission: made.id, review: made.review },
    });
    await needs.agencies.saveChanges({ ...now, events: [...events, ...submitted], holds }, made);
  } else if (now.changes.length > 0) {
    await needs.agencies.saveChanges({ ...now, events, holds });
  }
  return { difference: now, submission: known ?? made };
}

/** Checks and differences are those of the register as it was read: nothing of them is written beside another act that changed it meanwhile. */
function createComparison(read: Registered): (registered: Registered) => boolean {
  const toText = ({ agencies, services }: Registered): string => toCanonicalJson({ agencies, services });
  const before = toText(read);
  return (registered) => toText(registered) === before;
}

function createSubmission(needs: ApplyNeeds, content: Submission['content'], state: RegisteredState): Submission {
  const submittedAt = needs.clock.now();
  return {
    id: createUuid(needs.random, submittedAt),
    state: 'waiting',
    review: judgeSubmission(content, state),
    approvals: [],
    submittedBy: operator,
    submittedAt,
    content,
    digest: toContentDigest(content),
    base: toBase(content, state),
    decidedBy: null,
    decidedAt: null,
    reason: null,
  };
}

type Readable = Pick<AgenciesStore, 'listAgencies' | 'listServices' | 'listPurposeVersions'>;

/** What is registered, as far as the proposal needs to know. */
export async function readState(store: Readable, proposal: Proposal): Promise<RegisteredState> {
  const named = proposal.agencies.flatMap(({ services }) => services.map(({ clientId }) => clientId));
  return readStateOf(store, named);
}

/** With the past of these services. */
export async function readStateOf(store: Readable, clientIds: readonly string[]): Promise<RegisteredState> {
  const agencies = await store.listAgencies();
  const services = await store.listServices();
  const versions = await Promise.all([...new Set(clientIds)].map(async (clientId) => store.listPurposeVersions(clientId)));
  return { agencies, services, versions: versions.flat() };
}
