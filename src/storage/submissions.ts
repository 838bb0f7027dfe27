// Submissions in the database: each approval is a row, and the last one that is needed decides, once, together with what it changes. The same rules stand as
// triggers in the database, for whoever writes past this file.

import { standardDetails } from '../domain/agencies/agency.ts';
import type { AgenciesStore, SavedDecision, SubmissionDecided } from '../domain/agencies/store.ts';
import { neededApprovals } from '../domain/agencies/submission.ts';
import type { Submission } from '../domain/agencies/submission.ts';
import type { Actor, SealedEvent } from '../domain/ledger/event.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { lockRegister, readRegister } from './register.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

type SubmissionsStore = Pick<AgenciesStore, 'findWaiting' | 'findSubmission' | 'listWaiting'>;
type Row = RowOf<Tables['submissions']>;

export function createSubmissions(engine: Engine): SubmissionsStore {
  const { submissions } = engine.tables;
  const find = async (where: string, values: readonly string[]): Promise<Submission | undefined> => {
    const row = await findOne(engine, selectFrom(submissions, where, values));
    return row && withApprovals(engine, row);
  };
  return {
    findWaiting: async ({ digest, base }) => find("WHERE digest = ? AND base = ? AND state = 'waiting'", [digest, base]),
    findSubmission: async (id) => find('WHERE id = ?', [id]),
    listWaiting: async () => {
      const rows = await findAll(engine, selectFrom(submissions, "WHERE state = 'waiting' ORDER BY submitted_at, id", []));
      return Promise.all(rows.map(async (row) => withApprovals(engine, row)));
    },
  };
}

async function withApprovals(engine: Engine, row: Row): Promise<Submission> {
  const query = selectFrom(engine.tables.submissionApprovals, 'WHERE submission_id = ? ORDER BY approved_at, officer_id', [row.id]);
  return toSubmission(row, await findAll(engine, query));
}

export function insertSubmission(tables: Tables, submission: Submission): Statement {
  const { submittedBy, approvals: _approvals, ...columns } = submission;
  return insertInto(tables.submissions, { ...columns, submitterKind: submittedBy.kind, submitterRef: submittedBy.ref });
}

type Saved = Act<SavedDecision>;
type SaveChanges = (changes: Submission['content'], events: readonly SealedEvent[]) => Act<void>;

/** `saveChanges` writes what is approved, in the same act, under the lock of the register. */
export function* saveDecision(engine: Engine, decision: SubmissionDecided, saveChanges: SaveChanges): Saved {
  yield* lockRegister(engine);
  const found = selectFrom(engine.tables.submissions, "WHERE id = ? AND state = 'waiting'", [decision.id]);
  const [row] = yield found;
  if (row === undefined) {
    return 'submission/decided';
  }
  return decision.decision === 'decline'
    ? yield* settle(engine, decision, 'declined')
    : yield* approve(engine, decision, { review: found.decode(row).review, saveChanges });
}

type Approving = Extract<SubmissionDecided, { readonly decision: 'approve' }>;

function* approve(
  engine: Engine,
  decision: Approving,
  { review, saveChanges }: { readonly review: Submission['review']; readonly saveChanges: SaveChanges },
): Saved {
  const hindrance = decision.effect.findHindrance(yield* readRegister(engine));
  if (hindrance !== undefined) {
    return hindrance;
  }
  const { id, decidedBy, decidedAt, reason } = decision;
  const [known] = yield { text: findApproval, values: [id, decidedBy] };
  if (known !== undefined) {
    return 'submission/approved';
  }
  yield insertInto(engine.tables.submissionApprovals, { submissionId: id, officerId: decidedBy, approvedAt: decidedAt, reason });
  const counted = yield { text: countApprovals, values: [id] };
  if (Number(counted[0]?.['n'] ?? 0) < neededApprovals[review]) {
    yield* appendEvents(engine.tables, decision.events);
    return 'approved';
  }
  const settled = yield* settle(engine, decision, 'approved');
  if (settled === 'saved') {
    yield* saveChanges(decision.effect.changes, decision.effect.events);
    yield* appendEvents(engine.tables, decision.effect.events);
  }
  return settled;
}

const findApproval = 'SELECT officer_id FROM submission_approvals WHERE submission_id = ? AND officer_id = ?';

/** Of somebody who may still approve: whoever was suspended meanwhile counts no more. */
const countApprovals = `SELECT count(*) AS n FROM submission_approvals JOIN officers ON officers.id = officer_id
  WHERE submission_id = ? AND officers.role = 'approver' AND officers.status = 'active'`;

function* settle(engine: Engine, decision: SubmissionDecided, state: 'approved' | 'declined'): Saved {
  const { id, decidedBy, decidedAt, reason, events } = decision;
  const text = `UPDATE submissions SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ? AND state = 'waiting' RETURNING id`;
  const decided = yield { text, values: [state, decidedBy, decidedAt, reason, id] };
  if (decided.length === 0) {
    yield undo;
    return 'submission/decided';
  }
  yield* appendEvents(engine.tables, events);
  return 'saved';
}

function toSubmission(
  { submitterKind, submitterRef, ...row }: Row,
  approvals: readonly RowOf<Tables['submissionApprovals']>[],
): Submission {
  const submittedBy: Actor = { kind: submitterKind, ref: submitterRef };
  // What waited before a purpose had all these members lacks them.
  const purposes = row.content.purposes.map((purpose) => ({ ...standardDetails, ...purpose }));
  const content = { ...row.content, purposes };
  return {
    ...row,
    content,
    submittedBy,
    approvals: approvals.map(({ officerId, approvedAt, reason }) => ({ officerId, approvedAt, reason })),
  };
}
