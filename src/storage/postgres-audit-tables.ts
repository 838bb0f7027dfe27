// Tables of facts about entries on PostgreSQL.

import { table, text, whole } from './postgres-columns.ts';

export const auditTerms = table('audit_terms', {
  id: whole('id').notNull(),
  kind: text('kind').notNull(),
  term: text('term').notNull(),
  /** Of a person: 'deceased' from the entry on that says so. */
  state: text('state'),
});

export const auditFacts = table('audit_facts', {
  logIndex: whole('log_index').notNull(),
  at: whole('at').notNull(),
  type: whole('type').notNull(),
  service: whole('service'),
  purpose: whole('purpose'),
  purposeVersion: whole('purpose_version'),
  reason: whole('reason'),
  person: whole('person'),
  record: whole('record'),
  actorKind: whole('actor_kind').notNull(),
  actor: whole('actor'),
  actedBy: whole('acted_by'),
  /** Of a decision: until when data may leave. */
  endsAt: whole('ends_at'),
  elapsed: whole('elapsed'),
});

export const auditMarks = table('audit_marks', { term: whole('term').notNull(), logIndex: whole('log_index').notNull() });

export const auditBlocks = table('audit_blocks', {
  block: whole('block').notNull(),
  minAt: whole('min_at').notNull(),
  maxAt: whole('max_at').notNull(),
});

export const auditDays = table('audit_days', {
  day: whole('day').notNull(),
  type: whole('type').notNull(),
  service: whole('service').notNull(),
  purpose: whole('purpose').notNull(),
  purposeVersion: whole('purpose_version').notNull(),
  mark: whole('mark').notNull(),
  n: whole('n').notNull(),
});

export const auditCeremonies = table('audit_ceremonies', { mark: whole('mark').notNull(), logIndex: whole('log_index').notNull() });
