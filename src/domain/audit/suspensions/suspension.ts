// Suspending a service or an officer within a case: a member proposes it with a reason, another one confirms, each with their own passkey; then it stands at once. The end
// takes two people in the same way (ADR-0108).

import type { Millis } from '../../kernel/clock.ts';
import type { UnmaskState } from '../unmask.ts';

export const suspendedKinds = ['service', 'officer'] as const;
export type SuspendedKind = (typeof suspendedKinds)[number];

/** Whose use ends: `id` is a `client_id`, or the account of an officer. */
export type Suspendable = { readonly kind: SuspendedKind; readonly id: string };

export type Suspension = {
  readonly id: string;
  readonly caseId: string;
  readonly kind: SuspendedKind;
  readonly subject: string;
  /** The suspension whose end is proposed; null where one is proposed. */
  readonly orderId: string | null;
  /** For the second auditor, and never in an entry. */
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedWith: string;
  readonly requestedAt: Millis;
  /** Until then it can be decided. */
  readonly openUntil: Millis;
  readonly state: UnmaskState;
  readonly decidedBy: string | null;
  readonly decidedAt: Millis | null;
  /** When what stood by it ended: by two auditors, or by an operator. */
  readonly endedAt: Millis | null;
};

export function isStanding({ state, orderId, endedAt }: Pick<Suspension, 'state' | 'orderId' | 'endedAt'>): boolean {
  return state === 'approved' && orderId === null && endedAt === null;
}
