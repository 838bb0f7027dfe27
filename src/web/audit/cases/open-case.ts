// How a page of a case begins: an auditor is signed in and is a member of it. For what shows people `getOpenCase`, which also asks that the case goes on.

import type { Context } from 'koa';
import type { CaseNeeds } from '../../../domain/audit/case-needs.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { findOwnCase, requireCase } from '../../../domain/audit/require-case.ts';
import type { ReadCase } from '../../../domain/audit/require-case.ts';
import { Fault, getValue } from '../../../domain/kernel/errors.ts';
import type { PageNeeds } from '../../needs.ts';
import { openAudit } from '../open-audit.ts';
import type { Audit } from '../open-audit.ts';

export const casesUrl = '/audit/cases';

export const toCaseUrl = (caseId: string): string => `${casesUrl}/${caseId}`;

export function toCaseNeeds({ clock, random, cases, staff, agencies, dataKey }: PageNeeds): CaseNeeds {
  return { clock, random, cases, staff, agencies, dataKey };
}

export type OwnCase = ReadCase & { readonly audit: Audit };

/** Undefined when the answer was given already. Also for a case that is over: nobody may be shown. */
export async function openOwnCase(needs: PageNeeds, ctx: Context, caseId: string): Promise<OwnCase | undefined> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return undefined;
  }
  const own = await findOwnCase(needs, { officerId: audit.officer.id, caseId });
  if (own === undefined) {
    throw new Fault('audit/case-unknown', 'none of this officer’s');
  }
  return { ...own, audit };
}

/** Throws `audit/case-unknown` and `audit/case-ended`. */
export async function getOpenCase(needs: PageNeeds, officerId: string, caseId: string): Promise<OpenedCase> {
  return getValue(await requireCase(toCaseNeeds(needs), { officerId, caseId }));
}
