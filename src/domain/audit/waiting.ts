// What another member of a case asked and this auditor may decide.

import type { Millis } from '../kernel/clock.ts';

export const waitingKinds = ['unmask', 'breach', 'suspension', 'export'] as const;
export type WaitingKind = (typeof waitingKinds)[number];

export type WaitingDecision = {
  readonly kind: WaitingKind;
  readonly id: string;
  readonly caseId: string;
  readonly caseNumber: string;
  /** The officer who asked. */
  readonly askedBy: string;
  readonly askedAt: Millis;
  /** Afterwards it can be decided no more. */
  readonly openUntil: Millis;
};
