// Tables of what services owe people on PostgreSQL.

import type { Localized } from '../domain/agencies/agency.ts';
import { dutyKinds, dutyStates } from '../domain/duties/duty.ts';
import { json, table, text, whole } from './postgres-columns.ts';

export const duties = table('duties', {
  id: text('id').notNull(),
  kind: text('kind', { enum: dutyKinds }).notNull(),
  recordId: text('record_id').notNull(),
  version: whole('version').notNull(),
  personId: text('person_id').notNull(),
  subject: text('subject').notNull(),
  clientId: text('client_id').notNull(),
  purposeId: text('purpose_id').notNull(),
  attributes: json('attributes').$type<readonly string[]>().notNull(),
  createdAt: whole('created_at').notNull(),
  dueAt: whole('due_at').notNull(),
  /** The message of the outbox that tells the service. */
  messageId: text('message_id'),
  toldAt: whole('told_at'),
  state: text('state', { enum: dutyStates }).notNull(),
  article: json('article').$type<Localized>(),
  answeredAt: whole('answered_at'),
  overdueAt: whole('overdue_at'),
});
