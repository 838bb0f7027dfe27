// Who reads the ledger here: an audit program with its token, or an auditor who is signed in at the desk. For another site nothing is read: a browser that
// comes from one is refused before it leaves a look-up in the auditor's name.

import type { Context } from 'koa';
import type { Looker } from '../../domain/audit/look.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { assertSameSite } from '../cross-site.ts';
import type { PageNeeds } from '../needs.ts';
import { findStaff } from '../staff/open-staff.ts';
import { metadataPath } from './protected-resource.ts';

async function findAuditor(needs: PageNeeds, ctx: Context): Promise<Looker | undefined> {
  assertSameSite(ctx, needs.issuer);
  const open = await findStaff(needs, ctx);
  if (open !== undefined && open.officer.role !== 'auditor') {
    throw new Fault('officer/other-role', `${open.officer.role} is no auditor`);
  }
  return open === undefined ? undefined : { kind: 'officer', ref: open.officer.id, agencyId: open.officer.agencyId };
}

/** Throws the fault that becomes the answer. Whoever sends a token is asked for nothing else. */
export async function getCaller(needs: PageNeeds, ctx: Context): Promise<Looker> {
  const { programs } = needs.engine;
  const auditor = ctx.get('authorization') === '' ? await findAuditor(needs, ctx) : undefined;
  if (auditor !== undefined) {
    return auditor;
  }
  const found = await programs.findProgram(ctx);
  if (found.ok) {
    return { kind: 'service', ref: found.value.clientId };
  }
  const pointer = `resource_metadata="${needs.issuer}${metadataPath}"`;
  ctx.set(
    'WWW-Authenticate',
    programs.toChallenges(found.code).map((challenge) => `${challenge}, ${pointer}`),
  );
  throw new Fault(found.code, found.detail);
}
