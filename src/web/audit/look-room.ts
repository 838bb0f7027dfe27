// How often an auditor may look: far more than anybody reads, and far less than a program that sits in an open session. The refusal is a warning for the operator.

import type { Looker } from '../../domain/audit/look.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { takeTry } from '../../domain/limits/take-try.ts';
import type { WebNeeds } from '../needs.ts';

/** Programs are services, and have the limits of services. */
export async function assertLookRoom({ limiting }: Pick<WebNeeds, 'limiting'>, { kind, ref }: Looker): Promise<void> {
  if (kind !== 'officer' || ref === null) {
    return;
  }
  const state = await takeTry(limiting, 'audit-look', [{ kind: 'officer', name: ref }]);
  if (!state.isOpen) {
    throw new Fault('audit/too-many-looks', `${ref}: again in ${state.retryAfterSeconds} s`);
  }
}
