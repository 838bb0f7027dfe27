// A case as lists and pages say what it is.

import { isCaseOver } from '../../../domain/audit/case.ts';
import type { AuditCase } from '../../../domain/audit/case.ts';
import type { Agency } from '../../../domain/agencies/agency.ts';
import type { Language } from '../../../domain/people/person.ts';
import type { AuditCaseRow } from '../../../../views/audit-case-model.ts';
import { toCaseUrl } from './open-case.ts';

export type Reading = { readonly agencies: readonly Agency[]; readonly language: Language; readonly now: number };

export function toCaseRow(found: AuditCase, { agencies, language, now }: Reading): AuditCaseRow {
  const { id, number, basis, scope, endsAt, closedAt } = found;
  const over = isCaseOver(found, now) ? 'over' : 'going';
  const agencyId = scope.kind === 'agency' ? scope.agencyId : null;
  return {
    number,
    url: toCaseUrl(id),
    basis,
    scope: scope.kind,
    agencyName: agencyId === null ? null : (agencies.find((agency) => agency.id === agencyId)?.name[language] ?? agencyId),
    state: closedAt === null ? over : 'closed',
    until: closedAt ?? endsAt,
  };
}
