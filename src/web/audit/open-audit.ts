// How a page of the auditor's desk begins: an auditor is signed in, and looks by their own name.

import type { Context } from 'koa';
import type { Looker } from '../../domain/audit/look.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import type { Officer } from '../../domain/staff/officer.ts';
import { redirectTo } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';

export type Audit = Staff & { readonly by: Looker };

const readByExperts = /^\/audit\/cases\/([^/]+)(?:\/(?:questions|entries)(?:\/[^/]+(?:\/proof\.json)?)?)?$/;

/** An expert reads the pages of their own case, as long as they are appointed. Files and whatever is asked or decided are for its members. */
async function holdToAppointment(needs: PageNeeds, ctx: Context, { id }: Officer): Promise<'read' | 'answered'> {
  const appointment = await needs.staff.findAppointment(id);
  if (appointment === undefined || needs.clock.now() >= appointment.endsAt) {
    throw new Fault('officer/appointment-over', id);
  }
  if (ctx.path === '/audit') {
    redirectTo(ctx, `/audit/cases/${appointment.caseId}`);
    return 'answered';
  }
  if (readByExperts.exec(ctx.path)?.[1] !== appointment.caseId) {
    throw new Fault('officer/beyond-appointment', id);
  }
  return 'read';
}

/** Undefined when the answer was given already. */
export async function openAudit(needs: PageNeeds, ctx: Context): Promise<Audit | undefined> {
  const staff = await openStaff(needs, ctx, { roles: ['auditor', 'expert'] });
  if (staff?.officer.role === 'expert' && (await holdToAppointment(needs, ctx, staff.officer)) === 'answered') {
    return undefined;
  }
  return staff && { ...staff, by: { kind: 'officer', ref: staff.officer.id, agencyId: staff.officer.agencyId } };
}
