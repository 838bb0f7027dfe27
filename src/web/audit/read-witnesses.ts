// Who outside has seen the log, as this node knows it.

import { findUnwitnessedSpan } from '../../domain/witnesses/unwitnessed-span.ts';
import type { LogWitnesses } from '../../../views/audit-model.ts';
import type { PageNeeds } from '../needs.ts';

/** Null where no witnesses are set. */
export async function readWitnesses({ witnessing, ledger, clock }: PageNeeds): Promise<LogWitnesses | null> {
  if (witnessing === undefined) {
    return null;
  }
  const { witnessed, entries, since, isAlarming } = await findUnwitnessedSpan({ witnessing, ledger }, clock.now());
  const reports = witnessing.reports();
  const witnesses = witnessing.policy.witnesses.map(({ name }) => {
    const report = reports.find((each) => each.name === name);
    return { name, state: report?.state ?? 'unknown', size: report?.size ?? null } as const;
  });
  const head = witnessed === undefined ? null : { size: witnessed.size, at: witnessed.cosignedAt };
  return { witnessed: head, entries, since, isAlarming, witnesses };
}
