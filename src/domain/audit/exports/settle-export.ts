// The second auditor agrees or refuses, by another name; whoever asked can call it off. The store lets one step through, whatever comes at once.

import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import type { SealNeeds } from '../../ledger/event.ts';
import type { StaffStore } from '../../staff/store.ts';
import { isSameName } from '../../staff/spellings.ts';
import type { OpenedCase } from '../case.ts';
import { sealExportEvent } from './ask-export.ts';
import { fetchableMs, isWaiting } from './export.ts';
import type { AuditExport } from './export.ts';
import type { ExportStep, ExportsStore } from './store.ts';

export type SettleNeeds = SealNeeds & {
  readonly exports: Pick<ExportsStore, 'saveStep'>;
  readonly staff: Pick<StaffStore, 'findOfficer'>;
};

export type Settling = { readonly found: AuditExport; readonly state: ExportStep['state']; readonly by: string };

/** Two accounts of one human are one person here, as far as a name can tell. */
async function isOneHuman({ staff }: SettleNeeds, one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([staff.findOfficer(one), staff.findOfficer(other)]);
  return first === undefined || second === undefined || isSameName(first.name, second.name);
}

/** Before a passkey is asked for; the step judges it again. */
export async function checkDecider(
  needs: SettleNeeds,
  { found, by }: Omit<Settling, 'state'>,
): Promise<Outcome<undefined, 'audit/export-settled' | 'audit/export-own'>> {
  if (found.askedBy === by || (await isOneHuman(needs, found.askedBy, by))) {
    return refuse('audit/export-own', 'another person decides');
  }
  return isWaiting(found, needs.clock.now()) ? succeed(undefined) : refuse('audit/export-settled', found.id);
}

export async function settleExport(
  needs: SettleNeeds,
  opened: OpenedCase,
  { by, found, state }: Settling,
): Promise<Outcome<undefined, 'audit/export-settled' | 'audit/export-own'>> {
  const isOwn = found.askedBy === by;
  if (isOwn !== (state === 'cancelled') || (!isOwn && (await isOneHuman(needs, found.askedBy, by)))) {
    return refuse('audit/export-own', 'whoever asked may call it off, and nobody else; another person decides');
  }
  const event = sealExportEvent(needs, { type: `export.${state}`, by, about: opened }, found);
  const endsAt = state === 'approved' ? event.at + fetchableMs : found.endsAt;
  const saved = await needs.exports.saveStep({ id: found.id, state, by, endsAt, event });
  return saved === 'saved' ? succeed(undefined) : refuse(saved, found.id);
}
