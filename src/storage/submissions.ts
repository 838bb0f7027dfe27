// Submissions in the database: decided once, by one conditional update, together with what the decision changes.

import type { AgenciesStore } from '../domain/agencies/store.ts';
import type { Submission } from '../domain/agencies/submission.ts';
import type { Actor } from '../domain/ledger/event.ts';
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
    return row && toSubmission(row);
  };
  return {
    findWaiting: async ({ digest, base }) => find("WHERE digest = ? AND base = ? AND state = 'waiting'", [digest, base]),
    findSubmission: async (id) => find('WHERE id = ?', [id]),
    listWaiting: async () =>
      (await findAll(engine, selectFrom(submissions, "WHERE state = 'waiting' ORDER BY submitted_at, id", []))).map(toSubmission),
  };
}

export function insertSubmission(tables: Tables, submission: Submission): Statement {
  const { submittedBy, ...columns } = submission;
  return insertInto(tables.submissions, { ...columns, submitterKind: submittedBy.kind, submitterRef: submittedBy.ref });
}

type Decision = Parameters<AgenciesStore['saveDecision']>[0];

/** `saveChanges` writes what is approved, in the same act, under the lock of the register. */
export function* saveDecision(
  engine: Engine,
  decision: Decision,
  saveChanges: (changes: Submission['content']) => Act<void>,
): Act<Awaited<ReturnType<AgenciesStore['saveDecision']>>> {
  const { id, state, decidedBy, decidedAt, reason, effect, events } = decision;
  const text = `UPDATE submissions SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ? AND state = 'waiting' RETURNING id`;
  yield* lockRegister(engine);
  const decided = yield { text, values: [state, decidedBy, decidedAt, reason, id] };
  if (decided.length === 0) {
    return 'submission/decided';
  }
  if (effect !== null) {
    const hindrance = effect.findHindrance(yield* readRegister(engine));
    if (hindrance !== undefined) {
      yield undo;
      return hindrance;
    }
    yield* saveChanges(effect.changes);
  }
  yield* appendEvents(engine.tables, events);
  return 'saved';
}

function toSubmission({ submitterKind, submitterRef, ...row }: Row): Submission {
  const submittedBy: Actor = { kind: submitterKind, ref: submitterRef };
  return { ...row, submittedBy };
}
