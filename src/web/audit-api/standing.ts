// Through what somebody looks here: an auditor inside a case of theirs, under its pseudonyms, or whoever it is outside any case, where nobody has a name.

import type { Context } from 'koa';
import type { Looker } from '../../domain/audit/look.ts';
import type { Standing } from '../../domain/audit/questions/sight.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { getOpenCase, toCaseNeeds } from '../audit/cases/open-case.ts';
import { findMandate, toInside } from '../audit/questions/question-frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getCaller } from './access.ts';

export type Caller = {
  readonly by: Looker;
  readonly standing: Standing;
  /** Throws when the case ended meanwhile, or the auditor is none of it any more. */
  readonly requireStanding: () => Promise<void>;
};

/** The auditor who looks; a program is a member of no case. Throws Fault `audit/case-unknown`. */
export function getMemberId({ kind, ref }: Looker): string {
  if (kind !== 'officer' || ref === null) {
    throw new Fault('audit/case-unknown', 'a program is a member of no case');
  }
  return ref;
}

const casePath = /^\/audit\/api\/v1\/cases\/([^/]+)\//;

/** An officer's mandate holds here as at the desk; a program has none. */
async function findServices(needs: PageNeeds, by: Looker): Promise<readonly string[] | null> {
  const officer = by.kind === 'officer' && by.ref !== null ? await needs.staff.findOfficer(by.ref) : undefined;
  return findMandate(needs, officer?.agencyId ?? null);
}

/** Throws the fault that becomes the answer. */
export async function openCaller(needs: PageNeeds, ctx: Context): Promise<Caller> {
  const by = await getCaller(needs, ctx);
  const services = await findServices(needs, by);
  const [, caseId] = casePath.exec(ctx.path) ?? [];
  if (caseId === undefined) {
    return { by, standing: { inside: null, services }, requireStanding: async () => undefined };
  }
  const officerId = getMemberId(by);
  const opened = await getOpenCase(needs, officerId, caseId);
  const requireStanding = async (): Promise<void> => {
    await getOpenCase(needs, officerId, caseId);
  };
  return { by, standing: { inside: await toInside(toCaseNeeds(needs), opened), services }, requireStanding };
}
