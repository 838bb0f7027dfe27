// The statements of what one member of a case asks and another decides: single unmaskings, and lists on a breach. The same rules in the same words.

import type { UnmaskDecision } from '../domain/audit/unmask-store.ts';
import type { Millis } from '../domain/kernel/clock.ts';
import type { Statement } from './engine.ts';

type Using = { readonly id: string; readonly officerId: string; readonly now: Millis };

type TwoPeopleStatements = {
  /** No row where the case is over. */
  readonly lockCase: (caseId: string, now: Millis) => Statement;
  /** No row where this member may not decide, or it was decided, or is over. */
  readonly decide: (decision: UnmaskDecision) => Statement;
  /** No row where it may not be used now by this officer. */
  readonly use: (using: Using) => Statement;
  /** The same without counting; the row is held until the act ends. */
  readonly usable: (using: Using) => Statement;
};

const lock = 'UPDATE audit_cases SET number = number WHERE id = ? AND closed_at IS NULL AND ends_at > ? RETURNING id';

export function createTwoPeopleStatements(table: 'unmaskings' | 'breach_lists'): TwoPeopleStatements {
  const going = `EXISTS (SELECT 1 FROM audit_cases WHERE audit_cases.id = ${table}.case_id AND closed_at IS NULL AND ends_at > ?)`;
  const member = `EXISTS (SELECT 1 FROM audit_case_members JOIN officers ON officers.id = audit_case_members.officer_id
  WHERE audit_case_members.case_id = ${table}.case_id AND officers.id = ? AND officers.role = 'auditor' AND officers.status = 'active')`;
  const decide = `UPDATE ${table} SET state = ?, decided_by = ?, decided_with = ?, decided_at = ?, usable_until = ?
  WHERE id = ? AND state = 'asked' AND open_until > ? AND requested_by <> ? AND requested_with <> ? AND ${going} AND ${member} RETURNING id`;
  const standing = `WHERE id = ? AND state = 'approved' AND usable_until > ? AND requested_by = ? AND ${going} AND ${member}
  AND EXISTS (SELECT 1 FROM officers WHERE officers.id = ${table}.decided_by AND officers.role = 'auditor' AND officers.status = 'active') RETURNING id`;
  const toValues = ({ id, officerId, now }: Using) => [id, now, officerId, now, officerId];
  return {
    lockCase: (caseId, now) => ({ text: lock, values: [caseId, now] }),
    decide: ({ id, state, decidedBy, decidedWith, usableUntil, event: { at } }) => {
      return { text: decide, values: [state, decidedBy, decidedWith, at, usableUntil, id, at, decidedBy, decidedWith, at, decidedBy] };
    },
    use: (using) => ({ text: `UPDATE ${table} SET uses = uses + 1 ${standing}`, values: toValues(using) }),
    usable: (using) => ({ text: `UPDATE ${table} SET uses = uses ${standing}`, values: toValues(using) }),
  };
}
