// The door of everything that shows people: a case that goes on, of which the reader is a member, within their mandate.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isActive } from '../staff/officer.ts';
import type { Officer } from '../staff/officer.ts';
import { findCaseKey } from './case-key.ts';
import type { CaseNeeds } from './case-needs.ts';
import { isCaseOver } from './case.ts';
import type { AuditCase, OpenedCase } from './case.ts';

export type CaseAsked = { readonly officerId: string; readonly caseId: string };

/** Within the agency of a mandate no case over all agencies, and none over another. */
export function coversCase({ agencyId }: Pick<Officer, 'agencyId'>, { scope }: Pick<AuditCase, 'scope'>): boolean {
  return agencyId === null || scope.kind === 'person' || (scope.kind === 'agency' && scope.agencyId === agencyId);
}

type Needs = Pick<CaseNeeds, 'clock' | 'cases' | 'staff' | 'dataKey'>;

type ReadNeeds = Pick<Needs, 'clock' | 'cases' | 'staff'>;

export type ReadCase = { readonly found: AuditCase; readonly officer: Officer };

/** A member who is an auditor; or the expert of this very case, until their day. */
async function isReader({ clock, cases, staff }: ReadNeeds, { id, role }: Officer, found: AuditCase): Promise<boolean> {
  if (role === 'expert') {
    const appointment = await staff.findAppointment(id);
    return appointment?.caseId === found.id && clock.now() < appointment.endsAt;
  }
  const members = role === 'auditor' && (await cases.listMembers(found.id));
  return members !== false && members.some(({ officerId }) => officerId === id);
}

/** The case with what it says about itself, also when it is over. Its existence is told to nobody but members. */
export async function findOwnCase(needs: ReadNeeds, { officerId, caseId }: CaseAsked): Promise<ReadCase | undefined> {
  const [found, officer] = await Promise.all([needs.cases.findCase(caseId), needs.staff.findOfficer(officerId)]);
  if (found === undefined || officer === undefined || !isActive(officer) || !coversCase(officer, found)) {
    return undefined;
  }
  return (await isReader(needs, officer, found)) ? { found, officer } : undefined;
}

function openCase({ clock, dataKey }: Needs, found: AuditCase, agencyId: string | null): Outcome<OpenedCase, 'audit/case-ended'> {
  const key = isCaseOver(found, clock.now()) ? undefined : findCaseKey(dataKey, found);
  return key === undefined ? refuse('audit/case-ended', found.id) : succeed({ ...found, key, agencyId });
}

export async function requireCase(needs: Needs, asked: CaseAsked): Promise<Outcome<OpenedCase, 'audit/case-unknown' | 'audit/case-ended'>> {
  const own = await findOwnCase(needs, asked);
  return own === undefined ? refuse('audit/case-unknown', 'none of this officer’s') : openCase(needs, own.found, own.officer.agencyId);
}

/** For the operator at the command, who is a member of none: each look leaves its entry in the operator's name. */
export async function requireCaseByNumber(
  needs: Needs,
  number: string,
): Promise<Outcome<OpenedCase, 'audit/case-unknown' | 'audit/case-ended'>> {
  const found = await needs.cases.findCaseByNumber(number);
  return found === undefined ? refuse('audit/case-unknown', 'no case has this number') : openCase(needs, found, null);
}
