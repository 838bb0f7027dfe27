// Table of auditors’ exports on PostgreSQL.

import { exportForms, exportStates, exportSteps } from '../domain/audit/exports/export.ts';
import type { PackQuery } from '../domain/audit/exports/query.ts';
import { json, table, text, whole } from './postgres-columns.ts';

export const auditExports = table('audit_exports', {
  id: text('id').notNull(),
  caseId: text('case_id').notNull(),
  form: text('form', { enum: exportForms }).notNull(),
  query: json('query').$type<PackQuery>().notNull(),
  reason: text('reason').notNull(),
  recipient: text('recipient').notNull(),
  matching: whole('matching').notNull(),
  size: whole('size').notNull(),
  state: text('state', { enum: exportStates }).notNull(),
  askedBy: text('asked_by').notNull(),
  askedAt: whole('asked_at').notNull(),
  decidedBy: text('decided_by'),
  decidedAt: whole('decided_at'),
  endsAt: whole('ends_at').notNull(),
});

export const auditExportProgress = table('audit_export_progress', {
  exportId: text('export_id').notNull(),
  step: text('step', { enum: exportSteps }).notNull(),
  rows: whole('read_rows').notNull(),
  at: whole('told_at').notNull(),
});
