// Tables of auditors’ cases on PostgreSQL.

import { findWays } from '../domain/audit/case-store.ts';
import { caseBases, caseScopeKinds } from '../domain/audit/case.ts';
import { table, text, whole } from './postgres-columns.ts';

export const auditCases = table('audit_cases', {
  id: text('id').notNull(),
  number: text('number').notNull(),
  authority: text('authority').notNull(),
  basis: text('basis', { enum: caseBases }).notNull(),
  scope: text('scope', { enum: caseScopeKinds }).notNull(),
  agencyId: text('agency_id'),
  coversFrom: whole('covers_from'),
  coversTo: whole('covers_to'),
  openedBy: text('opened_by').notNull(),
  openedAt: whole('opened_at').notNull(),
  endsAt: whole('ends_at').notNull(),
  closedAt: whole('closed_at'),
  sealedKey: text('sealed_key').notNull(),
});

export const auditCaseMembers = table('audit_case_members', {
  caseId: text('case_id').notNull(),
  officerId: text('officer_id').notNull(),
  addedBy: text('added_by').notNull(),
  addedAt: whole('added_at').notNull(),
});

export const auditCasePeople = table('audit_case_people', {
  caseId: text('case_id').notNull(),
  pseudonym: text('pseudonym').notNull(),
  personId: text('person_id').notNull(),
  foundAt: whole('found_at'),
  foundBy: text('found_by'),
  foundWay: text('found_way', { enum: findWays }),
});
