// A suspension by auditors ends whenever its subject gets another status, whoever gives it: what an operator suspends later is not theirs to end.

import type { Suspendable } from '../domain/audit/suspensions/suspension.ts';
import type { Statement } from './engine.ts';

export function endSuspensions({ kind, id }: Suspendable, at: number): Statement {
  return {
    text: `UPDATE suspensions SET ended_at = ? WHERE kind = ? AND subject = ? AND state = 'approved' AND order_id IS NULL AND ended_at IS NULL RETURNING id`,
    values: [at, kind, id],
  };
}
