// The status of an officer. It counts from the next request, because every read of a session asks for it.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor } from '../ledger/event.ts';
import type { StaffNeeds } from './needs.ts';
import type { OfficerStatus } from './officer.ts';

export type OfficerStatusChange = { readonly from: OfficerStatus; readonly to: OfficerStatus };

export type StatusAsked = { readonly id: string; readonly status: OfficerStatus; readonly actor: Actor };

/** Setting the status an officer has already is no change and leaves no entry. */
export async function changeOfficerStatus(
  needs: Pick<StaffNeeds, 'clock' | 'random' | 'staff'>,
  { id, status, actor }: StatusAsked,
): Promise<Outcome<OfficerStatusChange, 'officer/unknown' | 'officer/enrolled'>> {
  const officer = await needs.staff.findOfficer(id);
  if (officer === undefined) {
    return refuse('officer/unknown', 'absent');
  }
  const change = { from: officer.status, to: status };
  if (change.from === change.to) {
    return succeed(change);
  }
  const event = sealEvent(needs, {
    type: 'officer.status_changed',
    personRef: null,
    actor,
    payload: { officer: officer.id, role: officer.role, ...change },
  });
  const saved = await needs.staff.saveStatus({ officerId: officer.id, status, event });
  return saved === 'saved' ? succeed(change) : refuse(saved, 'another active officer has this name and role');
}
