// How a page of the auditor's desk begins: an auditor is signed in, and looks by their own name.

import type { Context } from 'koa';
import type { Looker } from '../../domain/audit/look.ts';
import type { PageNeeds } from '../needs.ts';
import { openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';

export type Audit = Staff & { readonly by: Looker };

/** Undefined when the answer was given already. */
export async function openAudit(needs: PageNeeds, ctx: Context): Promise<Audit | undefined> {
  const staff = await openStaff(needs, ctx, { roles: ['auditor'] });
  return staff && { ...staff, by: { kind: 'officer', ref: staff.officer.id, agencyId: staff.officer.agencyId } };
}
