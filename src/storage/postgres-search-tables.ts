// Table of the searches that auditors keep, on PostgreSQL.

import { questionNames } from '../domain/audit/questions/names.ts';
import { table, text, whole } from './postgres-columns.ts';

export const auditSearches = table('audit_searches', {
  id: text('id').notNull(),
  caseId: text('case_id'),
  officerId: text('officer_id').notNull(),
  name: text('name').notNull(),
  question: text('question', { enum: questionNames }),
  query: text('query').notNull(),
  asOf: whole('as_of').notNull(),
  createdAt: whole('created_at').notNull(),
});
